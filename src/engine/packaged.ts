import type { Tree } from './image.ts';

const PACKAGE_LIST = /^\/var\/lib\/dpkg\/info\/[^/]+\.list$/;
const APK_INSTALLED = '/lib/apk/db/installed';

/** Whether the text of a file tells which package brought what. */
export function isPackageBook(path: string): boolean {
  return PACKAGE_LIST.test(path) || path === APK_INSTALLED;
}

/** What packages of the distribution brought; of a tree in which the content of package books was kept. */
export function packagedPaths(tree: Tree): Set<string> {
  const found = new Set<string>();
  for (const { path, content } of tree.values()) {
    if (!content) continue;
    const lines = content.toString('utf8').split('\n');
    if (PACKAGE_LIST.test(path)) for (const line of lines) found.add(line).add(merged(line));
    if (path === APK_INSTALLED) addApk(lines, found);
  }
  return found;
}

/** https://wiki.debian.org/UsrMerge: lists still say /lib for what lies in /usr/lib. */
function merged(path: string): string {
  return /^\/(bin|sbin|lib|lib64)\//.test(path) ? `/usr${path}` : path;
}

/** https://wiki.alpinelinux.org/wiki/Apk_spec: F: is a folder, R: a file in it. */
function addApk(lines: readonly string[], found: Set<string>): void {
  let folder = '';
  for (const line of lines) {
    if (line.startsWith('F:')) {
      folder = line.slice(2);
      found.add(`/${folder}`);
    } else if (line.startsWith('R:')) found.add(`/${folder}/${line.slice(2)}`);
  }
}
