import { posix } from 'node:path';
import { pathOf } from '../../effects/effect.ts';
import type { EffectScope } from '../../effects/rule.ts';
import type { ShellCommand } from '../../types.ts';
import type { Facts } from '../language.ts';
import { builds } from './installs.ts';
import { readManifest } from './manifest.ts';

/** Programs that run a source given to them. */
const RUNNERS = new Set([
  'node',
  'nodejs',
  'ts-node',
  'ts-node-dev',
  'tsnd',
  'ts-node-esm',
  'tsx',
  'babel-node',
  'node-dev',
  'coffee',
  'pm2',
  'pm2-runtime',
  'pm2-docker',
  'forever',
  'swc-node',
  'esr',
]);
const LOADS = ['-r', '--require', '--import', '--loader', '--experimental-loader'];
const VALUED = [
  ...LOADS,
  '-e',
  '--eval',
  '-p',
  '--print',
  '-C',
  '--conditions',
  '--max-old-space-size',
  '--env-file',
  '--inspect-port',
  '--title',
  '-P',
  '--project',
  '--cwd',
  '-i',
  '-n',
  '--name',
  '--instances',
  '--port',
];
const PM2_VERBS = new Set(['start', 'watch', 'run', 'restart', 'reload', 'startOrRestart']);
const EXTENSIONS = [
  '',
  '.js',
  '.mjs',
  '.cjs',
  '.ts',
  '.mts',
  '.cts',
  '.tsx',
  '.jsx',
  '.json',
  '.coffee',
  '/index.js',
  '/index.ts',
  '/index.mjs',
  '/index.cjs',
  '/index.tsx',
  '/index.jsx',
];

export interface Entries {
  /** Files of the context that the start commands run. */
  files: string[];
  /** JavaScript given on the command line. */
  texts: string[];
  /** Names given to -r, --import and the like. */
  loads: string[];
  /** Whether every program that is started is one of these files. */
  complete: boolean;
}

const TEXTS = ['-e', '--eval', '-p', '--print', '-pe'];

/** The sources that the start commands run, as far as they are files of the context. */
export function findEntries(facts: Facts): Entries {
  const found: Entries = { files: [], texts: [], loads: [], complete: true };
  for (const command of facts.start.commands) {
    for (const option of (command.env.NODE_OPTIONS ?? '').split(/\s+(?=-)/)) addLoad(option.split(/[\s=]+/), found);
    if (RUNNERS.has(posix.basename(command.name))) addEntry(command, facts, found);
  }
  // What a build makes anew may differ from what the context holds of it.
  const remade = builds(facts) && found.files.some((file) => /(^|\/)(dist|build|lib|out|output|\.output|\.next)\//.test(file));
  if (remade || (found.files.length === 0 && found.texts.length === 0)) found.complete = false;
  return found;
}

function addEntry(command: ShellCommand, facts: Facts, found: Entries): void {
  const words = command.args.map((word) => word.value);
  for (const [at, word] of words.entries()) {
    const [name = '', ...rest] = word.split('=');
    if (TEXTS.includes(word)) found.texts.push(words[at + 1] ?? '');
    else addLoad([name, rest.length > 0 ? rest.join('=') : (words[at + 1] ?? '')], found);
  }
  if (words.some((word) => TEXTS.includes(word) || word === '-v' || word === '--version')) return;
  const script = scriptOf(command);
  const file = script && fileOf(command, script, facts);
  if (file === undefined || /\.(json|ya?ml)$|\.config\.[cm]?js$/.test(file)) found.complete = false;
  else found.files.push(file);
}

function addLoad([name = '', value = '']: string[], found: Entries): void {
  if (LOADS.includes(name) && value !== '') found.loads.push(value);
}

function scriptOf(command: ShellCommand): string | undefined {
  const words = command.args;
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (!word) break;
    if (VALUED.includes(word.value)) at++;
    else if (!word.value.startsWith('-') && !(posix.basename(command.name).startsWith('pm2') && PM2_VERBS.has(word.value)))
      return word.known ? word.value : undefined;
  }
  return undefined;
}

function fileOf(command: ShellCommand, script: string, scope: Pick<EffectScope, 'context' | 'sourceOf'>): string | undefined {
  const path = pathOf(command, { value: script, known: true });
  const source = path === undefined ? undefined : scope.sourceOf(path);
  if (source === undefined) return undefined;
  if (scope.context.kind(source) === 'directory') {
    const main = readManifest(scope.context, source)?.main;
    const named = main === undefined ? undefined : resolveFile(scope.context, posix.join(source, main));
    if (named !== undefined) return named;
  }
  return resolveFile(scope.context, source);
}

/** The file that Node finds for a path without its ending: https://nodejs.org/api/modules.html#all-together */
export function resolveFile(context: EffectScope['context'], path: string): string | undefined {
  const found = EXTENSIONS.map((end) => `${path}${end}`).find((candidate) => context.kind(candidate) === 'file');
  // TypeScript's own files are named .js where they are imported.
  return (
    found ??
    (/\.[cm]?js$/.test(path) ? [path.replace(/js$/, 'ts'), path.replace(/js$/, 'tsx')].find((candidate) => context.kind(candidate) === 'file') : undefined)
  );
}
