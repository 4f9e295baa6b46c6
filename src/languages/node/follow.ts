import { posix } from 'node:path';
import { operands, optionValue } from '../../effects/effect.ts';
import type { EffectScope } from '../../effects/rule.ts';
import type { ShellCommand, ShellWord } from '../../types.ts';
import { type Invocation, type ManagerName, readInvocation } from './invocation.ts';
import { manifestAt, readManifest } from './manifest.ts';
import { programTable } from './program-table.ts';

/** Programs that start the command that follows their own options: value is which options take a value. */
const WRAPPERS: Record<string, string[]> = {
  'cross-env': [],
  'cross-env-shell': [],
  'env-cmd': ['-f', '-e', '-r', '--file', '--environments'],
  dotenv: ['-e', '-v', '-p', '-c'],
  dotenvx: ['-f', '-e', '--env-file'],
  nodemon: ['-w', '--watch', '-e', '--ext', '-i', '--ignore', '-d', '--delay', '--signal', '--config', '-x', '--exec'],
};

/**
 * The shell text that a start command stands for: a script of package.json with what goes before and after it, the
 * program behind npx, cross-env, dotenv and the like. https://docs.npmjs.com/cli/v11/using-npm/scripts
 */
export function followNode(command: ShellCommand, scope: EffectScope): Followed | undefined {
  const name = posix.basename(command.name);
  if (name === 'npx' || name === 'pnpx')
    return run(
      command.args.filter((_, at) => !isOption(command.args, at, ['-p', '--package'])),
      command.cwd,
    );
  if (/(^|\/)node_modules\/\.bin\//.test(command.name)) return run([{ text: name, value: name, known: true }, ...command.args], command.cwd);
  if (name === 'node' || name === 'nodejs') return ofModules(command);
  if (name === 'concurrently') return together(command.args, command.cwd);
  if (name === 'npm-run-all' || name === 'run-s' || name === 'run-p')
    return scripts(
      operands(command).map((word) => word.value),
      command,
      scope,
    );
  const own = WRAPPERS[name];
  if (own) return wrapped(command, name, own);
  return managed(command, scope);
}

type Followed = { text: string; cwd: string };

function managed(command: ShellCommand, scope: EffectScope): Followed | undefined {
  const call = readInvocation(command, scope);
  if (!call || call.directory === undefined || call.global) return undefined;
  const place = workspaceOf(command, call, call.directory, scope);
  if (place) return { text: [call.manager, ...place.words.map(quoted)].join(' '), cwd: place.directory };
  if (call.verb === 'exec' || call.verb === 'dlx') return run(call.words, call.directory);
  const [name = '', ...rest] = call.verb === 'run' ? call.words.map(quoted) : [call.verb, ...call.words.map(quoted)];
  return name === '' ? undefined : scriptOf(name, rest, call.manager, call.directory, scope);
}

function scriptOf(name: string, rest: readonly string[], manager: ManagerName, directory: string, scope: EffectScope): Followed | undefined {
  const manifest = manifestAt(directory, scope);
  const known = manifest?.scripts ?? {};
  // npm's own fallback: https://docs.npmjs.com/cli/v11/commands/npm-start
  const script = known[name] ?? (name === 'start' && manifest ? 'node server.js' : undefined);
  if (script === undefined) return manager === 'npm' ? undefined : { text: [name, ...rest].join(' '), cwd: directory };
  const parts = [known[`pre${name}`], [script, ...rest].join(' '), known[`post${name}`]];
  return { text: parts.filter((part) => part !== undefined).join(' && '), cwd: directory };
}

/** `yarn workspace api start`, `pnpm --filter api start`, `npm start -w api`: what runs, and in the directory of which package. */
function workspaceOf(command: ShellCommand, call: Invocation, root: string, scope: EffectScope): { directory: string; words: ShellWord[] } | undefined {
  const viaWord = call.manager === 'yarn' && call.verb === 'workspace';
  const name = viaWord ? call.words[0]?.value : optionValue(command, ...(call.manager === 'pnpm' ? ['--filter', '-F'] : ['--workspace', '-w']))?.value;
  const words = viaWord ? call.words.slice(1) : [{ text: call.verb, value: call.verb, known: true }, ...call.words];
  const source = name === undefined || (call.manager === 'yarn') !== viaWord ? undefined : manifestAt(root, scope)?.source;
  if (source === undefined) return undefined;
  const prefix = source === '' ? '' : `${source}/`;
  const packages = (scope.context.files() ?? []).filter((file) => file.startsWith(prefix) && file.endsWith('/package.json') && !file.includes('node_modules/'));
  const found = packages.map((file) => posix.dirname(file)).find((place) => place === `${prefix}${name}` || readManifest(scope.context, place)?.name === name);
  return found === undefined ? undefined : { directory: posix.join(root, found.slice(prefix.length)), words };
}

/** `node node_modules/next/dist/bin/next dev` → `next dev` */
function ofModules({ args, cwd }: ShellCommand): Followed | undefined {
  const at = args.findIndex(
    (word, place) => /(^|\/)node_modules\//.test(word.value) && !/^(-r|--require|--import|--loader)$/.test(args[place - 1]?.value ?? ''),
  );
  const path = args[at]?.value ?? '';
  if (at < 0 || args.slice(0, at).some((word) => /\.[cm]?[jt]s$/.test(word.value)) || path.startsWith('-')) return undefined;
  const { bins } = programTable();
  const own = posix.basename(path).replace(/\.[cm]?js$/, '');
  const module = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? '';
  const program = module === '.bin' || bins[own] === module ? own : Object.keys(bins).find((bin) => bins[bin] === module);
  return program === undefined ? undefined : run([{ text: program, value: program, known: true }, ...args.slice(at + 1)], cwd);
}

function run(words: readonly ShellWord[], cwd: string | undefined): Followed | undefined {
  const at = words.findIndex((word) => !word.value.startsWith('-'));
  return at < 0 || cwd === undefined ? undefined : { text: words.slice(at).map(quoted).join(' '), cwd };
}

function wrapped(command: ShellCommand, name: string, valued: readonly string[]): Followed | undefined {
  const executes = command.args.findIndex((word) => word.value === '--exec' || word.value === '-x');
  if (name === 'nodemon' && executes >= 0) return { text: command.args[executes + 1]?.value ?? '', cwd: command.cwd ?? '/' };
  const words = command.args.filter(
    (word, at) => !isOption(command.args, at, valued) && word.value !== '--' && !/^\w+=/.test(word.value) && !(name === 'dotenvx' && word.value === 'run'),
  );
  const text = words.map(quoted).join(' ');
  return text === '' || command.cwd === undefined ? undefined : { text: name === 'nodemon' ? `node ${text}` : text, cwd: command.cwd };
}

/** An option before the first word of the command itself, or its value. */
function isOption(args: readonly ShellWord[], at: number, valued: readonly string[]): boolean {
  const first = args.findIndex((word, place) => !word.value.startsWith('-') && !valued.includes(args[place - 1]?.value ?? '') && !/^\w+=/.test(word.value));
  return at < first || first < 0;
}

/** `concurrently "npm:watch" "node app.js"` */
function together(args: readonly ShellWord[], cwd: string | undefined): Followed | undefined {
  const texts = args.filter((word) => !word.value.startsWith('-')).map((word) => word.value.replace(/^(npm|yarn|pnpm):/, '$1 run '));
  return cwd === undefined ? undefined : { text: texts.join('; '), cwd };
}

function scripts(names: readonly string[], command: ShellCommand, scope: EffectScope): Followed | undefined {
  const known = Object.keys(command.cwd === undefined ? {} : (manifestAt(command.cwd, scope)?.scripts ?? {}));
  const chosen = names.flatMap((name) => (name.includes('*') ? known.filter((one) => one.startsWith(name.replace(/\*.*$/, ''))) : [name]));
  return command.cwd === undefined ? undefined : { text: chosen.map((name) => `npm run ${name}`).join('; '), cwd: command.cwd };
}

/** A word of the exec form that a shell would take apart. */
function quoted(word: ShellWord): string {
  return word.text === word.value && /[\s;&|<>()*]/.test(word.text) && !/^["']/.test(word.text) ? `'${word.value}'` : word.text;
}
