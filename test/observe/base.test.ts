import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { type ImageFile, treeOf } from '../../src/engine/image.ts';
import { convert, memoryContext, type Observation } from '../../src/index.ts';
import { observedBase } from '../../src/observe/base.ts';

const file = (path: string, more: Partial<ImageFile> = {}): ImageFile => ({ path, kind: 'file', mode: 0o755, uid: 0, gid: 0, size: 9, time: 0, ...more });
const folders = ['/etc', '/usr', '/usr/lib', '/usr/bin'].map((path) => file(path, { kind: 'directory' }));
const withRelease = (release: string, ...more: ImageFile[]) =>
  treeOf([
    [
      ...folders,
      file('/etc/os-release', { kind: 'link', target: '../usr/lib/os-release' }),
      file('/usr/lib/os-release', { content: Buffer.from(release) }),
      ...more,
    ],
  ]);

test.each([
  ['ID=debian\nVERSION_ID="13"\nVERSION_CODENAME=trixie\n', 'debian', 'trixie'],
  ['ID=ubuntu\nVERSION_ID="26.04"\nVERSION_CODENAME=resolute\n', 'ubuntu', '26.04'],
  ['ID=alpine\nVERSION_ID=3.24.1\n', 'alpine', '3.24'],
])('%j is told by its own words', (release, distro, name) => {
  expect(observedBase(withRelease(release), {})).toMatchObject({ distro, release: name, user: 'root', workdir: '/' });
});

test('another distribution is not known well enough', () => {
  expect(observedBase(withRelease('ID=wolfi\n'), {})).toBeUndefined();
});

test('settings, accounts and programs are those of the image', () => {
  const passwd = file('/etc/passwd', { content: Buffer.from('root:x:0:0::/root:/bin/sh\nminer:x:9:9::/home/miner:/bin/sh\n') });
  const tree = withRelease('ID=debian\nVERSION_CODENAME=trixie\n', passwd, file('/usr/bin/dig'), file('/usr/bin/notes', { mode: 0o644 }));
  expect(observedBase(tree, { Env: ['PATH=/usr/bin', 'MINE=a=b'], User: 'miner', WorkingDir: '/home/miner', Cmd: ['dig'] })).toMatchObject({
    ...{ user: 'miner', workdir: '/home/miner', env: { PATH: '/usr/bin', MINE: 'a=b' }, cmd: ['dig'], entrypoint: [] },
    ...{ users: ['root', 'miner'], programs: ['dig'], certificates: false, zones: false },
  });
});

const base: NonNullable<Observation['base']> = {
  ...{ distro: 'debian', release: 'trixie', user: 'root', workdir: '/', env: { PATH: '/usr/local/cargo/bin:/usr/local/bin:/usr/bin:/bin' } },
  ...{ entrypoint: [], cmd: ['bash'], users: ['root'], certificates: true, zones: true, programs: ['cargo', 'rustc', 'sh'] },
};
const context = memoryContext({ 'Cargo.toml': '[package]\nname = "mine"\nversion = "1.0.0"\n', 'src/main.rs': 'fn main() { println!("deep"); }\n' });

function convertFrom(image: string) {
  const text = `FROM ${image}\nWORKDIR /mine\nCOPY . .\nRUN cargo build --release\nCMD ["./target/release/mine"]\n`;
  const dockerfile = createHash('sha256').update(text).digest('hex');
  const run = { index: 3, made: [{ path: '/mine/target', kind: 'tree' as const, bytes: 9e6 }], changed: [], removed: [], packages: [], shared: [], bytes: 9e6 };
  const observation: Observation = { schema: 1, dockerfile, instructions: [run], base, packages: [], programs: [], bytes: { base: 1500e6, image: 1509e6 } };
  return convert({ text, path: 'Dockerfile', context, contextPath: '.', observation });
}

test.each(['rust:9.1', 'rust:9.1-forky'])('an official image that is newer than the tables is left for the plain image of its release: %s', (image) => {
  const { dockerfile, message } = convertFrom(image);
  expect(message).toContain('debian:trixie-slim');
  expect(dockerfile).toContain('COPY --from=builder /mine/target/release/mine /mine/target/release/mine\n');
});

test('somebody’s own image is not left: nobody knows what else it has for the program', () => {
  expect(convertFrom('example/miner:3').dockerfile ?? '').not.toContain('debian:');
});
