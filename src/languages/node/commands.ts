import { posix } from 'node:path';
import { effect, hasOption, operands, pathOf } from '../../effects/effect.ts';
import type { CommandRule, EffectScope } from '../../effects/rule.ts';
import { describeNpmPackage } from '../../knowledge/npm-packages.ts';
import type { Effect, PathWrite, ShellCommand } from '../../types.ts';
import { CONFIGURATIONS, SETTINGS } from './configurations.ts';
import { type Invocation, isInstall, readInvocation } from './invocation.ts';
import { installScripts, type Manifest, manifestAt } from './manifest.ts';
import { reachesOutside } from './outside.ts';
import { programTable } from './program-table.ts';

const QUIET = new Set([
  'cache',
  'config',
  'set',
  'get',
  'version',
  '-v',
  '--version',
  'test',
  'lint',
  'fund',
  'ls',
  'list',
  'store',
  'view',
  'info',
  'help',
  'why',
  'outdated',
  'doctor',
  'ping',
  'whoami',
  'bin',
  'root',
  'prefix',
  'fetch',
  'licenses',
  'versions',
]);
const { bins, checks } = programTable();

const manager: CommandRule = (command, scope) => {
  const call = readInvocation(command, scope);
  if (!call || call.verb === '$') return undefined;
  if (call.global) return globally(call);
  if (QUIET.has(call.verb) || (call.verb === 'audit' && call.words[0]?.value !== 'fix'))
    return effect('neutral', `${call.manager} ${call.verb} leaves nothing that runs`);
  if (call.verb === '' || (call.verb !== 'install' && hasOption(command, '--version', '-v', '--help') && call.words.length === 0))
    return effect('neutral', 'only prints');
  if (call.directory === undefined) return undefined;
  if (isInstall(call) || call.verb === 'add' || call.verb === 'prune') return install(command, call, call.directory, scope);
  return script(`runs ${call.manager} ${call.verb}`, call.directory, command, scope, cacheOf(command, call), scriptTexts(call, scope));
};

/** An install whose outcome is known in advance fills node_modules and nothing else. */
function install(command: ShellCommand, call: Invocation, directory: string, scope: EffectScope): Effect {
  const manifest = manifestAt(directory, scope);
  const modules: PathWrite = { path: posix.join(directory, 'node_modules'), kind: 'tree' };
  const more = cacheOf(command, call);
  const why = call.verb === 'prune' ? 'leaves out development dependencies' : 'installs dependencies';
  const action = call.verb === 'prune' ? 'node-prune' : 'node-install';
  const hooks = manifest ? installScripts(manifest) : [];
  const outside = call.verb === 'prune' || hooks.length === 0 ? undefined : reachesOutside({ directory, texts: hooks, env: command.env }, scope);
  if (outside !== undefined) return effect('unknown', `${call.manager} ${call.verb} ${outside}`);
  const named = call.verb === 'add' || (call.verb === 'install' && call.words.length > 0);
  if (directory === '/' && named) return effect('build', why, { action, writes: [modules, { path: '/package.json', kind: 'file' }, ...more] });
  const onlyModules =
    manifest !== undefined &&
    !named &&
    isPlain(manifest, call, scope) &&
    !hasOption(command, '--modules-folder') &&
    (hasDirectory('/', scope) || !hasDirectory(directory, scope));
  return effect('build', why, { action, writes: [onlyModules ? modules : { path: directory, kind: 'tree' }, ...more] });
}

function isPlain(manifest: Manifest, call: Invocation, { context }: EffectScope): boolean {
  const file = (name: string) => context.kind(posix.join(manifest.source, name)) !== undefined;
  return (
    installScripts(manifest).length === 0 &&
    !manifest.workspaces &&
    manifest.local.length === 0 &&
    !file('binding.gyp') &&
    !(call.manager === 'yarn' && (file('.yarnrc.yml') || file('.yarn')))
  );
}

/** Whether the sources are in the directory already, so that all of it comes from the builder. */
function hasDirectory(directory: string, { context, sourceOf }: EffectScope): boolean {
  const source = sourceOf(directory);
  return source !== undefined && context.kind(source) === 'directory';
}

/** Corepack keeps the package manager itself in a cache: https://github.com/nodejs/corepack#environment-variables */
function cacheOf(command: ShellCommand, call: Invocation): PathWrite[] {
  return call.manager === 'npm' ? [] : [{ path: corepackHome(command), kind: 'tree', disposable: true }];
}

export function corepackHome({ env }: Pick<ShellCommand, 'env'>): string {
  return env.COREPACK_HOME ?? posix.join(env.XDG_CACHE_HOME ?? posix.join(env.HOME ?? '/root', '.cache'), 'node/corepack');
}

/** Programs for the whole image: https://docs.npmjs.com/cli/v11/configuring-npm/folders#global-installation */
function globally(call: Invocation): Effect | undefined {
  if (!['install', 'add', 'ci', 'update'].includes(call.verb)) return effect('neutral', `${call.manager} ${call.verb} leaves nothing that runs`);
  if (call.words.some((word) => !word.known)) return undefined;
  const names = call.words.map((word) => packageOf(word.value));
  return effect('both', 'installs programs for the whole image', {
    action: 'node-global',
    writes: names.map((name) => ({ path: globalPlace(name), kind: 'tree' })),
  });
}

