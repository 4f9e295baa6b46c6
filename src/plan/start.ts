import { pathOf } from '../effects/effect.ts';
import type { EffectScope } from '../effects/rule.ts';
import { plainCommand, unwrap } from '../effects/run.ts';
import { Stop } from '../errors.ts';
import { languages } from '../languages/index.ts';
import type { Facts } from '../languages/language.ts';
import { parseShell, substitutedCommands } from '../parse/shell.ts';
import type { ImageState, ShellCommand, SourceInstruction, StartCommand } from '../types.ts';

type StartInput = Pick<Facts, 'source' | 'labelled' | 'context' | 'sourceOf'>;

const DEPTH = 6;
const SHELLS = new Set(['sh', 'bash', 'ash', 'dash']);

/** What the container starts, followed through scripts of the context and the languages' own start commands. */
export function readStart(input: StartInput): StartCommand {
  const { source, labelled } = input;
  const last = (keyword: string) => source.instructions.findLast((instruction) => instruction.keyword === keyword);
  const entrypoint = last('ENTRYPOINT');
  const cmd = last('CMD');
  const health = last('HEALTHCHECK');
  if (!entrypoint && !cmd) throw new Stop('no-start-command');

  const state = labelled.at(-1)?.state as ImageState;
  const env = { ...state.env };
  const leading = (entrypoint ?? cmd) as SourceInstruction;
  // CMD in exec form are the arguments of an ENTRYPOINT in exec form: https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact
  const argv = entrypoint?.exec ? [...entrypoint.exec, ...(cmd?.exec ?? [])] : (leading.exec ?? []);
  const [name, ...args] = argv;
  const first = name === undefined ? commandsOf(leading, state, env) : [plainCommand(name, args, state.cwd, env)];
  const cmdCommands = cmd ? commandsOf(cmd, state, env) : [];
  const probe = health ? healthCommands(health, state, env) : [];
  const seen = new Set<string>();
  return {
    argv,
    shell: leading.exec === undefined,
    commands: [...first, ...probe].flatMap((command) => follow(command, input, cmdCommands, seen, 0)),
    ...(entrypoint && { entrypoint: entrypoint.index }),
    ...(cmd && { cmd: cmd.index }),
    ...(health && { healthcheck: health.index }),
  };
}

function commandsOf(instruction: SourceInstruction, state: ImageState, env: ImageState['env']): ShellCommand[] {
  if (instruction.exec) {
    const [name, ...args] = instruction.exec;
    return name === undefined ? [] : [plainCommand(name, args, state.cwd, env)];
  }
  return shellCommands(instruction.value, state.cwd, env);
}

function shellCommands(text: string, cwd: string | undefined, env: ImageState['env']): ShellCommand[] {
  return [...parseShell(text, cwd, env).segments.flatMap((segment) => segment.commands), ...substitutedCommands(text, cwd, env)];
}

function healthCommands(instruction: SourceInstruction, state: ImageState, env: ImageState['env']): ShellCommand[] {
  const [, text] = /^CMD\s+(.*)$/is.exec(instruction.value) ?? [];
  if (text === undefined) return [];
  try {
    const words: unknown = JSON.parse(text);
    if (Array.isArray(words)) return [plainCommand(String(words[0]), words.slice(1).map(String), state.cwd, env)];
  } catch {}
  return shellCommands(text, state.cwd, env);
}

/** The command, and all those that it stands for. */
function follow(written: ShellCommand, input: StartInput, cmd: ShellCommand[], seen: Set<string>, depth: number): ShellCommand[] {
  const command = unwrap(written);
  if (depth > DEPTH) return [command];
  const scope: EffectScope = { user: '', context: input.context, sourceOf: input.sourceOf };
  const launched = launches(command);
  const after = launched ? follow(launched, input, cmd, seen, depth + 1) : [];
  const next = nested(command, input, scope);
  if (!next) return [command, ...after];
  const key = `${next.cwd}\n${next.text}`;
  if (seen.has(key)) return [command, ...after];
  seen.add(key);
  const inner = shellCommands(next.text, next.cwd, command.env);
  const followed = inner.flatMap((one) => follow(one, input, cmd, seen, depth + 1));
  const handsOver = inner.some((one) => one.args.some((word) => /"?\$[@*]"?/.test(word.text)) || /^"?\$[@*1]"?$/.test(one.name));
  const args = handsOver ? (written.args.length > 0 ? handed(written) : cmd) : [];
  return [command, ...followed, ...after, ...args.flatMap((one) => follow(one, input, cmd, seen, depth + 1))];
}

const AS_USER = new Set(['gosu', 'su-exec', 'setuidgid', 'chpst']);
const LAUNCHERS = new Set(['tini', 'tini-static', 'dumb-init', 'catatonit', 'nice', 'ionice', 'nohup', 'xvfb-run', 'setsid', 'stdbuf', 'timeout']);

/** What `tini -- prog`, `gosu user prog`, `wait-for-it.sh host:port -- prog` and the like start. */
function launches(command: ShellCommand): ShellCommand | undefined {
  const name = command.name.replace(/^.*\//, '');
  const dashes = command.args.findIndex((word) => word.value === '--');
  const first = command.args.findIndex((word) => !word.value.startsWith('-'));
  const at =
    dashes >= 0 && (LAUNCHERS.has(name) || /wait|entrypoint/.test(name)) ? dashes + 1 : AS_USER.has(name) ? first + 1 : LAUNCHERS.has(name) ? first : -1;
  const word = at < 0 ? undefined : command.args[at];
  return word && { ...command, name: word.value, args: command.args.slice(at + 1) };
}

/** `entrypoint.sh prog arg`: what `exec "$@"` runs. */
function handed(command: ShellCommand): ShellCommand[] {
  const words = SHELLS.has(command.name) ? command.args.slice(1) : command.args;
  const [name, ...args] = words;
  return name ? [{ ...command, name: name.value, args }] : [];
}

function nested(command: ShellCommand, input: StartInput, scope: EffectScope): { text: string; cwd: string | undefined } | undefined {
  for (const language of languages) {
    const found = language.follow?.(command, scope);
    if (found) return found;
  }
  const viaShell = SHELLS.has(command.name.replace(/^.*\//, ''));
  const at = viaShell ? command.args.findIndex((word) => /^-[a-z]*c$/.test(word.value)) : -1;
  if (at >= 0) return { text: command.args[at + 1]?.value ?? '', cwd: command.cwd };
  const file =
    viaShell || command.name === '.' || command.name === 'source'
      ? command.args.find((word) => !word.value.startsWith('-'))
      : { value: command.name, known: true };
  const path = file && onPath(command, file.value);
  const text = path && scriptText(path, viaShell || command.name === '.' || command.name === 'source', input);
  return text === undefined || text === '' ? undefined : { text, cwd: command.cwd };

  function onPath(from: ShellCommand, name: string): string | undefined {
    if (name.includes('/')) return pathOf(from, { value: name, known: true });
    const places = viaShell ? [from.cwd ?? '/'] : (from.env.PATH ?? '').split(':');
    return places
      .map((place) => `${place === '/' ? '' : place}/${name}`)
      .find((candidate) => input.sourceOf(candidate) !== undefined && input.context.kind(input.sourceOf(candidate) as string) === 'file');
  }
}

function scriptText(path: string, viaShell: boolean, input: StartInput): string | undefined {
  const place = input.sourceOf(path);
  const text = place === undefined ? undefined : input.context.read(place);
  return text !== undefined && (viaShell || /^#!\s*\S*\b(env\s+)?(sh|bash|ash|dash)\b/.test(text)) ? text : undefined;
}
