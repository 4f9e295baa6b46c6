// Puts the keys of every table in src/knowledge in order, after an edit by hand.
//   node scripts/update-knowledge/sort.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('../../src/knowledge/', import.meta.url);
for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
  const path = new URL(name, folder);
  const before = readFileSync(path, 'utf8');
  const after = `${JSON.stringify(sorted(JSON.parse(before)), null, 2)}\n`;
  if (after !== before) writeFileSync(path, after);
}

function sorted(value) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}
