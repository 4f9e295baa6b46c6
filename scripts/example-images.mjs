// Prints the images that the Dockerfiles of the examples and of the pairs of test/verify are built from, for those who have to fetch them beforehand.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseDockerfile } from '../dist/index.js';

const root = resolve(import.meta.dirname, '..');
const folders = ['examples', 'test/verify/pairs/broken', 'test/verify/pairs/same', 'test/verify/ladder', 'test/observe/projects'].flatMap((place) => {
  const folder = join(root, place);
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
});
const files = folders.flatMap((folder) => ['before/Dockerfile', 'after/Dockerfile', 'after.Dockerfile', 'Dockerfile'].map((name) => join(folder, name)));
const images = files.filter((file) => existsSync(file)).flatMap((file) => imagesOf(parseDockerfile(readFileSync(file, 'utf8'), file)));
console.log([...new Set([...images, ...rungs()])].sort().join('\n'));

/** Bases that `convert --verify` tries, which no Dockerfile names. */
function rungs() {
  const folder = join(root, 'test/verify/ladder');
  return readdirSync(folder).flatMap((name) => JSON.parse(readFileSync(join(folder, name, 'case.json'), 'utf8')).images);
}

/** Of FROM and --from, but for the stages of the file itself. Variables have the defaults of the ARGs before the first FROM. */
function imagesOf({ instructions }) {
  const values = {};
  const stages = new Set(['scratch']);
  const found = [];
  for (const { keyword, value, flags } of instructions) {
    if (keyword === 'ARG' && stages.size === 1) Object.assign(values, Object.fromEntries([value.split('=')]));
    const from = keyword === 'FROM' ? value.split(/\s+/)[0] : flags.find((flag) => flag.name === 'from')?.value;
    if (from !== undefined && !stages.has(from)) found.push(from.replace(/\$\{?(\w+)\}?/g, (_, name) => values[name] ?? ''));
    if (keyword === 'FROM') stages.add(/\sAS\s+(\S+)$/i.exec(value)?.[1] ?? '');
  }
  return found;
}
