import { posix } from 'node:path';
import { makeScript } from '../parse/makefile.ts';
import { parseShell } from '../parse/shell.ts';
import type { Effect, ImageState, LabelledSegment, Role, ShellCommand, ShellSegment, SourceInstruction } from '../types.ts';
import { effect, pathOf } from './effect.ts';
import type { CommandRules, EffectScope } from './rule.ts';

const SHELLS = new Set(['sh', 'bash', 'ash', 'dash', '/bin/sh', '/bin/bash', '/usr/bin/env']);
const WRAPPERS = new Set(['sudo', 'env', 'exec', 'time', 'nice', 'command', 'eatmydata']);
const DEPTH = 4;

/** The parts of a RUN with the effect of each of their commands. */
export function labelRun(instruction: SourceInstruction, state: ImageState, scope: EffectScope, rules: CommandRules): LabelledSegment[] {
  const env = { ...state.args, ...state.env };
  const { segments, error } = runSegments(instruction, state.cwd, env);
  return segments.map((segment) => {
    const effects = segment.commands.flatMap((command) => effectsOf(command, scope, rules, 0));
    if (error !== undefined) effects.push(effect('unknown', `the shell text cannot be read: ${error}`));
    return { segment, effects, role: roleOf(effects) };
  });
}

function runSegments(instruction: SourceInstruction, cwd: string, env: ImageState['env']): { segments: ShellSegment[]; error?: string } {
  if (instruction.exec) {
    const [name = '', ...args] = instruction.exec;
    const inner = SHELLS.has(name) && args[0] === '-c' ? args[1] : undefined;
    if (inner !== undefined) {
      const script = parseShell(inner, cwd, env);
      const whole = { start: 0, end: instruction.text.length, commands: script.segments.flatMap((segment) => segment.commands), cwd };
      return { segments: [whole], ...(script.error !== undefined && { error: script.error }) };
    }
    return { segments: [{ start: 0, end: instruction.text.length, commands: [plainCommand(name, args, cwd, env)], cwd }] };
  }
  return parseShell(instruction.shell?.text ?? '', cwd, env);
}

/** A command that no shell reads: its words are what they are. */
export function plainCommand(name: string, args: string[], cwd: string | undefined, env: ImageState['env']): ShellCommand {
  const words = args.map((value) => ({ text: value, value, known: true }));
  return { name, args: words, assignments: [], redirects: [], conditional: false, piped: false, cwd, env, start: 0, end: 0 };
}

function effectsOf(written: ShellCommand, scope: EffectScope, rules: CommandRules, depth: number): Effect[] {
  const command = unwrap(written);
  const found = [...redirectEffects(command)];
  const rule = rules[command.name] ?? rules[posix.basename(command.name)];
  const own = rule?.(command, scope);
  if (own) return [{ command, ...own }, ...found];
  const script = depth < DEPTH ? scriptOf(command, scope) : undefined;
  if (script !== undefined) {
    const inner = parseShell(script, command.cwd, command.env);
    if (inner.error !== undefined) return [effect('unknown', `${written.name}: ${inner.error}`)];
    return [...inner.segments.flatMap((segment) => segment.commands.flatMap((next) => effectsOf(next, scope, rules, depth + 1))), ...found];
  }
  return [effect('unknown', describe(command), { command }), ...found];
}

/** The command behind `sudo`, `env A=b` and the like. */
export function unwrap(command: ShellCommand): ShellCommand {
  if (!WRAPPERS.has(command.name) && command.name !== '/usr/bin/env') return command;
  const at = command.args.findIndex((word) => !word.value.startsWith('-') && !/^\w+=/.test(word.value));
  const name = command.args[at];
  if (!name) return { ...command, name: ':' };
  const set = command.args.slice(0, at).filter((word) => /^\w+=/.test(word.value));
  const env = {
    ...command.env,
    ...Object.fromEntries(set.map(({ value, known }) => [value.slice(0, value.indexOf('=')), known ? value.slice(value.indexOf('=') + 1) : undefined])),
  };
  return unwrap({ ...command, env, name: name.value, args: command.args.slice(at + 1) });
}

function redirectEffects(command: ShellCommand): Effect[] {
  const written = command.redirects.filter(({ operator, word }) => operator.includes('>') && !word.value.startsWith('/dev/'));
  if (written.length === 0) return [];
  const writes = written.map(({ operator, word }) => ({ path: pathOf(command, word), kind: 'file' as const, ...(operator === '>>' && { edited: true }) }));
  if (writes.some(({ path }) => path === undefined)) return [effect('unknown', `writes a file whose name is not known`)];
  return [effect('both', 'writes files', { writes: writes.map((write) => ({ ...write, path: write.path as string })) })];
}

/** The text of a shell script of the context that the command runs, or of the targets of its Makefile. */
function scriptOf(command: ShellCommand, scope: EffectScope): string | undefined {
  if (command.name === 'make') return makeText(command, scope);
  if (SHELLS.has(command.name) || command.name === '.' || command.name === 'source') {
    const inline = command.args[0]?.value === '-c' ? command.args[1] : undefined;
    if (inline) return inline.known ? inline.value : undefined;
    return textAt(
      command,
      command.args.find((word) => !word.value.startsWith('-')),
      scope,
    );
  }
  const text = command.name.includes('/') ? textAt(command, { value: command.name, known: true }, scope) : undefined;
  return text !== undefined && /^#!.*\b(sh|bash|ash|dash)\b/.test(text) ? text : undefined;
}

function textAt(command: ShellCommand, file: { value: string; known: boolean } | undefined, scope: EffectScope): string | undefined {
  const path = file && pathOf(command, file);
  const source = path === undefined ? undefined : scope.sourceOf(path);
  return source === undefined ? undefined : scope.context.read(source);
}

function makeText(command: ShellCommand, scope: EffectScope): string | undefined {
  const options = command.args.filter((word) => word.value.startsWith('-') && !/^-j\d*$/.test(word.value));
  if (options.length > 0 || command.cwd === undefined) return undefined;
  const words = command.args.filter((word) => !word.value.startsWith('-'));
  const settings = words.filter((word) => word.value.includes('=')).map((word) => word.value.split('=', 2) as [string, string]);
  const targets = words.filter((word) => !word.value.includes('=')).map((word) => word.value);
  for (const name of ['GNUmakefile', 'makefile', 'Makefile']) {
    const source = scope.sourceOf(posix.join(command.cwd, name));
    const text = source === undefined ? undefined : scope.context.read(source);
    if (text !== undefined) return makeScript(text, targets, { ...command.env, ...Object.fromEntries(settings) });
  }
  return undefined;
}

function describe(command: ShellCommand): string {
  return [command.name, ...command.args.map((word) => word.text)].join(' ').slice(0, 80);
}

/** The role of the whole from the roles of its parts: what is not known weighs most, then what a running image needs. */
export function roleOf(effects: readonly Effect[]): Role {
  for (const role of ['unknown', 'runtime', 'both', 'build'] as const) {
    if (effects.some((one) => one.role === role)) return role;
  }
  return 'neutral';
}
