import { expect, test } from '@jest/globals';
import { type Image, type ImageFile, type Layer, treeOf } from '../../src/engine/image.ts';
import { packageOwners } from '../../src/engine/package-books.ts';
import { observedWrites } from '../../src/observe/writes.ts';
import { parseDockerfile } from '../../src/parse/dockerfile.ts';

const file = (path: string, more: Partial<ImageFile> = {}): ImageFile => ({ path, kind: 'file', mode: 0o644, uid: 0, gid: 0, size: 10, time: 0, ...more });
const folder = (path: string): ImageFile => file(path, { kind: 'directory', size: 0 });
const base: Layer = [folder('/usr'), folder('/usr/bin'), file('/usr/bin/sh'), folder('/etc'), file('/etc/motd')];

/** What the one RUN of a Dockerfile is seen to leave, where it left these files. */
function seen(...files: ImageFile[]) {
  const image: Image = {
    history: [
      { madeBy: 'base', layer: 0 },
      { madeBy: 'RUN /bin/sh -c x # buildkit', layer: 1 },
    ],
    layers: [base, files],
  };
  const { instructions } = parseDockerfile('FROM debian\nRUN x\n', '');
  const tree = treeOf(image.layers);
  return observedWrites(image, instructions.slice(1), { tree, owners: packageOwners(tree) })?.[0];
}

test('a new folder stands for all that is in it, a file in a folder of before for itself', () => {
  expect(seen(folder('/opt'), folder('/opt/tool'), file('/opt/tool/a'), file('/opt/tool/b'), file('/usr/bin/tool'))).toMatchObject({
    made: [
      { path: '/opt', kind: 'tree', bytes: 20 },
      { path: '/usr/bin/tool', kind: 'file', bytes: 10 },
    ],
    changed: [],
    removed: [],
  });
});

test('what was there before is changed or removed, not made', () => {
  expect(seen(file('/etc/motd', { size: 99 }), file('/usr/bin/.wh.sh'))).toMatchObject({ made: [], changed: ['/etc/motd'], removed: ['/usr/bin/sh'] });
});

test('files of packages, books of package managers and caches are nobody else’s', () => {
  const list = file('/var/lib/dpkg/info/tool.list', { content: Buffer.from('/.\n/usr\n/usr/bin\n/usr/bin/tool\n/lib/libtool.so\n') });
  const files = [
    list,
    file('/usr/bin/tool'),
    file('/usr/lib/libtool.so'),
    folder('/root/.npm'),
    file('/root/.npm/x'),
    file('/etc/ld.so.cache'),
    file('/usr/bin/own'),
  ];
  expect(seen(...files)?.made.map(({ path }) => path)).toEqual(['/usr/bin/own']);
});

test('an empty folder is there to be filled', () => {
  expect(seen(folder('/data'))?.made).toEqual([{ path: '/data', kind: 'tree', bytes: 0 }]);
});

test.each(['/root/.cache/models/a', '/var/log/app/a', '/var/cache/app/a', '/run/app/a', '/root/.config/app'])('%s is nobody else’s book', (path) => {
  expect(seen(file(path))?.made.map((one) => path.startsWith(one.path))).toEqual([true]);
});

test('packages that came along, and files that packages write in as well, are told apart from what was made', () => {
  const status = (...names: string[]) =>
    file('/var/lib/dpkg/status', { content: Buffer.from(names.map((name) => `Package: ${name}\nStatus: install ok installed\nVersion: 1\n`).join('\n')) });
  const found = seen(status('tool', 'libtool1'), file('/etc/passwd'), file('/etc/init.d/tool'));
  expect(found).toMatchObject({ made: [], packages: ['libtool1', 'tool'], shared: ['/etc/passwd', '/etc/init.d/tool'] });
});

test('a folder that a cache lies in as well is not taken whole, and is not empty', () => {
  const caches = [folder('/root'), folder('/root/.cache'), folder('/root/.cache/pip'), file('/root/.cache/pip/x')];
  expect(seen(...caches)?.made).toEqual([]);
  expect(seen(...caches, folder('/root/.cache/models'), file('/root/.cache/models/a'))?.made).toEqual([
    { path: '/root/.cache/models', kind: 'tree', bytes: 10 },
  ]);
});

test('layers of another history are nobody’s', () => {
  const image: Image = { history: [{ madeBy: 'COPY . .', layer: 0 }], layers: [base] };
  expect(observedWrites(image, parseDockerfile('FROM debian\nRUN x\n', '').instructions.slice(1), { tree: new Map(), owners: new Map() })).toBeUndefined();
});
