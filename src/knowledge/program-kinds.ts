import { loadTable } from './load.ts';

/** The programs of several kinds of image together, each once, sorted. From programs.json; a kind it lacks adds none. */
export function programsOfKinds(kinds: readonly string[]): string[] {
  const table = loadTable<{ kinds: Record<string, string> }>('programs').kinds;
  const names = kinds.flatMap((kind) => (table[kind] ?? '').split(' '));
  return [...new Set(names.filter((name) => name !== ''))].sort();
}
