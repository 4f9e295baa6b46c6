// Makes dist/: the command line and the library as few, small files. Start-up time is mostly the time to load code, so
// every dependency is bundled, and those that are not always needed are loaded only when they are.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');
const LAZY = /createRequire\(import\.meta\.url\)\('([^'.][^']*)'\)/g;
const shared = { bundle: true, platform: 'node', target: 'node20.19', minifySyntax: true, minifyWhitespace: true, logLevel: 'warning', metafile: true };

rmSync(dist, { recursive: true, force: true });
const lazy = new Set();
const main = await build({
  ...shared,
  absWorkingDir: root,
  entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts' },
  outdir: dist,
  format: 'esm',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  mainFields: ['module', 'main'],
  // yargs measures text with tables of Unicode that take longer to load than all of restage.
  alias: { 'string-width': 'fast-string-width' },
  banner: { js: '' },
  plugins: [lazyRequires(lazy)],
});
const vendor = await bundleVendor([...lazy].sort());
copyTables(join(root, 'src/knowledge'), join(dist, 'knowledge'));
writeFileSync(join(dist, 'LICENSES.txt'), licences([main, vendor]));
if (!process.argv.includes('--no-types')) declareTypes();

/** `createRequire(import.meta.url)('x')` in the source becomes a file of its own, read when the line runs. */
function lazyRequires(found) {
  return {
    name: 'lazy-requires',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        const contents = text.replace(LAZY, (_, name) => {
          found.add(name);
          return `createRequire(import.meta.url)('#vendor/${name}')`;
        });
        return { contents, loader: 'ts' };
      });
    },
  };
}
