import { posix } from 'node:path';
import { effect, hasOption, operands, pathOf } from '../../effects/effect.ts';
import type { CommandRule, Effect, EffectScope, PathWrite, ShellCommand } from '../../types.ts';
import { type Invocation, isInstall, readInvocation } from './invocation.ts';
import { installScripts, type Manifest, manifestAt } from './manifest.ts';

const QUIET = new Set(['cache', 'config', 'set', 'get', 'version', '-v', '--version', 'test', 'lint', 'fund', 'ls', 'list', 'store', 'view', 'info', 'help', 'why', 'outdated', 'doctor', 'ping', 'whoami', 'bin', 'root', 'prefix', 'fetch', 'licenses', 'versions']);
/** Programs that check or test: https://www.npmjs.com/ under these names. */
const CHECKS = ['eslint', 'prettier', 'jest', 'mocha', 'vitest', 'stylelint', 'husky', 'lint-staged', 'tslint', 'standard', 'xo', 'ava', 'nyc', 'c8', 'npm-check', 'depcheck'];
const BUILDERS =
  'node tsc vite webpack webpack-cli ng nest next nuxt nuxi gulp grunt rollup esbuild babel swc react-scripts vue-cli-service svelte-kit astro parcel prisma eleventy hexo gatsby turbo nx lerna tsup ncc pkg sass tailwindcss postcss ember bower typeorm typeorm-ts-node-commonjs sequelize sequelize-cli knex patch-package cross-env dotenv rimraf cpx copyfiles shx ts-node tsx ts-patch quasar expo remix vuepress vitepress docusaurus storybook build-storybook snowpack brunch coffee livescript less lessc pug browserify uglifyjs terser npm-run-all run-s run-p concurrently tsc-alias tspc strapi medusa keystone payload medusa directus-cli drizzle-kit graphql-codegen openapi-typescript orval node-gyp cmake-js prebuildify electron-builder meteor fastify redwood rw blitz wmr microbundle unbuild tsdown rspack rsbuild farm stencil preconstruct bob ladle mdx marp reveal-md apidoc jsdoc typedoc swagger-jsdoc redocly'.split(' ');

const manager: CommandRule = (command, scope) => {
  const call = readInvocation(command);
  if (!call || call.verb === '$') return undefined;
  if (call.global) return globally(call);
  if (QUIET.has(call.verb) || (call.verb === 'audit' && call.words[0]?.value !== 'fix')) return effect('neutral', `${call.manager} ${call.verb} leaves nothing that runs`);
  if (call.verb === '' || (call.verb !== 'install' && hasOption(command, '--version', '-v', '--help') && call.words.length === 0)) return effect('neutral', 'only prints');
  if (call.directory === undefined) return undefined;
  if (isInstall(call) || call.verb === 'add' || call.verb === 'prune') return install(command, call, call.directory, scope);
  const browser = [call.verb, ...call.words.map((word) => word.value)].join(' ');
  return script(`runs ${call.manager} ${call.verb}`, call.directory, scope, command, browser);
};

/** An install whose outcome is known in advance fills node_modules and nothing else. */
function install(command: ShellCommand, call: Invocation, directory: string, scope: EffectScope): Effect {
  const manifest = manifestAt(directory, scope);
  const modules: PathWrite = { path: posix.join(directory, 'node_modules'), kind: 'tree' };
  const more = cacheOf(command, call);
  const why = call.verb === 'prune' ? 'leaves out development dependencies' : 'installs dependencies';
  const action = call.verb === 'prune' ? 'node-prune' : 'node-install';
  const named = call.verb === 'add' || (call.verb === 'install' && call.words.length > 0);
  if (directory === '/' && named) return effect('build', why, { action, writes: [modules, { path: '/package.json', kind: 'file' }, ...more] });
  const onlyModules = manifest !== undefined && !named && isPlain(manifest, call, scope) && !hasOption(command, '--modules-folder') && (directory === '/' || !hasDirectory(directory, scope));
  return effect('build', why, { action, writes: [onlyModules ? modules : { path: directory, kind: 'tree' }, ...more] });
}

function isPlain(manifest: Manifest, call: Invocation, { context }: EffectScope): boolean {
  const file = (name: string) => context.kind(posix.join(manifest.source, name)) !== undefined;
  return installScripts(manifest).length === 0 && !manifest.workspaces && manifest.local.length === 0 && !file('binding.gyp') && !(call.manager === 'yarn' && (file('.yarnrc.yml') || file('.yarn')));
}

/** Whether the sources are in the directory already, so that all of it comes from the builder. */
function hasDirectory(directory: string, { context, sourceOf }: EffectScope): boolean {
  const source = sourceOf(directory);
  return source !== undefined && context.kind(source) === 'directory';
}

/** Corepack keeps the package manager itself in a cache: https://github.com/nodejs/corepack#environment-variables */
function cacheOf(command: ShellCommand, call: Invocation): PathWrite[] {
  return call.manager === 'npm' ? [] : [{ path: corepackHome(command), kind: 'tree' }];
}

export function corepackHome({ env }: Pick<ShellCommand, 'env'>): string {
  return env.COREPACK_HOME ?? posix.join(env.XDG_CACHE_HOME ?? posix.join(env.HOME ?? '/root', '.cache'), 'node/corepack');
}

