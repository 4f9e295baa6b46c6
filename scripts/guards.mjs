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
    console.log(
      broken.length > 0 ? `ok    ${trap.name}: ${broken[0].split('\n')[0]}` : `IDLE  ${trap.name} holds without ${trap.guard.file}: ${trap.guard.from}`,
    );
  }
} finally {
  rmSync(place, { recursive: true, force: true });
}
process.exitCode = idle > 0 ? 1 : 0;

/** The library with one text of its source replaced. */
async function without({ file, from, to }, outfile) {
  const path = join(root, 'src', file);
  const contents = readFileSync(path, 'utf8');
  if (!contents.includes(from)) throw new Error(`${file} has no ${from}`);
  const replaced = {
    name: 'replaced',
    setup: ({ onLoad }) => onLoad({ filter: /\.ts$/ }, (one) => (one.path === path ? { contents: contents.replace(from, () => to), loader: 'ts' } : undefined)),
  };
  await build({
    absWorkingDir: root,
    entryPoints: ['src/index.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    mainFields: ['module', 'main'],
    packages: 'external',
    plugins: [replaced],
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}
