// Writes src/knowledge/tags/*.json and official-images.json from a history of Docker's official images.
//   node scripts/update-knowledge/tags.mjs official-tags.tsv[.gz]
// Columns: image, tag, first day listed, last day listed, directory the image was built from at that last day; as history.mjs
// writes it, also the plain image it was made from and its settings.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { built, plain } from './images.mjs';

const target = new URL('../../src/knowledge/', import.meta.url);
const graceDays = 30;
/** What these stood for on the day an image was built nobody can tell. */
const moving = /[:-](sid|experimental|forky|edge)\b/;

const rows = readRows(process.argv[2]);
const newestDay = rows
  .map((row) => row.last)
  .sort()
  .at(-1);
mkdirSync(new URL('tags/', target), { recursive: true });
for (const image of [...plain, ...built]) {
  const own = rows.filter((row) => row.image === image && !row.directory.includes('windows') && !(built.includes(image) && isPassing(row)));
  if (own.length > 0) write(`tags/${image}.json`, tagTable(own, built.includes(image)));
}
const known = JSON.parse(readFileSync(new URL('official-images.json', target), 'utf8'));
write('official-images.json', [...new Set([...known, ...built, ...plain])].sort());

function readRows(path) {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .map(([image, tag, , last, directory, root = '', settings = '']) => ({ image, tag, last, directory, root, settings }));
}

/** Retired pre-releases, and Clojure's tags that pin two versions: too many for the few who name them. */
function isPassing({ image, tag, last }) {
  return last < newestDay && (/-ea-|alpha|beta|RC\d|rc\d|-rc|perl.*devel/i.test(tag) || (image === 'clojure' && /\d\.\d+\.\d+\.\d+/.test(tag)));
}

/** directory → state → pattern of tags → the words its `*` stands for, separated by spaces. */
function tagTable(own, made) {
  const newest = own
    .map((row) => row.last)
    .sort()
    .at(-1);
  const limit = new Date(Date.parse(newest) - graceDays * 86_400_000).toISOString().slice(0, 10);
  const directories = {};
  const settings = [...new Set(own.map((row) => row.settings).filter((text) => text !== ''))].sort();
  for (const row of own) {
    const state = [row.last >= limit ? 'supported' : 'retired', ...(made ? madeOf(row, settings) : [])].join(' ');
    const [, before, word, after] = /^([a-z-]+-)(\d{8}[\d.]*)(.*)$/.exec(row.tag) ?? /^()([^-]+)(.*)$/.exec(row.tag);
    directories[row.directory] ??= {};
    directories[row.directory][state] ??= {};
    const patterns = directories[row.directory][state];
    patterns[`${before}*${after}`] ??= [];
    patterns[`${before}*${after}`].push(word);
  }
  return { directories: sorted(directories), newest, ...(made ? { settings: settings.map((text) => JSON.parse(text)).map(withSortedKeys) } : {}) };
}

/** The root, `-` where it is not known, and the place of the settings in the table's list. */
function madeOf({ root, settings }, all) {
  const known = root === '' || moving.test(root) ? '-' : root;
  if (settings !== '') return [known, String(all.indexOf(settings))];
  return known === '-' ? [] : [known];
}

function withSortedKeys(value) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, withSortedKeys(value[key])]));
}

function sorted(value) {
  if (Array.isArray(value)) return value.sort().join(' ');
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}

function write(name, value) {
  writeFileSync(new URL(name, target), `${JSON.stringify(value, null, 2)}\n`);
}
