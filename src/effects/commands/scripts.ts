import { posix } from 'node:path';
import { makeScript } from '../../parse/makefile.ts';
import type { Effect, ShellCommand, ShellWord } from '../../types.ts';
import { effect, pathOf, type RunScope } from '../effect.ts';
import { readMake } from './builders.ts';

const SHELLS = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh']);

export interface Script {
  text: string;
  cwd: string | undefined;
}

export function isShell(name: string): boolean {
  return SHELLS.has(posix.basename(name));
}

/** What a shell is told to run: a text after -c, or a file. Options bundle (`-exc`), and -o takes a word. */
export function shellCall(args: ShellCommand['args']): { inline?: ShellWord; file?: ShellWord } {
  for (let at = 0; at < args.length; at++) {
    const word = args[at] as ShellWord;
    const next = args[at + 1];
    if (/^-[a-zA-Z]*c[a-zA-Z]*$/.test(word.value)) return inlineOf(args.slice(at + 1));
    if (word.value === '-s') return {};
    if (word.value === '--') return next ? { file: next } : {};
    if (/^[-+][a-zA-Z]*[oO]$/.test(word.value)) at++;
    else if (!/^[-+]/.test(word.value)) return { file: word };
  }
  return {};
}

/** The text after -c and what other options stand between. */
function inlineOf(args: ShellCommand['args']): { inline?: ShellWord } {
  const inline = args.find((one, at) => !/^[-+]/.test(one.value) && !/^[-+][a-zA-Z]*[oO]$/.test(args[at - 1]?.value ?? ''));
  return inline ? { inline } : {};
}

/** The text of a shell script of the context that the command runs, or of the targets of its Makefile. */
export function scriptOf(command: ShellCommand, scope: RunScope): Script | undefined {
  const { cwd } = command;
  const name = posix.basename(command.name);
  if (name === 'make' || name === 'gmake') return makeText(command, scope);
  if (name === 'eval') return command.args.every((word) => word.known) ? { text: command.args.map((word) => word.value).join(' '), cwd } : undefined;
  if (isShell(command.name)) return ofShell(command, scope);
  if (name === '.' || name === 'source') return asScript(textAt(command, command.args[0], scope), cwd);
  const text = command.name.includes('/') ? textAt(command, { value: command.name, known: true }, scope) : undefined;
  return text !== undefined && /^#!.*\b(sh|bash|ash|dash)\b/.test(text) ? { text, cwd } : undefined;
}

function ofShell(command: ShellCommand, scope: RunScope): Script | undefined {
  const { inline, file } = shellCall(command.args);
  if (inline) return inline.known ? { text: inline.value, cwd: command.cwd } : undefined;
  return asScript(textAt(command, file, scope), command.cwd);
}

function asScript(text: string | undefined, cwd: string | undefined): Script | undefined {
  return text === undefined ? undefined : { text, cwd };
}

function textAt(command: ShellCommand, file: { value: string; known: boolean } | undefined, scope: RunScope): string | undefined {
  const path = file && pathOf(command, file);
  const source = path === undefined ? undefined : scope.sourceOf(path);
  return source === undefined ? undefined : scope.context.read(source);
}

function makeText(command: ShellCommand, scope: RunScope): Script | undefined {
  const call = readMake(command);
  const found = call && makefileOf(command, scope);
  if (!call || !found || call.targets.some((word) => !word.known)) return undefined;
  const told = call.settings.map(({ value, known }) => {
    const [name = '', text = ''] = value.split(/[:+?]?=(.*)/s);
    return [name, known ? text : undefined] as const;
  });
  const targets = call.targets.map((word) => word.value);
  return asScript(makeScript(found.text, targets, command.env, Object.fromEntries(told)), call.directory);
}

/** The file of the context that a make goes by, if there is one. */
export function makefileOf(command: ShellCommand, scope: RunScope): { file: string; text: string } | undefined {
  const call = readMake(command);
  if (call?.directory === undefined) return undefined;
  for (const name of call.file ? [call.file.value] : ['GNUmakefile', 'makefile', 'Makefile']) {
    const source = scope.sourceOf(posix.resolve(call.directory, name));
    const text = source === undefined ? undefined : scope.context.read(source);
    if (source !== undefined && text !== undefined) return { file: source, text };
  }
  return undefined;
}

/** Only set variables. */
const SETTINGS =
  /(^|\/)(os-release|lsb-release|envvars|\.cargo\/env|bash_completion|sdkman-init\.sh|docker-php-ext-.*)$|^\/opt\/ros\/|(^|\/)(devel|install)\/setup\.(ba)?sh$|environment-setup|setvars\.sh$|^\/etc\/(default|sysconfig)\//;
/** Put other programs first on PATH, of languages too. */
const PATHS = /(^|\/)(nvm\.sh|\.bashrc|\.profile|\.bash_profile|\.zshrc|profile|bash\.bashrc|conda\.sh|emsdk_env\.sh|rvm|enable|env\.sh)$|^\/etc\/profile\.d\//;
const OF_LANGUAGES = /^(npm|npx|yarn|pnpm|node|corepack|pip[\d.]*|python[\d.]*|gem|bundle|bundler|ruby|conda)$/;

/** `. FILE` for files that only set variables; where they bring another Python or Node.js, nothing may follow that uses it. */
export function sourced(command: ShellCommand, scope: RunScope): Effect | undefined {
  const file = command.args[0]?.value ?? '';
  if (SETTINGS.test(file)) return effect('neutral', 'sets variables');
  const uses = scope.after?.some(({ name }) => OF_LANGUAGES.test(posix.basename(name)));
  return PATHS.test(file) && !uses ? effect('neutral', 'sets variables') : undefined;
}

const ENVIRONMENTS = /^["']?[$`]\(?\s*(opam (config )?env|ssh-agent|dircolors|stack path|brew shellenv|luarocks path)/;
const OTHER_PATHS = /^["']?[$`]\(?\s*\S*((rbenv|pyenv|nodenv|goenv|swiftenv|phpenv) init|conda shell|fnm env)/;

/** `eval "$(opam env)"` and the like set variables. */
export function evaluated(command: ShellCommand, scope: RunScope): Effect | undefined {
  const text = command.args.map((word) => word.text).join(' ');
  if (ENVIRONMENTS.test(text)) return effect('neutral', 'sets variables');
  const uses = scope.after?.some(({ name }) => OF_LANGUAGES.test(posix.basename(name)));
  return OTHER_PATHS.test(text) && !uses ? effect('neutral', 'sets variables') : undefined;
}
