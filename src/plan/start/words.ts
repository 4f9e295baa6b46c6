import type { ShellCommand, ShellWord } from '../../types.ts';

/** What `"$@"` may stand for: the words that a script is given, and those that it sets itself by `set --` or `shift`. */
export type Given = readonly (readonly ShellWord[])[];

/** Words that are known. */
export function plainWords(values: readonly string[]): ShellWord[] {
  return values.map((value) => ({ text: value, value, known: true }));
}

const ALL = /^"?\$(?:[@*]|\{[@*]\})"?$/;
const FROM = /^"?\$\{@:(\d+)\}"?$/;

/** The environment with the words that a script is given as `$1`, `$2`, `$@`. */
export function withGiven(env: ShellCommand['env'], words: readonly ShellWord[]): ShellCommand['env'] {
  const known = words.every((word) => word.known);
  const all = known ? words.map((word) => word.value).join(' ') : undefined;
  const numbered = words.slice(0, 9).map((word, at) => [String(at + 1), word.known ? word.value : undefined]);
  return { ...env, ...Object.fromEntries(numbered), '@': all, '*': all };
}

/** An environment as programs see it, without `$1` and its like. */
export function withoutGiven(env: ShellCommand['env']): ShellCommand['env'] {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(\d|[@*])$/.test(name)));
}

/** The command once for each thing that `"$@"` may stand for. `raw`: its first word as written. */
export function givenTo(command: ShellCommand, raw: string, given: Given): ShellCommand[] {
  const found = given.map((words): ShellCommand => {
    const args = command.args.flatMap((word) => insert(word, words));
    if (!ALL.test(raw) && !FROM.test(raw)) return { ...command, ...splitName(command.name, raw, args) };
    const [first, ...rest] = insert({ text: raw, value: raw, known: false }, words);
    return { ...command, name: first?.value ?? '', args: [...rest, ...args] };
  });
  return [...new Map(found.map((one) => [JSON.stringify([one.name, one.args.map((word) => word.value)]), one])).values()];
}

function insert(word: ShellWord, words: readonly ShellWord[]): readonly ShellWord[] {
  if (ALL.test(word.text)) return words;
  const from = FROM.exec(word.text)?.[1];
  if (from !== undefined) return words.slice(Math.max(0, Number(from) - 1));
  return isSplit(word.text, word.value) ? plainWords(word.value.trim().split(/\s+/)) : [word];
}

/** A variable without quotes is as many words as its value has. */
function isSplit(text: string, value: string): boolean {
  return /^\$(\w+|\{\w+\})$/.test(text) && /\s/.test(value.trim()) && !/["'`$]/.test(value);
}

function splitName(name: string, raw: string, args: readonly ShellWord[]): Pick<ShellCommand, 'name' | 'args'> {
  const [first, ...rest] = isSplit(raw, name) ? name.trim().split(/\s+/) : [name];
  return { name: first ?? '', args: [...plainWords(rest), ...args] };
}

/** The first word of a command as it is written in the shell text. */
export function rawName(command: ShellCommand, text: string): string {
  const written = text.slice(command.start, command.end).replace(/^(?:\w+=(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'])*\s+)+/, '');
  return /^(?:"(?:[^"\\]|\\.)*"|\S)+/.exec(written)?.[0] ?? '';
}

/** What `set -- …` and `shift` make of the words; where they may not run, both what was and what would be. */
export function givenAfter(command: ShellCommand, given: Given): Given {
  const next = given.map((words) => changed(command, words));
  return command.conditional ? unique([...given, ...next]) : unique(next);
}

const MOST = 6;

function unique(given: Given): Given {
  return [...new Map(given.map((words) => [words.map((word) => word.value).join('\n'), words])).values()].slice(0, MOST);
}

function changed(command: ShellCommand, words: readonly ShellWord[]): readonly ShellWord[] {
  if (command.name === 'shift') return words.slice(Number(command.args[0]?.value ?? 1) || 1);
  const at = command.args.findIndex((word) => word.value === '--');
  return command.name === 'set' && at >= 0 ? command.args.slice(at + 1).flatMap((word) => insert(word, words)) : words;
}
