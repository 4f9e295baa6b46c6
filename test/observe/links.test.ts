import { expect, test } from '@jest/globals';
import { type ImageFile, treeOf } from '../../src/engine/image.ts';
import { installedPackages, packageOwners } from '../../src/engine/package-books.ts';
import { observedPrograms } from '../../src/observe/links.ts';
import { observedPackages } from '../../src/observe/packages.ts';

const file = (path: string, more: Partial<ImageFile> = {}): ImageFile => ({ path, kind: 'file', mode: 0o755, uid: 0, gid: 0, size: 9, time: 0, ...more });
const text = (path: string, content: string) => file(path, { content: Buffer.from(content) });
const links = (...needed: string[]) => ({ elf: { needed, runPath: ['$ORIGIN/../own'], imports: [] } });

const status = `Package: dpkg
Essential: yes
Status: install ok installed
Version: 1
Depends: libc6 (>= 2.36), zlib1g

Package: libc6
Status: install ok installed
Version: 2.36

Package: zlib1g
Status: install ok installed
Version: 1.2

Package: libpq5
Status: install ok installed
Version: 15
Installed-Size: 800
Depends: libc6, libssl3 | libssl1.1, default-zlib

Package: libssl3
Status: install ok installed
Version: 3
Installed-Size: 6000
Provides: libssl

Package: gone
Status: deinstall ok config-files
Version: 1
`;
const packaged: [string, string][] = [
  ['libc6', '/lib/x86_64-linux-gnu/libc.so.6'],
  ['zlib1g', '/lib/x86_64-linux-gnu/libz.so.1'],
  ['libpq5', '/usr/lib/x86_64-linux-gnu/libpq.so.5'],
  ['libssl3', '/usr/lib/x86_64-linux-gnu/libssl.so.3'],
];

function seen(...own: ImageFile[]) {
  const lists = packaged.map(([name, path]) => text(`/var/lib/dpkg/info/${name}:amd64.list`, `${path}\n`));
  const libraries = packaged.map(([, path]) => file(path.replace(/^\/lib\//, '/usr/lib/'), links()));
  const tree = treeOf([[text('/var/lib/dpkg/status', status), ...lists, ...libraries], own]);
  const packages = installedPackages(tree.values()) ?? new Map();
  return observedPrograms({ tree, owners: packageOwners(tree), packages, isOwn: ({ path }) => own.some((one) => one.path === path) });
}

test('packages own the libraries that a program links to; what every image has is not named', () => {
  expect(seen(file('/app/serve', links('libpq.so.5', 'libz.so.1', 'libc.so.6')))).toEqual([
    { path: '/app/serve', packages: ['libpq5'], libraries: [], ofBase: [], reachesOut: false },
  ]);
  expect(seen(file('/app/serve', links('libc.so.6')))).toMatchObject([{ packages: [], libraries: [] }]);
});

test('a library that no package owns is named, with what it links to itself; one in a directory that the program names goes first', () => {
  const [serve, glow] = [file('/app/bin/serve', links('libglow.so')), file('/app/own/libglow.so', links('libssl.so.3'))];
  expect(seen(serve, glow, file('/usr/local/lib/libglow.so', links('libpq.so.5')))[0]).toEqual({
    path: '/app/bin/serve',
    packages: ['libssl3'],
    libraries: ['/app/own/libglow.so'],
    ofBase: [],
    reachesOut: false,
  });
});

test.each([
  ['system', true],
  ['posix_spawnp', true],
  ['execvp', true],
  ['dlopen', true],
  ['Py_Initialize', true],
  ['fopen', false],
  ['systemd_notify', false],
])('one that takes %s reaches out: %s; so does one that links to it', (name, expected) => {
  const reaching = file('/app/own/libglow.so', { elf: { needed: ['libc.so.6'], runPath: [], imports: [name] } });
  expect(seen(file('/app/bin/serve', links('libglow.so')), reaching).map((one) => one.reachesOut)).toEqual([expected, expected]);
});

test('packages beyond those of the base, with their sizes and what comes along', () => {
  const all = installedPackages([text('/var/lib/dpkg/status', status)]) ?? new Map();
  const base = new Map([...all].filter(([name]) => !name.startsWith('lib')));
  expect(observedPackages(base, all)).toEqual([
    { name: 'libc6', bytes: 0, needs: [] },
    { name: 'libpq5', bytes: 800 * 1024, needs: ['libc6', 'libssl3'] },
    { name: 'libssl3', bytes: 6000 * 1024, needs: [] },
  ]);
});

test('Alpine’s book tells the same', () => {
  const book = text(
    '/lib/apk/db/installed',
    'P:musl\nV:1.2\nI:600\np:so:libc.musl.so.1=1\nF:lib\nR:libc.musl.so.1\n\nP:tool\nV:3\nI:9000\nD:so:libc.musl.so.1 !rival\n',
  );
  const all = installedPackages([book]) ?? new Map();
  expect(observedPackages(new Map(), all)).toEqual([
    { name: 'musl', bytes: 600, needs: [] },
    { name: 'tool', bytes: 9000, needs: ['musl'] },
  ]);
  expect(packageOwners(treeOf([[book]])).get('/lib/libc.musl.so.1')).toBe('musl');
});
