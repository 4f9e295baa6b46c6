import { posix } from 'node:path';
import { operands, optionValue, pathOf } from '../../effects/effect.ts';
import { unwrap } from '../../effects/run.ts';
import type { LabelledSegment, ShellCommand, SourceInstruction } from '../../types.ts';
import type { Layer } from './layer.ts';
import { heredocOf, type Output, outputOf } from './output.ts';

/** What the commands of a RUN write, copy, change and remove, with the text where it stands in the Dockerfile. */
export function runLayers(segments: readonly LabelledSegment[], instruction: SourceInstruction): Layer[] {
  const shell = instruction.shell?.text ?? instruction.exec?.at(-1) ?? '';
  const before = instruction.text.slice(0, instruction.shell?.start ?? 0).split('\n').length - 1;
  const lineOf = (offset: number) => instruction.line + before + shell.slice(0, offset).split('\n').length - 1;
  return segments.flatMap(({ segment, effects }) => {
    const layers = segment.commands.flatMap((command, at) => commandLayers(command, segment.commands, at, shell, lineOf));
    const seen = new Set(layers.map(({ path }) => path));
    const others = effects.flatMap(({ writes, command, role }) =>
      LEAVES_TEXT.has(posix.basename(command?.name ?? ''))
        ? []
        : writes.filter(({ path, kind }) => kind === 'file' && !seen.has(path)).map(({ path }): Layer => ({ kind: 'made', path, built: role === 'build' })),
    );
    return [...others, ...layers];
  });
}

/** They change what is around a text, or are looked at here by themselves. */
const LEAVES_TEXT = new Set('chmod chown chgrp touch setfacl setcap dos2unix fromdos strip mkdir rm cp mv ln install sed perl'.split(' '));

type LineOf = (offset: number) => number;

function commandLayers(written: ShellCommand, all: readonly ShellCommand[], at: number, shell: string, lineOf: LineOf): Layer[] {
  const command = unwrap(written);
  const own = OWN[posix.basename(command.name)]?.(command) ?? [];
  const targets = targetsOf(command);
  if (targets.length === 0) return own;
  const [copied] = command.name === 'cat' && heredocOf(command, shell) === undefined ? operands(command) : [];
  const as = copied && operands(command).length === 1 ? pathOf(command, copied) : undefined;
  const output = as === undefined ? printedInto(command, all, at, shell) : undefined;
  return [
    ...own,
    ...targets.map(({ path, more }): Layer => {
      if (output) return { kind: 'text', path, text: output.text, line: lineOf(output.start ?? command.start), inline: output.start === undefined, more };
      if (as !== undefined && !more) return { kind: 'same', path, as };
      return more ? { kind: 'changed', path, by: command.name } : { kind: 'made', path, built: false };
    }),
  ];
}

/** The files that a command's output goes to. */
function targetsOf(command: ShellCommand): { path: string; more: boolean }[] {
  const redirects = command.redirects.filter(({ operator }) => operator.includes('>')).map(({ operator, word }) => ({ word, more: operator.includes('>>') }));
  const more = command.args.some((word) => word.value === '-a' || word.value === '--append');
  const words = command.name === 'tee' ? operands(command).map((word) => ({ word, more })) : [];
  return [...redirects, ...words].flatMap(({ word, more }) => {
    const path = pathOf(command, word);
    return path === undefined || path.startsWith('/dev/') ? [] : [{ path, more }];
  });
}

/** What a command writes: its own words, those of a group that it closes, or what the command before hands to it. */
function printedInto(command: ShellCommand, all: readonly ShellCommand[], at: number, shell: string): Output | undefined {
  const before = all[at - 1];
  const own = outputOf(command, shell);
  if (own || !before) return own;
  if (before.piped && (command.name === 'tee' || command.name === 'cat')) return printedInto(before, all, at - 1, shell);
  if (command.name !== ':') return undefined;
  const inner = all.slice(0, at).filter((one) => one.start >= command.start && one.end <= command.end && one.redirects.length === 0 && !SILENT.has(one.name));
  const outputs = inner.map((one) => outputOf(one, shell));
  if (inner.length === 0 || outputs.some((one) => one === undefined)) return undefined;
  return { text: outputs.map((one) => one?.text).join('') };
}

const SILENT = new Set(['set', 'cd', ':', 'true', 'mkdir', 'chmod', 'chown', 'touch', 'export']);

/** Commands that bring, change or remove files without printing them. */
const OWN: Record<string, (command: ShellCommand) => Layer[]> = {
  cp: (command) => copied(command, false),
  install: (command) => (command.args.some((word) => word.value === '-d') ? [] : copied(command, false)),
  ln: (command) => copied(command, true),
  mv: (command) => {
    const layers = copied(command, false);
    return [...layers, ...layers.flatMap((layer): Layer[] => (layer.kind === 'same' && !/[*?[]/.test(layer.as) ? [{ kind: 'gone', path: layer.as }] : []))];
  },
  rm: (command) => pathsOf(command, operands(command)).map((path) => ({ kind: 'gone', path })),
  sed: (command) => (command.args.some((word) => /^(-[a-zA-Z]*i|--in-place)/.test(word.value)) ? edited(command, ['-e', '--expression', '-f']) : []),
  perl: (command) => (command.args.some((word) => /^-[a-z]*i/.test(word.value)) ? edited(command, ['-e', '-pe']) : []),
};

function copied(command: ShellCommand, link: boolean): Layer[] {
  const into = optionValue(command, '-t', '--target-directory');
  const words = operands(command, ['-t', '-m', '-o', '-g', '-S', '--mode', '--owner', '--group', '--target-directory']);
  const target = into ?? words.at(-1);
  const to = target && pathOf(command, target);
  if (to === undefined || (!into && words.length < 2)) return [];
  return (into ? words : words.slice(0, -1)).flatMap((word): Layer[] => {
    // A link that is not absolute starts from where it stands.
    const as = link && word.known && !word.value.startsWith('/') ? posix.join(posix.dirname(to), word.value) : pathOf(command, word);
    return as === undefined ? [] : [{ kind: 'same', path: to, as }];
  });
}

/** Only what takes carriage returns away leaves a text as it is read here. */
const LINE_ENDS = /^s([/|,#])(\\r|\\x0[dD]|\^M|\\015)\$?\1\1g?$/;

function edited(command: ShellCommand, valued: readonly string[]): Layer[] {
  const given = command.args.filter((_, at) => valued.includes(command.args[at - 1]?.value ?? ''));
  const words = operands(command, valued).filter((word) => word.value !== '');
  const scripts = given.length > 0 ? given : words.slice(0, 1);
  if (scripts.every((word) => LINE_ENDS.test(word.value))) return [];
  return pathsOf(command, given.length > 0 ? words : words.slice(1)).map((path) => ({ kind: 'changed', path, by: posix.basename(command.name) }));
}

function pathsOf(command: ShellCommand, words: ShellCommand['args']): string[] {
  return words.flatMap((word) => pathOf(command, word) ?? []);
}