export function globalPlace(name: string): string {
  return `/usr/local/lib/node_modules/${name}`;
}

/** `@scope/name@1.2` → `@scope/name`. */
export function packageOf(spec: string): string {
  return spec.replace(/(?<=.)@.*$/, '');
}

/** A script of the project may write anywhere in its directory, and beside it where it or a configuration names `../`. */
function script(why: string, directory: string, command: ShellCommand, scope: EffectScope, more: PathWrite[], texts: string[]): Effect {
  const outside = reachesOutside({ directory, texts, env: command.env }, scope);
  if (outside !== undefined) return effect('unknown', `${why.replace(/^runs /, '')} ${outside}`);
  const place = writesBeside(directory, scope, texts) ? posix.dirname(directory) : directory;
  return effect('build', why, { action: 'node-script', writes: [{ path: place, kind: 'tree' }, ...more] });
}

/** The text of a script of package.json with those before, after and within it. */
function scriptTexts({ verb, words, directory = '/' }: Invocation, scope: EffectScope): string[] {
  const scripts = manifestAt(directory, scope)?.scripts ?? {};
  const name = verb === 'run' ? (words[0]?.value ?? '') : verb;
  const texts = [verb, ...words.map((word) => word.value)];
  const names = new Set([name]);
  for (const one of names) {
    const found = [scripts[`pre${one}`], scripts[one], scripts[`post${one}`]].filter((text) => text !== undefined);
    texts.push(...found);
    for (const other of Object.keys(scripts)) if (found.some((text) => text.split(/[\s"'&;|:]+/).includes(other) || text.includes(other))) names.add(other);
  }
  return texts;
}

function writesBeside(directory: string, { context, sourceOf }: EffectScope, texts: string[]): boolean {
  if (directory === '/') return false;
  const source = sourceOf(directory);
  const read = (name: string) => (source === undefined ? '' : (context.read(posix.join(source, name)) ?? ''));
  const named = texts.some((text) => /(^|[\s"'=])\.\.(\/|\s|$)/.test(text));
  const beside = posix.dirname(directory) === '/' ? /\b(outDir|outdir|distDir|outputDir|path|dest|dir)\b[^\n]*["'`]\.\.\// : /["'`]\.\.(\/|["'`])/;
  const emits = /"(outDir|declarationDir|outputPath)"\s*:\s*"\.\.\//;
  return (
    (named && posix.dirname(directory) !== '/') || CONFIGURATIONS.some((name) => beside.test(read(name))) || SETTINGS.some((name) => emits.test(read(name)))
  );
}

/** A program of the project: it may write anywhere in its directory. */
const program: CommandRule = (command, scope) => {
  const verbs = operands(command).map((word) => word.value);
  if (command.args.length > 0 && hasOption(command, '--version', '-v', '--help') && verbs.length === 0) return effect('neutral', 'only prints');
  return command.cwd === undefined
    ? undefined
    : script(
        `runs ${posix.basename(command.name)}`,
        command.cwd,
        command,
        scope,
        [],
        command.args.map((word) => word.value),
      );
};

/** npx and pnpm dlx: https://docs.npmjs.com/cli/v11/commands/npx */
const npx: CommandRule = (command, scope) => {
  const [first] = operands(command, ['-p', '--package', '-c', '--call']);
  if (first && checks.includes(packageOf(first.value))) return effect('neutral', `${first.value} only checks`);
  if (first && describeNpmPackage(packageOf(first.value))?.browsers)
    return effect('unknown', `${posix.basename(command.name)} ${first.value} writes browsers below the home directory`);
  return program(command, scope);
};

const corepack: CommandRule = (command) => {
  const [verb] = operands(command);
  const shims = ['yarn', 'yarnpkg', 'pnpm', 'pnpx'].map((name): PathWrite => ({ path: posix.join('/usr/local/bin', name), kind: 'file' }));
  if (verb?.value === 'enable') return effect('both', 'makes yarn and pnpm known', { action: 'corepack', writes: shims });
  return effect('build', 'fetches a package manager', { action: 'corepack', writes: [{ path: corepackHome(command), kind: 'tree', disposable: true }] });
};

const quiet: CommandRule = (command) => effect('neutral', `${posix.basename(command.name)} only checks`);

const removed: CommandRule = (command) => {
  const paths = operands(command).map((word) => pathOf(command, word));
  return paths.some((path) => path === undefined)
    ? undefined
    : effect('both', 'removes files', { action: 'remove', writes: paths.map((path) => ({ path: path as string, kind: 'tree', edited: true })) });
};

export const nodeCommands: Record<string, CommandRule> = {
  ...Object.fromEntries(['node', 'nodejs', ...Object.keys(bins)].map((name) => [name, program])),
  ...Object.fromEntries(checks.map((name) => [name, quiet])),
  ...{ npm: manager, yarn: manager, yarnpkg: manager, pnpm: manager, npx, pnpx: npx, corepack, rimraf: removed },
  'node-prune': (command) =>
    command.cwd === undefined
      ? undefined
      : effect('build', 'removes what packages do not need', {
          action: 'node-prune',
          writes: [{ path: posix.join(command.cwd, 'node_modules'), kind: 'tree' }],
        }),
};
