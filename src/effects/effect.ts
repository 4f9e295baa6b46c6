import { posix } from 'node:path';
import type { Effect, LabelledInstruction, LabelledSegment, PathWrite, Role, ShellCommand, ShellWord } from '../types.ts';
import { oncePer } from './once.ts';
import type { EffectScope } from './rule.ts';

/** What a command's neighbours are, for the rules that have to look at them. */
export interface RunScope extends EffectScope {
  /** The commands of the pipe whose output it reads. */
  input?: readonly ShellCommand[];
  /** The commands of the same RUN before it, and those after it. */
  before?: readonly ShellCommand[];
  after?: readonly ShellCommand[];
}

/** An effect with nothing written or read but what is given. */
export function effect(role: Role, why: string, more: Partial<Effect> = {}): Effect {
  return { role, why, writes: [], reads: [], ...more };
}

/** A word as an absolute path of the image; undefined where directory or word are not known. */
export function pathOf(command: Pick<ShellCommand, 'cwd' | 'env'>, word: { value: string; known: boolean }): string | undefined {
  if (!word.known) return belowHere(command.cwd, word.value);
  if (word.value === '~' || word.value.startsWith('~/')) {
    const home = homeOf(command);
    return home === undefined ? undefined : posix.join(home, word.value.slice(1));
  }
  if (word.value.startsWith('/')) return posix.resolve(word.value);
  return command.cwd === undefined ? undefined : posix.resolve(command.cwd, word.value);
}

