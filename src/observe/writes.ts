import { addLayer, bytesOf, foldersAbove, type Image, type ImageFile, isOwn, isWhiteout, type Layer, removedBy, type Tree } from '../engine/image.ts';
import { installedPackages } from '../engine/package-books.ts';
import type { ObservedInstruction, SourceInstruction } from '../types.ts';
import books from './books.json' with { type: 'json' };
import { changedPackages, type Packages } from './packages.ts';

const BOOKS = books.books.map((pattern) => new RegExp(pattern));
const SHARED = books.shared.map((pattern) => new RegExp(pattern));
const CACHES = books.caches.map((pattern) => new RegExp(pattern));

/** The whole image. */
interface Seen {
  tree: Tree;
  /** The package that brought each path. */
  owners: ReadonlyMap<string, string>;
}

/**
 * What each RUN of a Dockerfile left in the image that was built from it. Each instruction after FROM is one step of the history:
 * undefined where they do not agree, for then nothing says which layer is whose.
 */
export function observedWrites({ history, layers }: Image, instructions: readonly SourceInstruction[], seen: Seen): ObservedInstruction[] | undefined {
  const steps = history.slice(-instructions.length);
  if (steps.length !== instructions.length || !steps.every(({ madeBy }, at) => isMadeBy(madeBy, instructions[at]))) return undefined;
  const before = new Map<string, ImageFile>();
  let packages: Packages = new Map();
  let laid = 0;
  return instructions.flatMap((instruction, at) => {
    if (instruction.keyword !== 'RUN') return [];
    const index = steps[at]?.layer;
    for (; laid < (index ?? laid); laid++) {
      addLayer(before, layers[laid] ?? []);
      packages = installedPackages(layers[laid] ?? []) ?? packages;
    }
    const layer = (index === undefined ? undefined : layers[index]) ?? [];
    const changed = changedPackages(packages, installedPackages(layer) ?? packages);
    return [{ index: instruction.index, ...writesOf(layer, before, seen), packages: changed }];
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

function writesOf(layer: Layer, before: Tree, { tree, owners }: Seen): Omit<ObservedInstruction, 'index' | 'packages'> {
  const own = layer.filter(({ path }) => !isWhiteout(path) && tree.has(path) && !isBook(path));
  const files = own.filter(({ kind, path }) => kind !== 'directory' && !owners.has(path) && !isCache(path));
  const isNew = ({ path }: ImageFile) => !before.has(path);
  const isOther = (file: ImageFile) => before.has(file.path) && isOwn(file, before);
  const foreign = layer.map(({ path }) => path).filter((path) => isBook(path) || isCache(path));
  const mixed = new Set(foreign.flatMap(foldersAbove));
  const isWhole = (path: string) => path !== '/' && !before.has(path) && !owners.has(path) && !mixed.has(path);
  const empty = own.filter(({ path, kind }) => kind === 'directory' && !isCache(path));
  const [shared, alone] = [files.filter(({ path }) => isShared(path)), files.filter(({ path }) => !isShared(path))];
  return {
    made: gathered(alone.filter(isNew), empty, isWhole),
    changed: alone.filter(isOther).map(({ path }) => path),
    shared: shared.filter((file) => isOwn(file, before)).map(({ path }) => path),
    removed: removedBy(layer).filter((path) => before.has(path) && !tree.has(path) && !isBook(path)),
    bytes: bytesOf(layer),
  };
}

/** What package managers keep for themselves. */
function isBook(path: string): boolean {
  return BOOKS.some((pattern) => pattern.test(path));
}

/** What packages write into as well, when they are installed. */
function isShared(path: string): boolean {
  return SHARED.some((pattern) => pattern.test(path));
}

function isCache(path: string): boolean {
  return CACHES.some((pattern) => pattern.test(path));
}

/**
 * New directories that hold nothing else stand for all that is in them, the outermost of each; other files stand for themselves. A
 * directory that is left empty is there to be filled.
 */
function gathered(made: readonly ImageFile[], directories: readonly ImageFile[], isWhole: (path: string) => boolean): ObservedInstruction['made'] {
  const sums = new Map<string, { kind: 'file' | 'tree'; bytes: number }>();
  for (const { path, size } of made) {
    const tree = foldersAbove(path).find(isWhole);
    const place = tree ?? path;
    sums.set(place, { kind: tree === undefined ? 'file' : 'tree', bytes: (sums.get(place)?.bytes ?? 0) + size });
  }
  const outermost = directories.filter(({ path }) => isWhole(path) && !foldersAbove(path).some(isWhole));
  for (const { path } of outermost) if (!sums.has(path)) sums.set(path, { kind: 'tree', bytes: 0 });
  return [...sums].map(([path, sum]) => ({ path, ...sum })).sort((a, b) => (a.path < b.path ? -1 : 1));
}