/** Programs for the whole image: https://docs.npmjs.com/cli/v11/configuring-npm/folders#global-installation */
function globally(call: Invocation): Effect | undefined {
  if (!['install', 'add', 'ci', 'update'].includes(call.verb)) return effect('neutral', `${call.manager} ${call.verb} leaves nothing that runs`);
  if (call.words.some((word) => !word.known)) return undefined;
  const names = call.words.map((word) => packageOf(word.value));
  return effect('both', 'installs programs for the whole image', { action: 'node-global', writes: names.map((name) => ({ path: globalPlace(name), kind: 'tree' })) });
}

export function globalPlace(name: string): string {
  return `/usr/local/lib/node_modules/${name}`;
}

/** `@scope/name@1.2` → `@scope/name`. */
export function packageOf(spec: string): string {
  return spec.replace(/(?<=.)@.*$/, '');
}

/** A script of the project may write anywhere in its directory, and beyond it where it or a configuration names `../`. */
function script(why: string, directory: string, scope: EffectScope, command: ShellCommand, text: string): Effect {
  const outside = namesParent(directory, scope, text);
  const place = outside ? posix.dirname(directory) : directory;
  return effect('build', why, { action: 'node-script', writes: [{ path: place, kind: 'tree' }, ...(readInvocation(command) ? cacheOf(command, readInvocation(command) as Invocation) : [])] });
}

const CONFIGURATIONS = ['vite.config.js', 'vite.config.ts', 'vite.config.mjs', 'webpack.config.js', 'webpack.config.ts', 'vue.config.js', 'rollup.config.js', 'rollup.config.mjs', 'next.config.js', 'svelte.config.js', 'tsup.config.ts', 'gulpfile.js', 'Gruntfile.js', 'esbuild.js'];

function namesParent(directory: string, scope: EffectScope, text: string): boolean {
  const manifest = manifestAt(directory, scope);
  const scripts = Object.values(manifest?.scripts ?? {}).join('\n');
  const configurations = manifest ? CONFIGURATIONS.map((name) => scope.context.read(posix.join(manifest.source, name)) ?? '') : [];
  const emits = manifest ? ['tsconfig.json', 'tsconfig.build.json', 'angular.json'].map((name) => scope.context.read(posix.join(manifest.source, name)) ?? '') : [];
  return /\.\.\//.test(`${text}\n${scripts}`) || configurations.some((one) => /["'`]\.\.\/?/.test(one)) || emits.some((one) => /"(outDir|declarationDir|outputPath|tsBuildInfoFile)"\s*:\s*"\.\.\//.test(one));
}

/** A program of the project: it may write anywhere in its directory. */
const program: CommandRule = (command, scope) => {
  const verbs = operands(command).map((word) => word.value);
  if (command.args.length > 0 && hasOption(command, '--version', '-v', '--help') && verbs.length === 0) return effect('neutral', 'only prints');
  return command.cwd === undefined ? undefined : script(`runs ${posix.basename(command.name)}`, command.cwd, scope, command, command.args.map((word) => word.value).join(' '));
};

/** npx and pnpm dlx: https://docs.npmjs.com/cli/v11/commands/npx */
const npx: CommandRule = (command, scope) => {
  const [first] = operands(command, ['-p', '--package', '-c', '--call']);
  return first && CHECKS.includes(packageOf(first.value)) ? effect('neutral', `${first.value} only checks`) : program(command, scope);
};

const corepack: CommandRule = (command) => {
  const [verb] = operands(command);
  const shims = ['yarn', 'yarnpkg', 'pnpm', 'pnpx'].map((name): PathWrite => ({ path: posix.join('/usr/local/bin', name), kind: 'file' }));
  if (verb?.value === 'enable') return effect('both', 'makes yarn and pnpm known', { action: 'corepack', writes: shims });
  return effect('build', 'fetches a package manager', { action: 'corepack', writes: [{ path: corepackHome(command), kind: 'tree' }] });
};

/** A tool that is fetched with curl and run at once is known by its script alone: pnpm's and nvm's own installers are not. */
const quiet: CommandRule = (command) => effect('neutral', `${posix.basename(command.name)} only checks`);

const removed: CommandRule = (command) => {
  const paths = operands(command).map((word) => pathOf(command, word));
  return paths.some((path) => path === undefined) ? undefined : effect('both', 'removes files', { action: 'remove', writes: paths.map((path) => ({ path: path as string, kind: 'tree', edited: true })) });
};

export const nodeCommands: Record<string, CommandRule> = {
  ...Object.fromEntries(BUILDERS.map((name) => [name, program])),
  ...Object.fromEntries(CHECKS.map((name) => [name, quiet])),
  ...{ npm: manager, yarn: manager, yarnpkg: manager, pnpm: manager, npx, pnpx: npx, corepack, rimraf: removed, nodejs: program },
  'node-prune': (command) => (command.cwd === undefined ? undefined : effect('build', 'removes what packages do not need', { action: 'node-prune', writes: [{ path: posix.join(command.cwd, 'node_modules'), kind: 'tree' }] })),
};
