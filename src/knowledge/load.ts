import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folders = [join(import.meta.dirname, 'knowledge'), import.meta.dirname];
const loaded = new Map<string, unknown>();

/** What a table says of a name that may be anything, `constructor` too. */
export function lookUp<T>(table: Record<string, T> | undefined, name: string): T | undefined {
  return table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
}

/**
 * Reads a table of facts, once a process: `loadTable('bases')` is the content of `bases.json`.
 * The bundle keeps the tables in `knowledge/` beside itself, the source keeps them beside this file.
 */
export function loadTable<T>(name: string): T {
  if (!loaded.has(name)) {
    const path = folders.map((folder) => join(folder, `${name}.json`)).find((candidate) => existsSync(candidate));
    if (path === undefined) throw new Error(`no knowledge table ${name}.json in ${folders.join(' or ')}`);
    loaded.set(name, JSON.parse(readFileSync(path, 'utf8')));
  }
  return loaded.get(name) as T;
}
