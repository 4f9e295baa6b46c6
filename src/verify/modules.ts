import { posix } from 'node:path';
import { foldersAbove } from '../engine/image.ts';
import { isOfBuild } from './build-scripts.ts';
import { type Comparison, some } from './comparison.ts';
import type { Files } from './files.ts';
import { isOwnScript } from './named.ts';

const LOADS =
  /\brequire(?:\.resolve)?\s*\(\s*["'`]([^"'`./][^"'`]*)["'`]|\bimport\s*\(\s*["'`]([^"'`./][^"'`]*)["'`]|\bfrom\s+["'`]([^"'`./][^"'`]*)["'`]|\bimport\s+["'`]([^"'`./][^"'`]*)["'`]/g;

/** Packages that a JavaScript program of the project loads by name, installed in the first image and not in the second. */
export function compareModules({ before, after, own }: Files, found: Comparison): void {
  const missing = new Map<string, string[]>();
  for (const path of own) {
    const file = after.tree.get(path);
    if (!file?.content || !/\.[cm]?js$/.test(path) || !isOwnScript(file) || isOfBuild(path, before)) continue;
    for (const name of new Set([...file.content.toString('utf8').matchAll(LOADS)].map((match) => packageOf(match.slice(1).find(Boolean) ?? '')))) {
      // https://nodejs.org/api/modules.html#loading-from-node_modules-folders
      const places = ['/', ...foldersAbove(path)].map((folder) => posix.join(folder, 'node_modules', name));
      if (places.some((place) => before.tree.has(place)) && !places.some((place) => after.tree.has(place)))
        missing.set(name, [...(missing.get(name) ?? []), path]);
    }
  }
  for (const [name, users] of missing) found.differ('files', 'module', `package ${name} is gone, which ${some(users)} loads`);
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
