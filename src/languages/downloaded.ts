import { posix } from 'node:path';
import { downloadedTrees, within } from '../effects/effect.ts';
import type { Facts } from './language.ts';

/** Whether what the container starts was downloaded (a cloned repository): nobody sees then which tools it calls. */
export function startsDownloaded({ labelled, start }: Pick<Facts, 'labelled' | 'start'>): boolean {
  const trees = downloadedTrees(labelled);
  if (trees.length === 0) return false;
  const places = start.commands.flatMap(({ name, args, cwd = '/' }) => [
    cwd,
    ...[name, ...args.map((word) => word.value)].filter((word) => word.includes('/')).map((word) => posix.resolve(cwd, word)),
  ]);
  return places.some((place) => trees.some((tree) => tree !== '/' && within(place, tree)));
}
