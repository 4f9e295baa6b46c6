// Takes the guard of each case of test/traps out of the source, one at a time, and shows that the case fails without it.
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { brokenPromises, listTraps } from '../test/support/trap.mjs';

const root = resolve(import.meta.dirname, '..');
const place = join(root, 'node_modules/.cache', `restage-guards-${process.pid}`);
const folder = join(place, 'lib');
const wanted = process.argv[2] ?? '';

mkdirSync(folder, { recursive: true });
cpSync(join(root, 'dist/knowledge'), join(folder, 'knowledge'), { recursive: true });
cpSync(join(root, 'templates'), join(place, 'templates'), { recursive: true });
let idle = 0;
try {
  for (const [at, trap] of listTraps(join(root, 'test/traps')).entries()) {
    if (!trap.name.includes(wanted)) continue;
    const broken = brokenPromises(await without(trap.guard, join(folder, `${at}.mjs`)), trap);
    if (broken.length === 0) idle++;
    console.log(broken.length > 0 ? `ok    ${trap.name}: ${broken[0].split('\n')[0]}` : `IDLE  ${trap.name} holds without ${JSON.stringify(trap.guard)}`);
  }
} finally {
  rmSync(place, { recursive: true, force: true });
}
process.exitCode = idle > 0 ? 1 : 0;

/** The library with the texts of a guard replaced: one, or several that each would do. */
async function without(guard, outfile) {
  const contents = new Map();
  for (const { file, from, to } of [guard].flat()) {
    const path = join(root, 'src', file);
    const text = contents.get(path) ?? readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    contents.set(
      path,
      text.replace(from, () => to),
    );
  }
  const load = ({ path }) => (contents.has(path) ? { contents: contents.get(path), loader: 'ts' } : undefined);
  const replaced = { name: 'replaced', setup: ({ onLoad }) => onLoad({ filter: /\.ts$/ }, load) };
  const plain = { bundle: true, platform: 'node', format: 'esm', target: 'node20.19', mainFields: ['module', 'main'], packages: 'external', logLevel: 'error' };
  await build({ ...plain, absWorkingDir: root, entryPoints: ['src/index.ts'], outfile, plugins: [replaced] });
  return import(pathToFileURL(outfile).href);
}
