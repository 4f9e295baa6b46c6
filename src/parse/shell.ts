import { posix } from 'node:path';
import {
  type AndOr,
  type Command,
  type CommandNode,
  type CompoundList,
  forEachChild,
  type Pipeline,
  type PipelineNode,
  parse,
  type Redirection,
  type Script,
  type SyntaxNode,
} from 'unbash';
import type { ShellCommand, ShellSegment, ShellWord } from '../types.ts';
import { resolveWord } from './shell-words.ts';

export interface ShellScript {
  segments: ShellSegment[];
  /** Message of the first syntax error, if any. */
  error?: string;
}

type Variables = Record<string, string | undefined>;

interface Scope {
  cwd: string | undefined;
  /** Variables of the shell. */
  env: Variables;
  /** Others hold `env` as well: it is copied before it is changed. */
  shared: boolean;
  /** What it was started with, which all of its commands are given, */
  start: Readonly<Variables>;
  /** and the names that it exports itself. */
  exported: Set<string>;
  /** What commands are given as long as nothing of it changes. */
  given: Readonly<Variables> | undefined;
}

interface Place {
  conditional: boolean;
  piped: boolean;
}

const PLAIN: Place = { conditional: false, piped: false };

/**
 * Reads shell text into the parts of its outermost list, each with the commands in it. `cwd` and `env` are what holds
 * at the start; `cd`, `export` and assignments are followed. Offsets are those of `text`.
 */
export function parseShell(text: string, cwd: string | undefined, env: Record<string, string | undefined>): ShellScript {
  const script = parse(text);
  const segments = segmentsOf(script, started(cwd, env));
  const [error] = script.errors ?? [];
  return error ? { segments, error: error.message } : { segments };
}

