import { posix } from 'node:path';
import { languages } from '../../languages/index.ts';
import { parseShell, substitutedCommands } from '../../parse/shell.ts';
import type { ShellCommand, ShellWord } from '../../types.ts';
import { launched, withoutBuiltins } from './launch.ts';
import { managed } from './managers.ts';
import { textRun } from './script.ts';
import type { Part, Started } from './started.ts';
import { leaveOpen, placeOf, type Scene, type Trail } from './trail.ts';
import { functionsOf } from './variables.ts';
import { waits } from './waiting.ts';
import { type Given, givenAfter, givenTo, rawName, withGiven, withoutGiven } from './words.ts';

const DEPTH = 12;

/** Follows every command of a shell text. */
export function followPart(part: Part, trail: Trail, depth = 0): void {
  const text = part.text.replace(/\r\n/g, '\n');
  const key = [part.cwd, text, ...part.words.map((word) => word.value)].join('\n');
  if (trail.seen.has(key) || depth > DEPTH) return;
  trail.seen.add(key);
  const { place } = part;
  const scene = { text, quiet: part.quiet === true, depth, fed: false, ...(place && { place }) };
  if (part.shell !== undefined) trail.shells.push({ name: part.shell, ...(place && { place }) });
  const env = withGiven(part.env, part.words);
  const { segments, error } = parseShell(text, part.cwd, env);
  if (error !== undefined) leaveOpen(trail, `${nameOf(place)} cannot be read as shell`, scene);
  const commands = segments.flatMap((segment) => segment.commands);
  for (const { command, given, fed } of withWords(commands, text, part.words)) {
    const all = givenTo({ ...command, env: withoutGiven(command.env) }, rawName(command, text), given);
    if (all.every((one) => isEmptied(command, one))) leaveOpen(trail, 'the start script runs what it is given, and it is given nothing', scene);
    for (const one of all) follow(one, trail, { ...scene, given, fed });
  }
  for (const command of substitutedCommands(text, part.cwd, env))
    follow({ ...command, env: withoutGiven(command.env) }, trail, { ...scene, given: [part.words], fed: true });
}

function nameOf(place: Part['place']): string {
  return place ? `${place.file} (from line ${place.line})` : 'the start command';
}

/** `exec "$@"` without any words. */
function isEmptied(written: ShellCommand, command: ShellCommand): boolean {
  return !written.conditional && (command.name === '' || (command.name === 'exec' && written.args.length > 0 && command.args.length === 0));
}

interface WithWords {
  command: ShellCommand;
  given: Given;
  fed: boolean;
}

/** Each command with what `"$@"` stands for there: the words of the script, or within a function those of its calls. */
function withWords(commands: readonly ShellCommand[], text: string, words: readonly ShellWord[]): WithWords[] {
  const functions = functionsOf(text);
  const within = (command: ShellCommand) => functions.find(({ start, end }) => command.start > start && command.end <= end);
  let given: Given = [words];
  const calls = new Map<string, ShellWord[][]>();
  const placed = commands.map((command, at) => {
    if (!within(command) && (command.name === 'shift' || command.name === 'set')) given = givenAfter(command, given);
    if (functions.some(({ name }) => name === command.name)) {
      const called = givenTo(command, command.name, given).map((one) => [...one.args]);
      calls.set(command.name, [...(calls.get(command.name) ?? []), ...called]);
    }
    const fed = commands[at - 1]?.piped === true || /(?<!<)<<-?\s*["'\w]|<<<|(?<![<&\d])<(?![<(&])/.test(text.slice(command.start, command.end));
    return { command, given, fed };
  });
  return placed.map((one) => {
    const own = within(one.command);
    return own ? { ...one, given: calls.get(own.name) ?? one.given } : one;
  });
}

/** Notes a command, and follows what it starts. */
export function follow(written: ShellCommand, trail: Trail, scene: Scene): void {
  const command = withoutBuiltins(written);
  if (!command || command.name === '') return;
  const place = placeOf(command, scene);
  trail.commands.push({ command, ...(place && { place }) });
  if (scene.depth > DEPTH) return;
  const deeper = { ...scene, depth: scene.depth + 1 };
  const inner = launched(command);
  const started = startedBy(command, trail, scene);
  for (const part of started?.parts ?? []) followPart({ ...part, quiet: scene.quiet || part.quiet === true }, trail, scene.depth + 1);
  for (const one of started?.commands ?? []) follow(one, trail, { ...deeper, fed: false });
  if (inner) follow(inner, trail, deeper);
  leaveOpen(trail, started?.open, scene);
  const idle = !inner && !started?.parts.length && !command.conditional && !scene.fed && !trail.attended;
  if (idle && waits(command)) leaveOpen(trail, `\`${posix.basename(command.name)}\` waits for whatever is typed`, scene);
}

function startedBy(command: ShellCommand, trail: Trail, scene: Scene): Started | undefined {
  const { context, sourceOf } = trail.input;
  for (const language of languages) {
    const found = language.follow?.(command, { user: '', context, sourceOf });
    if (found) return { parts: [{ ...found, env: command.env, words: [], ...(scene.place && { place: { ...scene.place, inline: true } }) }] };
  }
  const own = managed(command, trail.files, trail.input);
  // cron runs what a script hands to `crontab` before.
  if (own?.open?.includes('runs crontabs') && trail.commands.some((one) => one.command.name === 'crontab')) return { parts: own.parts };
  return own ?? textRun(command, scene, trail);
}
