import { posix } from 'node:path';
import { type CommandNode, type CompoundList, type Command, type PipelineNode, type Redirection, type Script, type Word, type WordPart, parse } from 'unbash';
import type { ShellCommand, ShellSegment, ShellWord } from '../types.ts';

export interface ShellScript {
  segments: ShellSegment[];
  /** Message of the first syntax error, if any. */
  error?: string;
}

interface Scope {
  cwd: string | undefined;
  env: Record<string, string | undefined>;
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
  const scope: Scope = { cwd, env: { ...env } };
  const segments = segmentsOf(script, scope);
  const [error] = script.errors ?? [];
  return error ? { segments, error: error.message } : { segments };
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
      return;
    case 'AndOr':
      for (const [index, part] of node.commands.entries()) collect(part, scope, node.operators[index - 1] === '||' ? maybe : place, out);
      return;
    case 'Pipeline':
      for (const [index, part] of node.commands.entries()) collect(part, { ...scope, env: { ...scope.env } }, { ...place, piped: index < node.commands.length - 1 }, out);
      return;
    case 'Redirected':
      collect(node.command, scope, place, out);
      out.push(...redirectsOf(node.redirects, scope, place, node.pos, node.end));
      return;
    case 'Subshell':
      list(node.body, { cwd: scope.cwd, env: { ...scope.env } }, place, out);
      return;
    case 'BraceGroup':
      list(node.body, scope, place, out);
      return;
    case 'If':
      list(node.clause, scope, place, out);
      list(node.then, scope, maybe, out);
      for (const branch of node.elif) list(branch.then, scope, maybe, out);
      if (node.else) list(node.else, scope, maybe, out);
      return;
    case 'For':
    case 'Select':
      scope.env[node.name.value] = undefined;
      list(node.body, scope, maybe, out);
      return;
    case 'ArithmeticFor':
      list(node.body, scope, maybe, out);
      return;
    case 'While':
      list(node.clause, scope, maybe, out);
      list(node.body, scope, maybe, out);
      return;
    case 'Case':
      for (const item of node.items) list(item.body, scope, maybe, out);
      return;
    case 'Function':
      if (node.body.type === 'CompoundList') list(node.body, { ...scope }, maybe, out);
      else collect(node.body, { ...scope, env: { ...scope.env } }, maybe, out);
      return;
    case 'Coproc':
    case 'TestCommand':
    case 'ArithmeticCommand':
      return;
  }
}

function list(body: CompoundList, scope: Scope, place: Place, out: ShellCommand[]): void {
  for (const statement of body.commands) collect(statement.command, scope, place, out);
}

function commandOf(node: Command, scope: Scope, place: Place): ShellCommand[] {
  const assignments = node.prefix.flatMap((part) => (part.type === 'Assignment' && part.value.type === 'Word' ? [{ name: part.name, word: resolve(part.value, scope.env) }] : []));
  const args = node.args.map((arg) =>
    arg.type === 'Word' ? resolve(arg, scope.env) : { text: arg.text, value: `${arg.name}=${arg.value.type === 'Word' ? resolve(arg.value, scope.env).value : ''}`, known: arg.value.type === 'Word' && resolve(arg.value, scope.env).known },
  );
  const redirects = node.redirects.flatMap((redirect) => redirectWord(redirect, scope));
  if (!node.name) {
    for (const { name, word } of assignments) scope.env[name] = word.known && !place.conditional ? word.value : undefined;
    return redirects.length > 0 ? [{ name: ':', args: [], assignments, redirects, ...place, cwd: scope.cwd, env: { ...scope.env }, start: node.pos, end: node.end }] : [];
  }
  const name = resolve(node.name, scope.env);
  const env = { ...scope.env };
  for (const { name: key, word } of assignments) env[key] = word.known ? word.value : undefined;
  const command: ShellCommand = { name: name.value, args, assignments, redirects, ...place, cwd: scope.cwd, env, start: node.pos, end: node.end };
  follow(command, scope);
  return [command];
}

/** What a builtin changes for the commands after it. */
function follow(command: ShellCommand, scope: Scope): void {
  if (command.name === 'cd' || command.name === 'pushd') {
    const [target] = command.args.filter((arg) => !arg.value.startsWith('-'));
    if (!target) scope.cwd = '/root';
    else scope.cwd = target.known && scope.cwd !== undefined && !command.conditional ? posix.resolve(scope.cwd, target.value) : absolute(target);
  }
  // What `activate` of a virtual environment sets: https://docs.python.org/3/library/venv.html#how-venvs-work
  const [, home] = command.name === '.' || command.name === 'source' ? (/^(.*)\/bin\/activate$/.exec(command.args[0]?.value ?? '') ?? []) : [];
  if (home !== undefined && scope.cwd !== undefined && command.args[0]?.known) {
    scope.env.VIRTUAL_ENV = posix.resolve(scope.cwd, home);
    scope.env.PATH = `${scope.env.VIRTUAL_ENV}/bin:${scope.env.PATH ?? ''}`;
  }
  if (command.name === 'export' || command.name === 'readonly' || command.name === 'local') {
    for (const arg of command.args) {
      const [, name, value] = /^(\w+)=(.*)$/s.exec(arg.value) ?? [];
      if (name) scope.env[name] = arg.known && !command.conditional ? value : undefined;
    }
  }
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
  return [{ operator: redirect.operator, word: resolve(redirect.target, scope.env) }];
}

function resolve(word: Word, env: Scope['env']): ShellWord {
  if (!word.parts) return { text: word.text, value: word.value, known: true };
  let known = true;
  const value = word.parts
    .map((part) => {
      const text = partValue(part, env);
      if (text === undefined) known = false;
      return text ?? unknownText(part, env);
    })
    .join('');
  return { text: word.text, value, known };
}

/** An unknown part as written, but for the quotes around it. */
function unknownText(part: WordPart, env: Scope['env']): string {
  return part.type === 'DoubleQuoted' ? part.parts.map((child) => partValue(child, env) ?? child.text).join('') : part.text;
}

function partValue(part: WordPart, env: Scope['env']): string | undefined {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return part.value;
    case 'Glob':
    case 'BraceExpansion':
    case 'ExtendedGlob':
      return part.text;
    case 'DoubleQuoted':
    case 'LocaleString': {
      const values = part.parts.map((child) => partValue(child, env));
      return values.every((value) => value !== undefined) ? values.join('') : undefined;
    }
    case 'SimpleExpansion':
      return env[part.text.slice(1)];
    case 'ParameterExpansion':
      return expandParameter(part, env);
    default:
      return undefined;
  }
}

function expandParameter(part: Extract<WordPart, { type: 'ParameterExpansion' }>, env: Scope['env']): string | undefined {
  if (part.prefix || part.index) return undefined;
  const known = part.parameter in env;
  const value = env[part.parameter];
  if (!part.operation) return value;
  if (part.operation.type !== 'Default' || (known && value === undefined)) return undefined;
  const operand = resolve(part.operation.operand, env);
  const set = part.operation.operator.startsWith(':') ? Boolean(value) : value !== undefined;
  if (part.operation.operator.endsWith('+')) return set ? (operand.known ? operand.value : undefined) : '';
  return set ? value : operand.known ? operand.value : undefined;
}
