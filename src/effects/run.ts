import { posix } from 'node:path';
import { packageOfProgram } from '../knowledge/programs.ts';
import { serverFacts } from '../knowledge/servers.ts';
import { parseShell } from '../parse/shell.ts';
import type { Effect, ImageState, LabelledSegment, PathWrite, Role, ShellCommand, ShellSegment, ShellWord, SourceInstruction } from '../types.ts';
import { type BuildEffect, elsewhereOf } from './commands/build-files.ts';
import { prefixOf, readMake } from './commands/builders.ts';
import { plainName } from './commands/compile.ts';
import { condaInstaller } from './commands/conda.ts';
import { installerEffect, scriptAddress } from './commands/installers.ts';
import { type Inner, innerOf, sudoUser, xargsInner } from './commands/prefixes.ts';
import { evaluated, isShell, makefileOf, type Script, scriptOf, shellCall, sourced } from './commands/scripts.ts';
import { foundBy, onFound } from './commands/search.ts';
import { initScript } from './commands/servers.ts';
import { effect, output, pathOf, type RunScope, within } from './effect.ts';
import { oncePer } from './once.ts';
import type { CommandRules, EffectScope } from './rule.ts';

const WRAPPERS = new Set(['sudo', 'env', 'exec', 'time', 'nice', 'command', 'eatmydata']);
/** Options of wrappers that take the next word. */
const WRAPPER_VALUED: Record<string, string[]> = {
  sudo: ['-u', '-g', '-h', '-p', '-C', '-D', '--user', '--group'],
  env: ['-u', '-C', '-S'],
  nice: ['-n'],
  exec: ['-a'],
};
const DEPTH = 4;

/** What stays the same while the commands of one text are gone through. */
interface Round {
  scope: EffectScope;
  rules: CommandRules;
  depth: number;
  /** Names that the text makes functions of, whose commands are counted where they stand. */
  functions: ReadonlySet<string>;
}

/** The parts of a RUN with the effect of each of their commands. */
export function labelRun(instruction: SourceInstruction, state: ImageState, scope: EffectScope, rules: CommandRules): LabelledSegment[] {
  const { segments, error, text } = runSegments(instruction, state.cwd, environmentOf(state));
  const round: Round = { scope, rules, depth: 0, functions: functionsOf(text, segments) };
  const commands = segments.flatMap((segment) => segment.commands);
  return segments.map((segment) => {
    const effects = segment.commands.flatMap((command) => effectsOf(command, round, commands));
    if (error !== undefined) effects.push(effect('unknown', `the shell text cannot be read: ${error}`));
    return { segment, effects, role: roleOf(effects) };
  });
}

/** What the commands of a RUN are given: build arguments are variables to them. */
const environmentOf = oncePer(({ user, args, env }: ImageState): ImageState['env'] => ({ HOME: homeOfUser(user), ...env, ...args }));

/** Docker takes HOME from the user database, of which only root's line is known. */
function homeOfUser(user: string): string | undefined {
  return /^(root|0)(:.*)?$/.test(user) ? '/root' : undefined;
}

function runSegments(instruction: SourceInstruction, cwd: string, env: ImageState['env']): { segments: ShellSegment[]; error?: string; text: string } {
  if (instruction.exec) {
    const [name = '', ...args] = instruction.exec;
    const command = plainCommand(name, args, cwd, env);
    const inner = isShell(name) ? shellCall(command.args).inline?.value : undefined;
    if (inner !== undefined) {
      const script = parseShell(inner, cwd, env);
      const whole = { start: 0, end: instruction.text.length, commands: script.segments.flatMap((segment) => segment.commands), cwd };
      return { segments: [whole], text: '', ...(script.error !== undefined && { error: script.error }) };
    }
    return { segments: [{ start: 0, end: instruction.text.length, commands: [command], cwd }], text: '' };
  }
  const text = instruction.shell?.text ?? '';
  return { ...parseShell(text, cwd, env), text };
}

