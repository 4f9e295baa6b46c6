import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const folder = join(import.meta.dirname, '../../src/knowledge');
const tables = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));

/** The first object whose keys are out of order, and the first key of it that is. */
function outOfOrder(value: unknown, path = ''): string | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const keys = Object.keys(value);
  const ordered = Object.keys(Object.fromEntries([...keys].sort().map((key) => [key, true])));
  const wrong = keys.find((key, index) => key !== ordered[index]);
  if (wrong !== undefined) return `${path}/${wrong}`;
  return Object.entries(value)
    .map(([key, inner]) => outOfOrder(inner, `${path}/${key}`))
    .find((found) => found !== undefined);
}

describe('tables', () => {
  it.each(tables)('%s has its keys sorted', (file) => {
    expect(outOfOrder(JSON.parse(readFileSync(join(folder, file), 'utf8')))).toBeUndefined();
  });

  it.each(tables)('%s is named in the README', (file) => {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    expect(readme.includes(file.startsWith('tags') ? 'tags/<image>.json' : `\`${file}\``)).toBe(true);
  });

  it('link only to -dev packages that the library table knows', () => {
    const read = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
    const known = new Set(Object.keys(read('apt-packages').libraries));
    const facts: { links?: string[]; loads?: string[] }[] = ['python-packages', 'npm-packages', 'go-modules'].flatMap((name) => Object.values(read(name)));
    const used = new Set(facts.flatMap(({ links = [], loads = [] }) => [...links, ...loads]));
    expect([...used].filter((name) => !known.has(name))).toEqual([]);
  });
});
