import { posix } from 'node:path';
import type { Effect, LabelledInstruction, PathWrite, Role, ShellCommand } from '../types.ts';

/** An effect with nothing written or read but what is given. */
export function effect(role: Role, why: string, more: Partial<Effect> = {}): Effect {
  return { role, why, writes: [], reads: [], ...more };
}

/** A word as an absolute path of the image; undefined where directory or word are not known. */
export function pathOf(command: ShellCommand, word: { value: string; known: boolean }): string | undefined {
  if (!word.known) return undefined;
  if (word.value === '~' || word.value.startsWith('~/')) return posix.join('/root', word.value.slice(1));
  if (word.value.startsWith('/')) return posix.resolve(word.value);
  return command.cwd === undefined ? undefined : posix.resolve(command.cwd, word.value);
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

/** Whether `path` is `directory` or below it. */
export function within(path: string, directory: string): boolean {
  return path === directory || directory === '/' || path.startsWith(`${directory}/`);
}

/** The effects of every command of every RUN, in order. */
export function allEffects(labelled: readonly LabelledInstruction[]): Effect[] {
  return labelled.flatMap(({ segments }) => (segments ?? []).flatMap((segment) => segment.effects));
}
