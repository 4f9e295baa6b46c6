import { posix } from 'node:path';
import type { Tree } from '../engine/image.ts';
import { packageOwners } from '../engine/package-books.ts';
import { type Files, fileNames } from './files.ts';
import unused from './unused.json' with { type: 'json' };

/** Files of the first image that the second one lacks, by what could still ask for them. Paths, sorted. */
export interface Gone {
  /** What the first Dockerfile put there, but for sources that are compiled, caches, and what packages brought. */
  data: string[];
  /** In the folders that programs are looked for in. */
  programs: string[];
  /** Of these, what the first Dockerfile put there by itself, not as a package of the distribution. */
  ownPrograms: string[];
  libraries: string[];
}

const { source: _, ...lists } = unused;
const UNUSED = Object.values(lists)
  .flat()
  .map((pattern) => new RegExp(pattern, 'i'));
const PROGRAM = /^\/(usr\/(local\/)?)?s?bin\/[^/]+$/;
const LIBRARY = /\/lib[^/]*\.so(\.[\d.]+)?$/;

/** Whether a program may read it when it runs. */
export function mayBeData(path: string): boolean {
  return !UNUSED.some((pattern) => pattern.test(path));
}

export function findGone({ before, after, ownBefore }: Files): Gone {
  const parents = new Set([...before.tree.keys()].map((path) => posix.dirname(path)));
  // An empty directory is there to be filled.
  const counts = (path: string) => before.tree.get(path)?.kind !== 'directory' || (ownBefore.has(path) && !parents.has(path));
  const gone = [...before.tree.keys()].filter((path) => !after.tree.has(path) && counts(path) && !isElsewhere(path, after.tree)).sort();
  const packaged = packageOwners(before.tree);
  const names = fileNames(after.tree);
  const copies = new Set([...after.tree.values()].map(({ path, size }) => copyName(path, size)));
  const isMoved = (path: string) => copies.has(copyName(path, before.tree.get(path)?.size ?? 0));
  return {
    data: gone.filter((path) => ownBefore.has(path) && !packaged.has(path) && mayBeData(path) && !isMoved(path)),
    programs: gone.filter((path) => PROGRAM.test(path)),
    ownPrograms: gone.filter((path) => PROGRAM.test(path) && ownBefore.has(path) && !packaged.has(path)),
    libraries: gone.filter((path) => LIBRARY.test(path) && !names.has(posix.basename(path))),
  };
}

/** /bin and /usr/bin are one folder where a link joins them: https://wiki.debian.org/UsrMerge */
function isElsewhere(path: string, tree: Tree): boolean {
  if (/^\/(bin|sbin|lib|lib64)\//.test(path)) return tree.has(`/usr${path}`);
  return /^\/usr\/(bin|sbin|lib|lib64)\//.test(path) && tree.has(path.slice('/usr'.length));
}

/** A file of the same name and size elsewhere is taken for the same. */
function copyName(path: string, size: number): string {
  return `${posix.basename(path)} ${size}`;
}
