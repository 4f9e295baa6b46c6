import { posix } from 'node:path';
import { bytesOf, type Image, type ImageFile, type Layer, type Tree, treeOf } from '../engine/image.ts';
import type { ObservedInstruction, SourceInstruction } from '../types.ts';
import books from './books.json' with { type: 'json' };

const BOOKS = books.books.map((pattern) => new RegExp(pattern));
const CACHES = books.caches.map((pattern) => new RegExp(pattern));
const PACKAGE_LIST = /^\/var\/lib\/dpkg\/info\/[^/]+\.list$/;
const APK_INSTALLED = '/lib/apk/db/installed';

/** Whether the text of a file tells which package brought what. */
export function isPackageBook(path: string): boolean {
  return PACKAGE_LIST.test(path) || path === APK_INSTALLED;
}

/**
 * What each RUN of a Dockerfile left in the image that was built from it. Each instruction after FROM is one step of the history:
 * undefined where they do not agree, for then nothing says which layer is whose.
 */
export function observedWrites(image: Image, instructions: readonly SourceInstruction[]): ObservedInstruction[] | undefined {
  const steps = image.history.slice(-instructions.length);
  if (steps.length !== instructions.length || !steps.every(({ madeBy }, at) => isMadeBy(madeBy, instructions[at]))) return undefined;
  const final = treeOf(image.layers);
  const packaged = packagedPaths(final);
  const layerOf = (index: number | undefined) => (index === undefined ? undefined : image.layers[index]);
  return instructions.flatMap((instruction, at) => {
    const index = steps[at]?.layer;
    const layer = layerOf(index);
    if (instruction.keyword !== 'RUN') return [];
    const before = treeOf(image.layers.slice(0, index ?? 0));
    return [{ index: instruction.index, ...(layer ? writesOf(layer, before, final, packaged) : { made: [], changed: [], removed: [], bytes: 0 }) }];
  });
}

/** BuildKit repeats the instruction; the builder before it put all but RUN behind a comment. */
function isMadeBy(madeBy: string, instruction: SourceInstruction | undefined): boolean {
  const word = /^(?:\/bin\/sh -c #\(nop\) +)?([A-Z]+)\b/.exec(madeBy)?.[1] ?? 'RUN';
  return instruction !== undefined && (word === instruction.keyword || (instruction.keyword === 'MAINTAINER' && word === 'LABEL') || !KEYWORDS.has(word));
}

const KEYWORDS = new Set([
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'HEALTHCHECK',
  'LABEL',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
]);

function writesOf(layer: Layer, before: Tree, final: Tree, packaged: ReadonlySet<string>): Omit<ObservedInstruction, 'index'> {
  const own = layer.files.filter(({ path }) => !path.includes('/.wh.') && final.has(path) && !BOOKS.some((pattern) => pattern.test(path)));
  const files = own.filter(({ kind, path }) => kind !== 'directory' && !packaged.has(path) && !isCache(path));
  const made = files.filter(({ path }) => !before.has(path));
  return {
    made: gathered(made, own, before, packaged),
    changed: files.filter((file) => isChanged(file, before.get(file.path))).map(({ path }) => path),
    removed: whiteouts(layer).filter((path) => before.has(path) && !final.has(path) && !BOOKS.some((pattern) => pattern.test(path))),
    bytes: bytesOf(layer.files),
  };
}

function isCache(path: string): boolean {
  return CACHES.some((pattern) => pattern.test(path));
}

function isChanged(file: ImageFile, old: ImageFile | undefined): boolean {
  return (
    old !== undefined && (file.size !== old.size || file.time !== old.time || file.mode !== old.mode || file.uid !== old.uid || file.target !== old.target)
  );
}

/** New directories stand for all that is in them, the outermost of each; files in directories that were there stand for themselves. */
function gathered(made: readonly ImageFile[], own: readonly ImageFile[], before: Tree, packaged: ReadonlySet<string>): ObservedInstruction['made'] {
  const sums = new Map<string, { kind: 'file' | 'tree'; bytes: number }>();
  const isNewDirectory = (path: string) => path !== '/' && !before.has(path) && !packaged.has(path);
  const add = (path: string, bytes: number) => {
    const parents = parentsOf(path).filter(isNewDirectory);
    const place = parents[0] ?? path;
    const sum = sums.get(place) ?? { kind: parents.length > 0 ? ('tree' as const) : ('file' as const), bytes: 0 };
    sums.set(place, { ...sum, bytes: sum.bytes + bytes });
  };
  for (const { path, size } of made) add(path, size);
  // An empty directory is there to be filled.
  for (const { path, kind } of own)
    if (!isCache(path) && kind === 'directory' && isNewDirectory(path) && !parentsOf(path).some(isNewDirectory) && !sums.has(path))
      sums.set(path, { kind: 'tree', bytes: 0 });
  return [...sums]
    .map(([path, sum]) => ({ path, ...sum }))

    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The directories above a path, the outermost first. */
function parentsOf(path: string): string[] {
  const parts = posix.dirname(path).split('/').filter(Boolean);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
}

function whiteouts({ files }: Layer): string[] {
  return files.filter(({ path }) => path.includes('/.wh.') && !path.endsWith('.wh..opq')).map(({ path }) => path.replace('/.wh.', '/'));
}

/** https://wiki.alpinelinux.org/wiki/Apk_spec: F: is a folder, R: a file in it. */
function packagedPaths(tree: Tree): Set<string> {
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

function addApk(lines: readonly string[], found: Set<string>): void {
  let folder = '';
  for (const line of lines) {
    if (line.startsWith('F:')) {
      folder = line.slice(2);
      found.add(`/${folder}`);
    } else if (line.startsWith('R:')) found.add(`/${folder}/${line.slice(2)}`);
  }
}
