import type { PathWrite, ShellCommand } from '../../types.ts';
import { effect, isPackageSource, isShared, parseOptions, pathOf, valueOf, writesOf } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

/** An edit in place; of the lists that packages come from, a change of where they come from. */
export function edits(writes: PathWrite[] | undefined, why = 'edits files') {
  if (!writes) return undefined;
  // Of a directory of the system nobody wants all.
  const action = writes.some(({ path, kind }) => kind === 'tree' && isShared(path)) ? 'edit-tree' : 'edit';
  return writes.length > 0 && writes.every(({ path }) => isPackageSource(path))
    ? effect('runtime', 'changes where packages come from', { action: 'package-source', writes })
    : effect('both', why, { action, writes });
}

const sed: CommandRule = (command) => {
  const inPlace = command.args.some((word) => /^(-[nErsuz]*i|--in-place)/.test(word.value));
  if (!inPlace) return effect('neutral', 'only prints');
  const words: ShellCommand['args'] = [];
  let script = false;
  for (let at = 0; at < command.args.length; at++) {
    const word = command.args[at] as ShellCommand['args'][number];
    const takesNext = /^(-[nErsuz]*[ef]|--expression|--file)$/.test(word.value);
    if (takesNext || /^(-[ef].|--(expression|file)=)/.test(word.value)) script = true;
    if (takesNext) at++;
    else if (!word.value.startsWith('-')) words.push(word);
  }
  return edits(writesOf(command, script ? words : words.slice(1), 'file', { edited: true }));
};

/** Prints, unless its program opens files itself or runs something. */
const awk: CommandRule = (command) => {
  const changes = command.args.some((word) => /inplace|system\s*\(|\|\s*"|print[^;}]*>\s*["\w]/.test(word.value));
  return changes ? undefined : effect('neutral', 'only prints');
};

const sort: CommandRule = (command) => {
  const output = valueOf(
    parseOptions(command.args, 'okStTcm', ['--output', '--key', '--field-separator', '--buffer-size', '--temporary-directory']),
    '-o',
    '--output',
  );
  return output ? edits(writesOf(command, [output], 'file')) : effect('neutral', 'only prints');
};

/** patch: the file it is told, or whatever the patch names below its directory. */
const patch: CommandRule = (command) => {
  const parsed = parseOptions(command.args, 'pidFBDorVYzg', ['--input', '--directory', '--strip', '--fuzz', '--output', '--reject-file']);
  if (parsed.flags.has('--dry-run') || parsed.flags.has('--version')) return effect('neutral', 'only looks');
  const [file] = parsed.words;
  const output = valueOf(parsed, '-o', '--output');
  if (output ?? file) return edits(writesOf(command, [(output ?? file) as ShellCommand['args'][number]], 'file', { edited: true }), 'patches a file');
  const into = valueOf(parsed, '-d', '--directory');
  const path = into ? pathOf(command, into) : command.cwd;
  return path === undefined || path === '/' ? undefined : edits([{ path, kind: 'tree', edited: true }], 'patches files');
};

/** The last word is the file; the values of its options are paths and names. */
const patchelf: CommandRule = (command) => {
  if (command.args.some((word) => /^(--print-|--version|-l$|--list)/.test(word.value))) return effect('neutral', 'only looks');
  const file = command.args.at(-1);
  return file && edits(writesOf(command, [file], 'file', { edited: true }));
};

/** Leaves symbols out: what was there stays, smaller, so that nothing crosses for its sake. */
const strip: CommandRule = (command) => {
  const parsed = parseOptions(command.args, 'oRKNOIFB', ['--remove-section', '--keep-symbol', '--strip-symbol', '--output-target', '--input-target']);
  const output = valueOf(parsed, '-o');
  const writes = writesOf(command, output ? [output] : parsed.words, 'file', output ? {} : { edited: true });
  return writes && effect('build', 'strips symbols', { action: 'strip', writes });
};

/** Changes the line ends of the files it names; -n writes another file: https://waterlan.home.xs4all.nl/dos2unix/dos2unix.htm */
const lineEnds: CommandRule = (command) => {
  const { flags, words } = parseOptions(command.args, 'co', ['--convmode', '--display-enc']);
  if (['-V', '--version', '-h', '--help', '-i', '--info'].some((flag) => flags.has(flag))) return effect('neutral', 'only looks');
  if (!flags.has('-n') && !flags.has('--newfile')) return edits(writesOf(command, words, 'file', { edited: true }));
  const made = words.filter((_, at) => at % 2 === 1);
  return edits(writesOf(command, made, 'file'));
};

const xslt: CommandRule = (command) => {
  const output = valueOf(parseOptions(command.args, 'o', ['--output', '--stringparam', '--param', '--path']), '-o', '--output');
  return output ? edits(writesOf(command, [output], 'file')) : effect('neutral', 'only prints');
};

/** Commands on the text, or the bytes, of files. */
export const text: Record<string, CommandRule> = {
  ...{ sed, gsed: sed, awk, gawk: awk, mawk: awk, nawk: awk, sort, patch, patchelf, chrpath: patchelf, paxctl: patchelf, execstack: patchelf },
  ...{ strip, xsltproc: xslt, dos2unix: lineEnds, unix2dos: lineEnds, mac2unix: lineEnds, unix2mac: lineEnds },
};