/** The functions that a text defines, but for those that change the directory of what follows. */
function functionsOf(text: string, segments: readonly ShellSegment[]): Set<string> {
  return new Set(
    segments.flatMap((segment) => {
      const head = /^\s*(?:function\s+([\w-]+)\s*(?:\(\s*\))?|([\w-]+)\s*\(\s*\))\s*[{(]/.exec(text.slice(segment.start, segment.end));
      const name = head?.[1] ?? head?.[2];
      return name === undefined || segment.commands.some((command) => /^(cd|pushd)$/.test(command.name)) ? [] : [name];
    }),
  );
}

/** A command that no shell reads: its words are what they are. */
export function plainCommand(name: string, args: string[], cwd: string | undefined, env: ImageState['env']): ShellCommand {
  const words = args.map((value) => ({ text: value, value, known: true }));
  return { name, args: words, assignments: [], redirects: [], conditional: false, piped: false, cwd, env, start: 0, end: 0 };
}

function effectsOf(written: ShellCommand, round: Round, all: readonly ShellCommand[]): Effect[] {
  const command = unwrap(spread(written));
  const at = all.indexOf(written);
  const input = inputOf(all, at);
  const found = redirectEffects(command, input);
  if (round.functions.has(command.name)) return [effect('neutral', `${command.name} is a function of this RUN`), ...found];
  const scope: RunScope = { ...round.scope, input, before: at < 0 ? [] : all.slice(0, at), after: at < 0 ? [] : all.slice(at + 1) };
  const user = sudoUser(written);
  return [...owned(ownEffects(command, scope, round) ?? [effect('unknown', describe(command), { command })], user), ...found];
}

/** A variable without quotes stands for as many words as it holds. */
function spread(command: ShellCommand): ShellCommand {
  const isSeveral = (word: ShellWord) => word.known && /\s/.test(word.value) && /^[^"'\\]*\$[^"'\\]*$/.test(word.text);
  if (!command.args.some(isSeveral)) return command;
  const args = command.args.flatMap((word) =>
    isSeveral(word)
      ? word.value
          .split(/\s+/)
          .filter(Boolean)
          .map((value) => ({ ...word, value }))
      : [word],
  );
  return { ...command, args };
}

/** The effects of a command by itself, its redirects aside; undefined where nobody knows them. */
function ownEffects(command: ShellCommand, scope: RunScope, round: Round): Effect[] | undefined {
  const rule = ruleOf(command, round.rules);
  if (/^g?make$/.test(posix.basename(command.name))) return makeEffects(command, scope, round, rule);
  const own = rule?.(command, scope);
  if (own) return [withElsewhere({ command, ...own }, command, scope)];
  const inner = innerEffects(command, scope, round) ?? scriptEffects(scriptOf(command, scope), command, round);
  if (inner) return inner;
  const special = specialEffect(command, scope) ?? versionEffect(command, rule !== undefined);
  return special && [{ command, ...special }];
}

/** What a Makefile of the context runs, where it can be followed; what is known of make otherwise, but for an install. */
function makeEffects(command: ShellCommand, scope: RunScope, round: Round, rule: CommandRules[string] | undefined): Effect[] | undefined {
  const own = rule?.(command, scope);
  const followed = scriptEffects(scriptOf(command, scope), command, round);
  const seen = followed?.every(({ role }) => role !== 'unknown');
  if (seen && !(own && installsWithin(command, own, followed ?? []))) return followed;
  const file = own?.action === 'install-built' && !seen ? makefileOf(command, scope)?.file : undefined;
  if (file !== undefined) return [effect('unknown', `make installs by ${file}, which cannot be followed to its end: it may write anywhere`, { command })];
  if (!own) return followed;
  const directory = readMake(command)?.directory;
  const outside = (seen ? [] : (followed ?? [])).filter((effect) => effect.role !== 'unknown' && reachesBeyond(effect, directory));
  return [withElsewhere({ command, ...own }, command, scope), ...outside];
}

/** Whether an effect is more than files below a directory. */
function reachesBeyond({ role, packages, users, writes }: Effect, directory: string | undefined): boolean {
  if (role === 'neutral') return false;
  return Boolean(packages ?? users) || writes.some(({ path }) => directory === undefined || !within(path, directory));
}

/** An install writes where the build files of the context say as well. */
function withElsewhere(one: BuildEffect, command: ShellCommand, scope: RunScope): BuildEffect {
  const elsewhere = one.action === 'configure' || one.action === 'install-built' ? elsewhereOf(command, scope) : [];
  return elsewhere.length > 0 ? { ...one, elsewhere } : one;
}

/** All that an install writes is below the prefix it is told, or where it is built. */
function installsWithin(command: ShellCommand, own: Effect, effects: readonly Effect[]): boolean {
  const call = readMake(command);
  const prefix = call && own.action === 'install-built' ? prefixOf(call) : undefined;
  const path = prefix && pathOf({ ...command, cwd: call?.directory }, prefix);
  if (path === undefined) return false;
  const places = [path, ...(call?.directory === undefined ? [] : [call.directory])];
  return effects.every(({ writes }) => writes.every((write) => places.some((place) => within(write.path, place))));
}

function ruleOf(command: ShellCommand, rules: CommandRules): CommandRules[string] | undefined {
  const name = posix.basename(command.name);
  const named = [command.name, name, plainName(name)].find((one) => Object.hasOwn(rules, one));
  return named === undefined ? initScript(command) : rules[named];
}

/** What a prefix (`su -c`, `timeout`, xargs) runs. */
function innerEffects(command: ShellCommand, scope: RunScope, round: Round): Effect[] | undefined {
  if (round.depth >= DEPTH) return undefined;
  const deeper = { ...round, depth: round.depth + 1 };
  if (posix.basename(command.name) === 'xargs') return xargsEffects(command, scope, deeper);
  const inner: Inner | undefined = innerOf(command);
  if (!inner) return undefined;
  const bare = { ...inner.command, redirects: [] };
  const effects = inner.script === undefined ? effectsOf(bare, deeper, []) : scriptEffects({ text: inner.script, cwd: bare.cwd }, bare, round);
  return effects && owned(effects, inner.user);
}

function xargsEffects(command: ShellCommand, scope: RunScope, round: Round): Effect[] | undefined {
  const inner = xargsInner(command);
  if (!inner) return undefined;
  const source = foundBy(scope);
  const changed = source && onFound(posix.basename(inner.name), inner.args, source.command, source.places);
  return changed ? [changed] : effectsOf({ ...inner, redirects: [] }, round, []);
}

/** What another user makes is that user's. */
function owned(effects: Effect[], user: string | undefined): Effect[] {
  return user === undefined ? effects : effects.map((one) => (one.writes.length > 0 && one.owner === undefined ? { ...one, owner: user } : one));
}

function scriptEffects(script: Script | undefined, command: ShellCommand, round: Round): Effect[] | undefined {
  if (script === undefined || round.depth >= DEPTH) return undefined;
  const inner = parseShell(script.text, script.cwd, command.env);
  if (inner.error !== undefined) return [effect('unknown', `${command.name}: ${inner.error}`)];
  const commands = inner.segments.flatMap((segment) => segment.commands);
  const next: Round = { ...round, depth: round.depth + 1, functions: functionsOf(script.text, inner.segments) };
  return commands.flatMap((one) => effectsOf(one, next, commands));
}

/** Scripts from known addresses, and files that only set variables. */
function specialEffect(command: ShellCommand, scope: RunScope): Effect | undefined {
  const name = posix.basename(command.name);
  if (name === '.' || name === 'source') return sourced(command, scope);
  if (name === 'eval') return evaluated(command, scope);
  if (name !== 'php' && name !== 'perl' && !isShell(command.name)) return undefined;
  const { file } = isShell(command.name) ? shellCall(command.args) : {};
  const found = scriptAddress(command, scope);
  return (file && condaInstaller(posix.basename(file.value), command)) ?? (found && installerEffect(found, command));
}

/** A program that a distribution packages prints its version, or its options, and ends. */
function versionEffect({ name, args }: ShellCommand, hasRule: boolean): Effect | undefined {
  const [word, ...others] = args;
  if (!word || others.length > 0 || !/^(--version|-version|-V|--help)$/.test(word.value) || !/^(\/usr(\/local)?\/s?bin\/)?[\w.+-]+$/.test(name))
    return undefined;
  const plain = posix.basename(name);
  const isKnown = hasRule || packageOfProgram('apt', plain) !== undefined || packageOfProgram('apk', plain) !== undefined || serverFacts(plain) !== undefined;
  return isKnown ? effect('neutral', 'only looks') : undefined;
}

/** The commands of a pipe before one of them. */
function inputOf(all: readonly ShellCommand[], at: number): ShellCommand[] {
  const start = all.slice(0, Math.max(at, 0)).findLastIndex((command) => !command.piped) + 1;
  return at < 1 ? [] : all.slice(start, at);
}

/** The command behind `sudo`, `env A=b` and the like. */
export function unwrap(command: ShellCommand): ShellCommand {
  const wrapper = command.name === '/usr/bin/env' ? 'env' : command.name;
  if (!WRAPPERS.has(wrapper)) return command;
  const at = firstWord(command.args, WRAPPER_VALUED[wrapper] ?? []);
  const name = command.args[at];
  if (!name) return { ...command, name: ':' };
  const set = command.args.slice(0, at).filter((word) => /^\w+=/.test(word.value));
  const env = {
    ...command.env,
    ...Object.fromEntries(set.map(({ value, known }) => [value.slice(0, value.indexOf('=')), known ? value.slice(value.indexOf('=') + 1) : undefined])),
  };
  return unwrap({ ...command, env, name: name.value, args: command.args.slice(at + 1) });
}

function firstWord(args: ShellCommand['args'], valued: readonly string[]): number {
  return args.findIndex((word, at) => !word.value.startsWith('-') && !/^\w+=/.test(word.value) && !valued.includes(args[at - 1]?.value ?? ''));
}

function redirectEffects(command: ShellCommand, input: readonly ShellCommand[]): Effect[] {
  const written = command.redirects.filter(({ operator, word }) => operator.includes('>') && !/^\/(dev|proc)\//.test(word.value));
  if (written.length === 0) return [];
  const writes = written.flatMap(({ operator, word }): PathWrite[] => {
    const path = pathOf(command, word);
    return path === undefined ? [] : [{ path, kind: 'file', ...(operator.endsWith('>>') && { edited: true }) }];
  });
  if (writes.length < written.length) return [effect('unknown', `writes a file whose name is not known`)];
  return [output(command, input, writes)];
}

/** The words of a command, cut off where there are many. */
export function describe(command: ShellCommand): string {
  return [command.name, ...command.args.map((word) => word.text)].join(' ').slice(0, 80);
}

/** The role of the whole from the roles of its parts: what is not known weighs most, then what a running image needs. */
export function roleOf(effects: readonly Effect[]): Role {
  for (const role of ['unknown', 'runtime', 'both', 'build'] as const) {
    if (effects.some((one) => one.role === role)) return role;
  }
  return 'neutral';
}