/** `$PWD/x` and `$(pwd)/x` are known where the directory is. */
function belowHere(cwd: string | undefined, value: string): string | undefined {
  const match = /^(?:\$PWD|\$\{PWD\}|\$\(pwd\)|`pwd`)(\/[^$`]*)?$/.exec(value);
  return match && cwd !== undefined ? posix.join(cwd, match[1] ?? '') : undefined;
}

/** The home directory of the command's user; undefined where it is not known. Without any word of it, root's. */
export function homeOf(command: Pick<ShellCommand, 'env'>): string | undefined {
  return 'HOME' in command.env ? command.env.HOME : '/root';
}

/** A place that a variable names, where there is one for it, or one below the home directory. */
export function placeOf(command: ShellCommand, variable: string | undefined, below: string): string | undefined {
  const home = homeOf(command);
  if (variable !== undefined && variable in command.env) return command.env[variable];
  return home === undefined ? undefined : posix.join(home, below);
}

/** The words that are neither options nor values of the options in `valued`. */
export function operands(command: ShellCommand, valued: readonly string[] = []): ShellCommand['args'] {
  const found: ShellCommand['args'] = [];
  for (let at = 0; at < command.args.length; at++) {
    const word = command.args[at];
    if (!word) continue;
    if (word.value === '--') return [...found, ...command.args.slice(at + 1)];
    if (valued.includes(word.value)) at++;
    else if (!word.value.startsWith('-') || word.value === '-') found.push(word);
  }
  return found;
}

export interface Parsed {
  /** What is neither an option nor the value of one. */
  words: ShellCommand['args'];
  /** Options as written, bundles taken apart (`-xzf` is `-x`, `-z`, `-f`). */
  flags: Set<string>;
  /** Values of options, in order. */
  values: { name: string; word: ShellCommand['args'][number] }[];
}

/** Reads options that may be bundled. `letters` are the short options with a value, `longs` the long ones that take the next word. */
export function parseOptions(args: ShellCommand['args'], letters: string, longs: readonly string[] = []): Parsed {
  const parsed: Parsed = { words: [], flags: new Set(), values: [] };
  for (let at = 0; at < args.length; at++) {
    const word = args[at];
    if (!word) continue;
    if (word.value === '--') {
      parsed.words.push(...args.slice(at + 1));
      break;
    }
    if (!word.value.startsWith('-') || word.value === '-') parsed.words.push(word);
    else if (readOption(word, args[at + 1], parsed, letters, longs)) at++;
  }
  return parsed;
}

/** Takes one word of options in; whether it took the next word as a value. */
function readOption(word: ShellWord, next: ShellWord | undefined, parsed: Parsed, letters: string, longs: readonly string[]): boolean {
  const [name = '', glued] = /^(--?[\w-]+?)=(.*)$/s.exec(word.value)?.slice(1) ?? [word.value];
  if (!name.startsWith('--') && !longs.includes(name)) return readBundle(word, next, parsed, letters);
  const value = glued !== undefined ? { ...word, value: glued } : longs.includes(name) ? next : undefined;
  parsed.flags.add(name);
  if (value) parsed.values.push({ name, word: value });
  return value !== undefined && value === next;
}

function readBundle(word: ShellWord, next: ShellWord | undefined, parsed: Parsed, letters: string): boolean {
  for (const [index, letter] of [...word.value.slice(1)].entries()) {
    parsed.flags.add(`-${letter}`);
    if (!letters.includes(letter)) continue;
    const rest = word.value.slice(index + 2);
    const value = rest === '' ? next : { ...word, value: rest };
    if (value) parsed.values.push({ name: `-${letter}`, word: value });
    return rest === '';
  }
  return false;
}

/** The last value given for any of the options. */
export function valueOf(parsed: Parsed, ...names: string[]): ShellWord | undefined {
  return parsed.values.findLast(({ name }) => names.includes(name))?.word;
}

/** The value of an option in any of its forms (`-o x`, `-ox`, `--output x`, `--output=x`). */
export function optionValue(command: ShellCommand, ...names: string[]): ShellCommand['args'][number] | undefined {
  for (const [at, word] of command.args.entries()) {
    const name = names.find((one) => word.value === one || word.value.startsWith(gluedForm(one)));
    if (name === word.value) return command.args[at + 1];
    if (name !== undefined) return { ...word, value: word.value.slice(gluedForm(name).length).replace(/^=/, '') };
  }
  return undefined;
}

/** A short option may stand right before its value, a long one before `=`. */
function gluedForm(name: string): string {
  return name.length === 2 ? name : `${name}=`;
}

export function hasOption(command: ShellCommand, ...names: string[]): boolean {
  return command.args.some((word) => names.includes(word.value));
}

/** Writes of the given words, or undefined where one of them is not known. */
export function writesOf(command: ShellCommand, words: ShellCommand['args'], kind: PathWrite['kind'], more: Partial<PathWrite> = {}): PathWrite[] | undefined {
  const paths = words.map((word) => pathOf(command, word));
  if (paths.some((path) => path === undefined)) return undefined;
  return paths.map((path) => ({ path: path as string, kind, ...more }));
}

/** Directories that the system shares: what is in them cannot be told from what was put there. */
const SHARED = new Set(
  ['/', '/usr', '/usr/local', '/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin', '/usr/local/lib', '/usr/local/share', '/bin', '/sbin'].concat([
    '/etc',
    '/var',
    '/var/lib',
    '/lib',
    '/lib64',
    '/usr/lib',
    '/usr/lib64',
    '/usr/include',
    '/usr/share',
    '/dev',
    '/proc',
    '/sys',
    '/run',
  ]),
);

export function isShared(path: string): boolean {
  return SHARED.has(path);
}

/**
 * A command that leaves its outcome somewhere below a directory, and what else is said of it. That a build works in a
 * directory of the system is for the plan to judge; what is brought there cannot be told from the system's.
 */
export function worksIn(directory: string | undefined, why: string, action: string, more: { role?: Role; also?: PathWrite[] } = {}): Effect | undefined {
  if (directory === undefined) return undefined;
  if (isShared(directory) && more.role !== undefined) return effect('unknown', `${why} in ${directory}, where its files cannot be told from the system's`);
  return effect(more.role ?? 'build', why, { action, writes: [{ path: directory, kind: 'tree' }, ...(more.also ?? [])] });
}

/** A tree that an installer of tools or packages fills, where it is known. */
export function fillsTree(path: string | undefined, why: string, action: string, also: PathWrite[] = []): Effect | undefined {
  return path === undefined ? undefined : effect('build', why, { action, writes: [{ path, kind: 'tree' }, ...also] });
}

/** The effect of a command that only looks. */
export function looks(command: ShellCommand): Effect {
  return effect('neutral', `${posix.basename(command.name)} only looks`);
}

/** Commands whose output is the same wherever they are run. */
const TELLS = /^(echo|printf|:|true|date|yes|seq|set)$/;

/**
 * The effect of writing a command's output into files: what it tells by itself is written again, what it made of other files
 * or of a download is not.
 */
export function output(command: ShellCommand, input: readonly ShellCommand[], writes: PathWrite[]): Effect {
  if (writes.length > 0 && writes.every(({ path }) => isPackageSource(path)))
    return effect('runtime', 'changes where packages come from', { action: 'package-source', writes });
  const name = posix.basename(command.name);
  const sources = [...input, command].map((one) => posix.basename(one.name));
  const fetched = sources.some((one) => one === 'curl' || one === 'wget');
  const told =
    input.every((one) => TELLS.test(posix.basename(one.name))) && (TELLS.test(name) || ((name === 'cat' || name === 'tee') && readsNothing(command, input)));
  if (told) return effect('both', 'writes files', { writes });
  const action = writes.some(({ edited }) => edited) ? 'edit' : fetched ? 'download' : 'copy';
  return effect('both', fetched ? 'downloads a file' : 'writes files', { action, writes });
}

/** `cat <<EOF` and `echo … | tee` are told what to write; `cat FILE` is not. */
function readsNothing(command: ShellCommand, input: readonly ShellCommand[]): boolean {
  const files = command.redirects.some(({ operator }) => operator === '<');
  return !files && (posix.basename(command.name) === 'tee' ? true : operands(command).every((word) => word.value === '-') || input.length > 0);
}

/** Trees that a build leaves behind and nothing that runs needs. Those that are not known are left out. */
export function caches(...paths: (string | undefined)[]): PathWrite[] {
  return paths.flatMap((path) => (path === undefined ? [] : [{ path, kind: 'tree' as const, disposable: true }]));
}

/** `a/{b,c}` → `a/b`, `a/c`. */
export function braces(word: ShellWord): ShellWord[] {
  const [, head, list, tail] = /^([^{]*)\{([^{}]*,[^{}]*)\}(.*)$/.exec(word.value) ?? [];
  return list === undefined ? [word] : list.split(',').flatMap((item) => braces({ ...word, value: `${head}${item}${tail}` }));
}

/** Whether what is in it decides where packages come from. */
export function isPackageSource(path: string): boolean {
  return SOURCES.some((place) => within(path, place));
}

const SOURCES = [
  ...['/etc/apt', '/usr/share/keyrings', '/usr/local/share/keyrings', '/etc/apk/repositories', '/etc/apk/keys', '/etc/apk/world'],
  ...['/etc/yum.repos.d', '/etc/yum.conf', '/etc/yum', '/etc/dnf', '/etc/pki/rpm-gpg', '/etc/zypp', '/etc/pacman.conf', '/etc/pacman.d'],
];

/** Whether `path` is `directory` or below it. */
export function within(path: string, directory: string): boolean {
  return path === directory || directory === '/' || path.startsWith(`${directory}/`);
}

/** The effects of every command of every RUN, in order. */
export const allEffects = oncePer((labelled: readonly LabelledInstruction[]): readonly Effect[] =>
  labelled.flatMap(({ segments }) => (segments ?? []).flatMap((segment) => segment.effects)),
);

/** The directories that downloads write (a cloned repository, an unpacked archive), as absolute paths. */
export function downloadedTrees(labelled: readonly LabelledInstruction[]): string[] {
  return allEffects(labelled).flatMap(({ action, writes }) =>
    action === 'download' ? writes.filter(({ kind }) => kind === 'tree').map(({ path }) => path) : [],
  );
}

/** Whether a part of a RUN (a script, a target of make) builds something. */
export function alsoBuilds(part: LabelledSegment): boolean {
  return part.effects.some((effect) => effect.role === 'build');
}

/** Whether an effect is nothing but files, which can cross in the place of being made again. */
export function makesFiles(effect: Effect): boolean {
  return (
    effect.role === 'both' &&
    !effect.packages &&
    effect.action !== 'link' &&
    effect.action !== 'chmod' &&
    effect.action !== 'chown' &&
    effect.action !== 'chgrp'
  );
}
