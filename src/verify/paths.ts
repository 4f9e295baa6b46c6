import { posix } from 'node:path';
import type { Gone } from './gone.ts';
import type { Subject } from './subject.ts';

const LIMIT = 40;

/** Paths to ask a server for because files are gone that it may have served, or filled in: a page, or its name without the ending. */
export function pathsFor({ data }: Gone, { config }: Subject): string[] {
  const folder = config.WorkingDir || '/';
  const paths = data.flatMap((path) => {
    const relative = posix.relative(folder, path);
    if (relative.startsWith('..')) return [];
    const parts = relative.split('/');
    const tails = parts.map((_, index) => `/${parts.slice(index).join('/')}`);
    return [...tails, `/${posix.parse(path).name}`];
  });
  return [...new Set(paths.map(encodeURI))].slice(0, LIMIT);
}
