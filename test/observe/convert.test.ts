import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { type Conversion, convert, memoryContext, type Observation } from '../../src/index.ts';

const text = `FROM debian:bookworm
RUN apt-get update && apt-get install -y gcc make
WORKDIR /src
COPY . .
RUN raise-lantern --into-the-system
CMD ["lantern"]
`;
const context = memoryContext({ 'main.c': 'int main(void) { return 0; }\n', 'words.txt': 'a\n', 'draft.txt': 'b\n' });

function convertSeen(run?: Partial<Observation['instructions'][number]>, programs: NonNullable<Observation['programs']> = [], files = context): Conversion {
  const nothing = { made: [], changed: [], removed: [], packages: [], shared: [], bytes: 0 };
  const seen = { ...nothing, index: 4, ...run };
  const installed = { ...nothing, index: 1, packages: ['gcc', 'make'], bytes: 200e6 };
  const packages = ['gcc', 'make'].map((name) => ({ name, bytes: 100e6, needs: [] }));
  const dockerfile = createHash('sha256').update(text).digest('hex');
  const observation: Observation = { schema: 1, dockerfile, instructions: [installed, seen], packages, programs, bytes: { base: 120e6, image: 330e6 } };
  return convert({ text, path: 'Dockerfile', context: files, contextPath: '.', ...(run && { observation }) });
}

test('a command that nobody knows is refused by its text alone', () => {
  expect(convertSeen()).toMatchObject({ outcome: 'refused', code: 'unknown-command' });
});

test('what it was seen to make crosses, exactly', () => {
  const { outcome, dockerfile, message } = convertSeen({
    made: [
      { path: '/usr/bin/lantern', kind: 'file', bytes: 1e6 },
      { path: '/usr/share/lantern', kind: 'tree', bytes: 1e6 },
    ],
  });
  expect({ outcome, message }).toEqual({ outcome: 'converted', message: expect.stringContaining('debian:bookworm') });
  expect(dockerfile).toContain('COPY --from=builder /usr/bin/lantern /usr/bin/lantern\n');
  expect(dockerfile).toContain('COPY --from=builder /usr/share/lantern /usr/share/lantern\n');
  expect(dockerfile).not.toMatch(/raise-lantern[\s\S]*raise-lantern/);
});

test('one that was seen to change what was there before stays unknown', () => {
  expect(convertSeen({ made: [{ path: '/usr/bin/lantern', kind: 'file', bytes: 1e6 }], changed: ['/etc/login.defs'] })).toMatchObject({
    outcome: 'refused',
    code: 'unknown-command',
  });
});

test('what it changed of the program’s own files crosses over what COPY brings again', () => {
  const { dockerfile } = convertSeen({ made: [lantern], changed: ['/src/words.txt'] });
  expect(dockerfile).toMatch(/COPY \. \.\n[\s\S]*COPY --from=builder \/src\/words\.txt \/src\/words\.txt\n/);
});

const lantern = { path: '/usr/bin/lantern', kind: 'file', bytes: 1e6 } as const;

test.each([
  [{ removed: ['/usr/bin/less'] }, 'removes /usr/bin/less'],
  [{ removed: ['/src/draft.txt'] }, 'removes /src/draft.txt'],
  [{ packages: ['nginx', 'nginx-common'] }, 'installs by itself nginx, nginx-common'],
  [{ shared: ['/etc/passwd'] }, 'writes accounts into /etc/passwd'],
  [{ shared: ['/etc/cron.d/lantern'] }, 'writes /etc/cron.d/lantern, which belongs to the system'],
])('one that was seen to do more than make files stays unknown, and says what it did: %j', (seen, told) => {
  const { outcome, message } = convertSeen({ made: [lantern], ...seen });
  expect({ outcome, message }).toEqual({ outcome: 'refused', message: expect.stringContaining(told) });
});

test('what its programs were seen to link to is installed by name, and what no package owns is copied', () => {
  const { dockerfile } = convertSeen({ made: [lantern] }, [
    { path: '/usr/bin/lantern', packages: ['libpq5'], libraries: ['/opt/glow/libglow.so'], ofBase: [], reachesOut: false },
  ]);
  expect(dockerfile).toMatch(/apt-get install -y[^\n]*\blibpq5\b/);
  expect(dockerfile).toContain('COPY --from=builder /opt/glow/libglow.so /opt/glow/libglow.so\n');
  expect(dockerfile).not.toContain('ldd');
});

test.each([
  [false, 'converted'],
  [true, 'unchanged'],
])('sources that start programs do not matter where the program was seen to start none: %s', (reachesOut, expected) => {
  const files = memoryContext({ 'main.c': 'int main(int c, char **v) { return c > 1 ? system(v[1]) : 0; }\n', 'words.txt': 'a\n' });
  const { outcome } = convertSeen({ made: [lantern] }, [{ path: '/usr/bin/lantern', packages: [], libraries: [], ofBase: [], reachesOut }], files);
  expect(outcome).toBe(expected);
});

test.each(['/root/.cache/models', '/var/log/lantern', '/run/lantern', '/var/tmp/lantern'])('%s crosses where it was seen to be made', (path) => {
  expect(convertSeen({ made: [lantern, { path, kind: 'tree', bytes: 10 }] }).dockerfile).toContain(`COPY --from=builder ${path} ${path}\n`);
});