/** The commands within `$(…)` and backticks, wherever they stand: what they print is used, so they run. */
export function substitutedCommands(text: string, cwd: string | undefined, env: Record<string, string | undefined>): ShellCommand[] {
  const found: ShellCommand[] = [];
  const visit = (node: SyntaxNode): void => {
    if ((node.type === 'CommandExpansion' || node.type === 'ProcessSubstitution') && node.script) {
      found.push(...segmentsOf(node.script, started(cwd, env)).flatMap((segment) => segment.commands));
    }
    forEachChild(node, visit);
  };
  if (/\$\(|`|[<>]\(/.test(text)) forEachChild(parse(text), visit);
  return found;
}

function started(cwd: string | undefined, env: Variables): Scope {
  return { cwd, env, shared: true, start: env, exported: new Set(), given: env };
}

function segmentsOf(script: Script, scope: Scope): ShellSegment[] {
  const segments: ShellSegment[] = [];
  for (const statement of script.commands) {
    const node = statement.command;
    const parts = node.type === 'AndOr' && node.operators.every((operator) => operator === '&&') ? node.commands : [node];
    for (const part of parts) {
      const at = scope.cwd;
      const commands: ShellCommand[] = [];
      collect(part, scope, PLAIN, commands);
      segments.push({ start: part.pos, end: part.end, commands, cwd: at });
    }
  }
  return segments;
}

type AnyNode = PipelineNode | CommandNode | Script['commands'][number]['command'];

function collect(node: AnyNode, scope: Scope, place: Place, out: ShellCommand[]): void {
  const maybe = { ...place, conditional: true };
  switch (node.type) {
    case 'Command':
      out.push(...commandOf(node, scope, place));
      break;
    case 'AndOr':
    case 'Pipeline':
      collectChain(node, scope, place, out);
      break;
    case 'Redirected':
      collect(node.command, scope, place, out);
      out.push(...redirectsOf(node.redirects, scope, place, node.pos, node.end));
      break;
    case 'Subshell':
      list(node.body, apart(scope), place, out);
      break;
    case 'BraceGroup':
      list(node.body, scope, place, out);
      break;
    case 'Function':
      if (node.body.type === 'CompoundList') list(node.body, apart(scope), maybe, out);
      else collect(node.body, apart(scope), maybe, out);
      break;
    case 'For':
      loop(node, scope, place, out);
      break;
    default:
      if (node.type === 'Select') assign(scope, node.name.value, undefined);
      for (const { body, sure } of branchesOf(node)) list(body, scope, sure ? place : maybe, out);
  }
}

function collectChain(node: AndOr | Pipeline, scope: Scope, place: Place, out: ShellCommand[]): void {
  for (const [index, part] of node.commands.entries()) {
    if (node.type === 'Pipeline') collect(part, apart(scope), { ...place, piped: index < node.commands.length - 1 }, out);
    else collect(part, scope, node.operators[index - 1] === '||' ? { ...place, conditional: true } : place, out);
  }
}

const MOST_TURNS = 16;

/** A loop over words that are known is what it does with each of them. */
function loop(node: Extract<AnyNode, { type: 'For' }>, scope: Scope, place: Place, out: ShellCommand[]): void {
  const words = (node.wordlist ?? []).map((word) => resolveWord(word, scope.env));
  const known = words.length > 0 && words.length <= MOST_TURNS && words.every((word) => word.known && !/[*?[]/.test(word.value));
  for (const word of known ? words : [undefined]) {
    assign(scope, node.name.value, word?.value);
    list(node.body, scope, word ? place : { ...place, conditional: true }, out);
  }
}

/** What happens in a subshell or a pipe does not change what holds after it. */
function apart(scope: Scope): Scope {
  return { ...scope, shared: true, exported: new Set(scope.exported) };
}

/** The lists of an if, a loop or a case; `sure` are those that run in any case. */
function branchesOf(node: AnyNode): { body: CompoundList; sure: boolean }[] {
  switch (node.type) {
    case 'If':
      return [
        { body: node.clause, sure: true },
        ...[node.then, ...node.elif.map((branch) => branch.then), ...(node.else ? [node.else] : [])].map((body) => ({ body, sure: false })),
      ];
    case 'While':
      return [
        { body: node.clause, sure: true },
        { body: node.body, sure: false },
      ];
    case 'Select':
    case 'ArithmeticFor':
      return [{ body: node.body, sure: false }];
    case 'Case':
      return node.items.map((item) => ({ body: item.body, sure: false }));
    default:
      return [];
  }
}

function list(body: CompoundList, scope: Scope, place: Place, out: ShellCommand[]): void {
  for (const statement of body.commands) collect(statement.command, scope, place, out);
}

function commandOf(node: Command, scope: Scope, place: Place): ShellCommand[] {
  const assignments = node.prefix.flatMap((part) =>
    part.type === 'Assignment' && part.value.type === 'Word' ? [{ name: part.name, word: resolveWord(part.value, scope.env) }] : [],
  );
  const redirects = node.redirects.flatMap((redirect) => redirectWord(redirect, scope));
  const rest = { assignments, redirects, ...place, cwd: scope.cwd, start: node.pos, end: node.end };
  if (!node.name) {
    assignAll(assignments, place, scope);
    return redirects.length > 0 ? [{ name: ':', args: [], env: environment(scope), ...rest }] : [];
  }
  const own = assignments.map(({ name, word }) => [name, word.known ? word.value : undefined]);
  const env = own.length === 0 ? environment(scope) : { ...environment(scope), ...Object.fromEntries(own) };
  const command: ShellCommand = { name: resolveWord(node.name, scope.env).value, args: node.args.map((arg) => argument(arg, scope)), env, ...rest };
  if (KEEPS_ASSIGNMENTS.has(command.name)) assignAll(assignments, place, scope);
  follow(command, scope);
  return [command];
}

function assignAll(assignments: ShellCommand['assignments'], { conditional }: Place, scope: Scope): void {
  for (const { name, word } of assignments) assign(scope, name, word.known && !conditional ? word.value : undefined);
}

/**
 * What is assigned before one of these holds afterwards, unlike before any other command: `deps='gcc make' set -x && apk add $deps`.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_14
 */
const KEEPS_ASSIGNMENTS = new Set([':', '.', 'eval', 'exec', 'export', 'readonly', 'set', 'shift', 'times', 'trap', 'unset']);

/** `A=1; cmd` sets a variable of the shell alone, unless the environment has it already or `export` names it. */
function environment(scope: Scope): Scope['env'] {
  scope.given ??= Object.fromEntries(Object.entries(scope.env).filter(([name]) => isExported(name, scope)));
  return scope.given;
}

function isExported(name: string, { start, exported }: Scope): boolean {
  return Object.hasOwn(start, name) || exported.has(name);
}

function assign(scope: Scope, name: string, value: string | undefined): void {
  if (scope.shared) scope.env = { ...scope.env };
  scope.shared = false;
  scope.env[name] = value;
  if (isExported(name, scope)) scope.given = undefined;
}

/** A word, or the `A=b` that `export` and `env` take. */
function argument(arg: Command['args'][number], scope: Scope): ShellWord {
  if (arg.type === 'Word') return resolveWord(arg, scope.env);
  const value = arg.value.type === 'Word' ? resolveWord(arg.value, scope.env) : { value: '', known: false };
  return { text: arg.text, value: `${arg.name}=${value.value}`, known: value.known };
}

/** What a builtin changes for the commands after it. */
function follow(command: ShellCommand, scope: Scope): void {
  if (command.name === 'cd' || command.name === 'pushd') scope.cwd = directoryAfter(command, scope.cwd);
  if (command.name === '.' || command.name === 'source') activate(command, scope);
  if (['export', 'readonly', 'local'].includes(command.name)) declare(command, scope);
}

function declare(command: ShellCommand, scope: Scope): void {
  for (const arg of command.args) {
    const [, name, value] = /^(\w+)(?:=(.*))?$/s.exec(arg.value) ?? [];
    if (name === undefined) continue;
    if (command.name === 'export') {
      scope.exported.add(name);
      scope.given = undefined;
    }
    if (arg.value.includes('=')) assign(scope, name, arg.known && !command.conditional ? value : undefined);
  }
}

/** What `activate` of a virtual environment sets: https://docs.python.org/3/library/venv.html#how-venvs-work */
function activate(command: ShellCommand, scope: Scope): void {
  const [file] = command.args;
  const home = /^(.*)\/bin\/activate$/.exec(file?.value ?? '')?.[1];
  if (home === undefined || scope.cwd === undefined || !file?.known) return;
  const directory = posix.resolve(scope.cwd, home);
  assign(scope, 'VIRTUAL_ENV', directory);
  assign(scope, 'PATH', `${directory}/bin:${scope.env.PATH ?? ''}`);
}

function directoryAfter(command: ShellCommand, cwd: string | undefined): string | undefined {
  const target = command.args.find((arg) => !arg.value.startsWith('-'));
  if (!target) return '/root';
  return target.known && cwd !== undefined && !command.conditional ? posix.resolve(cwd, target.value) : absolute(target);
}

function absolute(word: ShellWord): string | undefined {
  return word.known && word.value.startsWith('/') ? word.value : undefined;
}

function redirectsOf(redirects: readonly Redirection[], scope: Scope, place: Place, start: number, end: number): ShellCommand[] {
  const words = redirects.flatMap((redirect) => redirectWord(redirect, scope));
  return words.length === 0 ? [] : [{ name: ':', args: [], assignments: [], redirects: words, ...place, cwd: scope.cwd, env: { ...scope.env }, start, end }];
}

function redirectWord(redirect: Redirection, scope: Scope): ShellCommand['redirects'] {
  if (redirect.type !== 'Redirect' || !redirect.target || redirect.operator === '>&' || redirect.operator === '<&') return [];
  return [{ operator: redirect.operator, word: resolveWord(redirect.target, scope.env) }];
}
