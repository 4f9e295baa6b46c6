import type { ImageFile, Tree } from './image.ts';

const DEBIAN_LIST = /^\/var\/lib\/dpkg\/info\/([^/:]+)(?::\w+)?\.list$/;
const DEBIAN_STATUS = '/var/lib/dpkg/status';
const APK_INSTALLED = '/lib/apk/db/installed';

/** A package of the distribution, as the image's own books have it. */
export interface InstalledPackage {
  name: string;
  version: string;
  /** Installed size. */
  bytes: number;
  /** Names of what it depends on; alternatives and virtual ones among them. */
  needs: string[];
  /** Names of what comes along with it unless that is declined. */
  recommends: string[];
  /** Virtual names that it answers to. */
  provides: string[];
  /** It is a part of every image of the distribution. */
  isBasic: boolean;
}

/** Whether the text of a file tells which packages there are, or which of them brought what. */
export function isPackageBook(path: string): boolean {
  return DEBIAN_LIST.test(path) || path === DEBIAN_STATUS || path === APK_INSTALLED;
}

/** The package that brought each path; of files of which the content of package books was kept. */
export function packageOwners(tree: Tree): Map<string, string> {
  const found = new Map<string, string>();
  for (const { path, content } of tree.values()) {
    const owner = DEBIAN_LIST.exec(path)?.[1];
    if (content && owner !== undefined) for (const line of textOf(content).split('\n')) found.set(line, owner).set(merged(line), owner);
    if (content && path === APK_INSTALLED) for (const stanza of stanzasOf(content)) addApk(stanza, found);
  }
  return found;
}

/** What is installed by the books among some files, by name; undefined where there is no such book. */
export function installedPackages(files: Iterable<ImageFile>): Map<string, InstalledPackage> | undefined {
  for (const { path, content } of files) {
    if (!content || (path !== DEBIAN_STATUS && path !== APK_INSTALLED)) continue;
    const read = path === DEBIAN_STATUS ? debianPackage : apkPackage;
    return new Map(
      stanzasOf(content)
        .flatMap((stanza) => read(stanza) ?? [])
        .map((one) => [one.name, one]),
    );
  }
  return undefined;
}

/** https://wiki.debian.org/UsrMerge: lists still say /lib for what lies in /usr/lib. */
function merged(path: string): string {
  return /^\/(bin|sbin|lib|lib64)\//.test(path) ? `/usr${path}` : path;
}

function textOf(content: Buffer): string {
  return content.toString('utf8');
}

/** Both books are fields by line, a package apart from the next by an empty one. */
function stanzasOf(content: Buffer): string[] {
  return textOf(content).split(/\n\n+/);
}

/** https://www.debian.org/doc/debian-policy/ch-controlfields.html */
function debianPackage(stanza: string): InstalledPackage | undefined {
  const fields = new Map([...stanza.matchAll(/^([\w-]+): *(.*)$/gm)].map(([, name = '', value = '']) => [name, value]));
  const field = (name: string) => fields.get(name) ?? '';
  if (!/ installed$/.test(field('Status'))) return undefined;
  const names = (...list: string[]) =>
    list
      .flatMap((name) => field(name).split(/[,|]/))
      .map((part) => part.trim().replace(/[\s:(].*$/, ''))
      .filter(Boolean);
  return {
    ...{ name: field('Package'), version: field('Version'), bytes: (Number(field('Installed-Size')) || 0) * 1024 },
    ...{ needs: names('Pre-Depends', 'Depends'), recommends: names('Recommends'), provides: names('Provides') },
    isBasic: field('Essential') === 'yes' || field('Priority') === 'required' || field('Package') === 'apt',
  };
}

/** https://wiki.alpinelinux.org/wiki/Apk_spec */
function apkPackage(stanza: string): InstalledPackage | undefined {
  const fields = new Map([...stanza.matchAll(/^(\w):(.*)$/gm)].map(([, name = '', value = '']) => [name, value]));
  const name = fields.get('P');
  if (name === undefined) return undefined;
  const names = (field: string) =>
    (fields.get(field) ?? '').split(' ').flatMap((part) => (part === '' || part.startsWith('!') ? [] : part.replace(/[=<>~].*$/, '')));
  const isBasic = /^(alpine-base|alpine-baselayout|apk-tools|busybox|musl)$/.test(name);
  return { name, version: fields.get('V') ?? '', bytes: Number(fields.get('I')) || 0, needs: names('D'), recommends: [], provides: names('p'), isBasic };
}

/** F: is a folder, R: a file in it. */
function addApk(stanza: string, found: Map<string, string>): void {
  const owner = /^P:(.*)$/m.exec(stanza)?.[1] ?? '';
  let folder = '';
  for (const line of stanza.split('\n')) {
    if (line.startsWith('F:')) {
      folder = line.slice(2);
      found.set(`/${folder}`, owner);
    } else if (line.startsWith('R:')) found.set(`/${folder}/${line.slice(2)}`, owner);
  }
}
