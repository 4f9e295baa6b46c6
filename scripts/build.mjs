// Makes dist/: the command line and the library in few files. Start-up time is mostly the time to load code, so all
// dependencies are bundled, and those that are not always needed are files of their own, loaded when they are.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import handlebars from 'handlebars';
import { cachePath, compileProgram } from './load-program.mjs';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');
const shared = { absWorkingDir: root, bundle: true, platform: 'node', target: 'node20.19', minify: true, legalComments: 'none', metafile: true };
const commonJs = {
  format: 'cjs',
  mainFields: ['module', 'main'],
  supported: { 'dynamic-import': false },
  define: { 'import.meta.url': '__url', 'import.meta.dirname': '__dirname' },
  banner: { js: "const __url = require('node:url').pathToFileURL(__filename).href;" },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundle();
  declareTypes();
}

/** Everything in dist/ but the types. It is made elsewhere and moved into place, for tests may run what stands there. */
export async function bundle() {
  const made = join(root, 'node_modules/.cache', `restage-${process.pid}`);
  mkdirSync(made, { recursive: true });
  const lazy = new Set();
  const parts = [
    await bundleLibraries(made, lazy),
    await bundleProgram(made, lazy),
    await bundleMain(made),
    await bundleHelp(made),
    await bundleEngineCommands(made, lazy),
  ];
  const results = [...parts, await bundleLazy(made, lazy), await bundleTemplates(made)];
  cpSync(join(root, 'src/knowledge'), join(made, 'knowledge'), { recursive: true, filter: (path) => !/\.(ts|md)$/.test(path) });
  writeFileSync(join(made, 'LICENSES.txt'), licences(results));
  await keepCompiledCode(made);
  replace(dist, made);
}

function replace(folder, successor) {
  const old = `${successor}-old`;
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(successor, folder);
  rmSync(old, { recursive: true, force: true });
}

/** Readable, for it may be seen in the stack traces of other programs. Packages in CommonJS expect a require. */
function bundleLibraries(made, lazy) {
  const plugins = [compiledTemplates(), lazyRequires(lazy)];
  const banner = { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" };
  const entryPoints = { index: 'src/index.ts', verify: 'src/verify/index.ts', observe: 'src/observe/index.ts' };
  return build({ ...shared, entryPoints, outdir: made, format: 'esm', mainFields: ['module', 'main'], banner, minify: false, plugins });
}

/** The command line without its outermost shell. CommonJS is compiled sooner than a module, and what V8 made of it can be kept. */
function bundleProgram(made, lazy) {
  const elsewhere = ['help', 'engine-commands'].map((name) => redirect(new RegExp(`^\\./${name}\\.ts$`), { path: `./${name}.cjs`, external: true }));
  const plugins = [...elsewhere, compiledTemplates(), lazyRequires(lazy)];
  return build({ ...shared, ...commonJs, entryPoints: ['src/cli/run.ts'], outfile: join(made, 'program.cjs'), plugins });
}

function bundleMain(made) {
  const plugins = [redirect(/^\.\/run\.ts$/, { path: join(root, 'scripts/load-program.mjs') })];
  return build({ ...shared, entryPoints: ['src/cli/main.ts'], outfile: join(made, 'cli.js'), format: 'esm', plugins });
}

/** yargs measures text with Unicode tables that take longer to load than all of restage. */
function bundleHelp(made) {
  return build({ ...shared, ...commonJs, entryPoints: ['src/cli/help.ts'], outfile: join(made, 'help.cjs'), alias: { 'string-width': 'fast-string-width' } });
}

/** What works with an engine takes long enough to be loaded by itself; its reaper is a process of its own. */
function bundleEngineCommands(made, lazy) {
  cpSync(join(root, 'src/engine/reaper.mjs'), join(made, 'reaper.mjs'));
  const plugins = [compiledTemplates(), lazyRequires(lazy)];
  return build({ ...shared, ...commonJs, entryPoints: ['src/cli/engine-commands.ts'], outfile: join(made, 'engine-commands.cjs'), plugins });
}

function redirect(filter, target) {
  return { name: 'redirect', setup: ({ onResolve }) => onResolve({ filter }, () => target) };
}

/** `createRequire(import.meta.url)('name')` gets a file of its own, read when the line runs. */
function lazyRequires(found) {
  const call = /createRequire\(import\.meta\.url\)\('([^']+)'\)/g;
  const vendored = (_, name) => {
    found.add(name);
    return `createRequire(import.meta.url)('./vendor/${vendorFile(name)}.cjs')`;
  };
  const contents = (path) => readFileSync(path, 'utf8').replace(call, vendored);
  return {
    name: 'lazy-requires',
    setup: ({ onLoad }) => onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => ({ contents: contents(path), loader: 'ts' })),
  };
}

function bundleLazy(made, names) {
  const entryPoints = Object.fromEntries([...names].map((name) => [vendorFile(name), name]));
  return build({ ...shared, entryPoints, outdir: join(made, 'vendor'), outExtension: { '.js': '.cjs' }, format: 'cjs' });
}

function vendorFile(name) {
  return name.replace(/^@/, '').replaceAll('/', '-');
}

/** Compiled templates need only the small runtime of Handlebars. */
function bundleTemplates(made) {
  const folder = join(root, 'templates');
  const options = JSON.parse(readFileSync(join(root, 'src/emit/handlebars.json'), 'utf8'));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.hbs'));
  const compiled = (file) =>
    `${JSON.stringify(file.replaceAll('\\', '/').slice(0, -4))}: template(${handlebars.precompile(readFileSync(join(folder, file), 'utf8'), options)})`;
  const contents = `const { template } = require('handlebars/runtime');\nmodule.exports = {\n${files.sort().map(compiled).join(',\n')}\n};`;
  return build({ ...shared, stdin: { contents, resolveDir: root }, outfile: join(made, 'vendor/templates.cjs'), format: 'cjs' });
}

function compiledTemplates() {
  const contents = `import { createRequire } from 'node:module'; export const precompiled = () => createRequire(import.meta.url)('./vendor/templates.cjs');`;
  return { name: 'compiled-templates', setup: ({ onLoad }) => onLoad({ filter: /[\\/]emit[\\/]precompiled\.ts$/ }, () => ({ contents })) };
}

/** V8 keeps the functions that have run, so a few conversions go before. */
async function keepCompiledCode(made) {
  const program = join(made, 'program.cjs');
  const { script, exports } = compileProgram(program);
  for (const example of ['go-web', 'node-typescript', 'python-flask-fat']) {
    await exports.run([join(root, 'examples', example, 'before'), '--dry-run'], { env: {}, stdin: () => process.stdin, terminal: {} });
  }
  writeFileSync(cachePath(program), script.createCachedData());
}

/** The licences of all packages that are part of the bundles, as they ask for. */
function licences(results) {
  const inputs = results.flatMap((result) => Object.keys(result.metafile.inputs));
  const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0] ?? []));
  return [...folders].sort().map(licenceOf).join('\n');
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
  return `== ${name} ${version} (${license})\n${file ? readFileSync(join(root, folder, file), 'utf8').trim() : ''}\n`;
}

function declareTypes() {
  const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
