// Writes src/knowledge/tags/*.json and official-images.json from a history of Docker's official images.
//   node scripts/update-knowledge/tags.mjs official-tags.tsv.gz
// Columns: image, tag, first day listed, last day listed, directory the image was built from at that last day.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const images = ['alpine', 'buildpack-deps', 'busybox', 'debian', 'golang', 'nginx', 'node', 'python', 'ubuntu'];
const target = new URL('../../src/knowledge/', import.meta.url);
const graceDays = 30;

const rows = readRows(process.argv[2]);
mkdirSync(new URL('tags/', target), { recursive: true });
for (const image of images) {
  const own = rows.filter((row) => row.image === image && !row.directory.includes('windows'));
  write(`tags/${image}.json`, tagTable(own));
}
write('official-images.json', [...new Set(rows.map((row) => row.image))].sort());

function readRows(path) {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .map(([image, tag, , last, directory]) => ({ image, tag, last, directory }));
}

/** directory → state → pattern of tags → the words its `*` stands for, separated by spaces. */
function tagTable(own) {
  const newest = own
    .map((row) => row.last)
    .sort()
    .at(-1);
  const limit = new Date(Date.parse(newest) - graceDays * 86_400_000).toISOString().slice(0, 10);
  const directories = {};
  for (const { tag, last, directory } of own) {
    const state = last >= limit ? 'supported' : 'retired';
    const [, before, word, after] = /^([a-z-]+-)(\d{8}[\d.]*)(.*)$/.exec(tag) ?? /^()([^-]+)(.*)$/.exec(tag);
    directories[directory] ??= {};
    directories[directory][state] ??= {};
    const patterns = directories[directory][state];
    patterns[`${before}*${after}`] ??= [];
    patterns[`${before}*${after}`].push(word);
  }
  return { directories: sorted(directories), newest };
}

function sorted(value) {
  if (Array.isArray(value)) return value.sort().join(' ');
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}

function write(name, value) {
  writeFileSync(new URL(name, target), `${JSON.stringify(value, null, 2)}\n`);
}
