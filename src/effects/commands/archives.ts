import { posix } from 'node:path';
import { treeOfArchive } from '../../knowledge/installers.ts';
import type { Effect, ShellCommand, ShellWord } from '../../types.ts';
import { effect, isShared, type Parsed, parseOptions, pathOf, type RunScope, valueOf, within, writesOf } from '../effect.ts';
import type { CommandRule } from '../rule.ts';
import { edits } from './text.ts';

const TAR_LETTERS = 'fCXTbIKNgHLVF';
const TAR_LONGS = [
  '--file',
  '--directory',
  '--exclude',
  '--exclude-from',
  '--files-from',
  '--use-compress-program',
  '--owner',
  '--group',
  '--mode',
  '--transform',
  '--strip-components',
  '--strip',
];

/** Unpacking into a directory of its own is known; into a shared one nobody knows which files are the archive's. */
const tar: CommandRule = (command, scope: RunScope) => {
  const parsed = parseOptions(dashed(command.args), TAR_LETTERS, TAR_LONGS);
  const has = (...flags: string[]) => flags.some((flag) => parsed.flags.has(flag));
  const into = valueOf(parsed, '-C', '--directory', '--cd');
  const directory = into ? pathOf(command, into) : command.cwd;
  if (has('-t', '--list', '--version', '-O', '--to-stdout')) return effect('neutral', 'only prints');
  if (has('-c', '--create', '-r', '--append', '-u', '--update')) return packed(command, valueOf(parsed, '-f', '--file'), parsed.words);
  if (!has('-x', '--extract', '--get') || has('-P', '--transform', '-s', '-T')) return undefined;
  const strip = Number(valueOf(parsed, '--strip-components', '--strip')?.value ?? 0);
  if (directory !== undefined && parsed.words.length === 0 && strip === 0) return unpackedFrom(archiveName(parsed, scope), directory);
  return members(parsed.words, directory, strip);
};

/** The file, or the address that it comes from through a pipe. */
function archiveName(parsed: Parsed, { input = [] }: RunScope): string {
  const file = valueOf(parsed, '-f', '--file')?.value ?? '-';
  return file === '-' ? (input.flatMap(({ args }) => args.map((word) => word.value)).find((word) => /^https?:/.test(word)) ?? '') : file;
}

function unpackedFrom(name: string, directory: string): Effect | undefined {
  const tree = isShared(directory) ? treeOfArchive(name) : undefined;
  return tree === undefined ? unpacked(directory) : taken([posix.join(directory, tree)]);
}

/** What is taken out of an archive by name. */
function members(words: ShellCommand['args'], directory: string | undefined, strip: number): Effect | undefined {
  if (directory === undefined || words.length === 0 || words.some((word) => !word.known || /[*?]/.test(word.value))) return unpacked(directory);
  const parts = words.map((word) =>
    word.value
      .replace(/^\.?\/+/, '')
      .replace(/\/$/, '')
      .split('/'),
  );
  const paths = parts.map((part) => part.slice(strip).join('/'));
  return paths.includes('') ? unpacked(directory) : taken(paths.map((path) => posix.join(directory, path)));
}

/** `tar xzf a.tgz` → `tar -x -z -f a.tgz`: the old form takes its values in the order of its letters. */
function dashed(args: ShellCommand['args']): ShellCommand['args'] {
  const [first, ...rest] = args;
  if (!first || !/^[a-zA-Z]+$/.test(first.value)) return args;
  const letters = [...first.value].map((letter) => `-${letter}`);
  const words = letters.flatMap((value) => {
    const taken = TAR_LETTERS.includes(value[1] as string) ? rest.splice(0, 1) : [];
    return [{ text: value, value, known: true }, ...taken];
  });
  return [...words, ...rest];
}

function packed(command: ShellCommand, file: ShellWord | undefined, words: ShellCommand['args']): Effect | undefined {
  if (!file || file.value === '-') return effect('neutral', 'prints an archive');
  const writes = writesOf(command, [file], 'file');
  const reads = words.map((word) => pathOf(command, word)).filter((path) => path !== undefined);
  return writes && effect('both', 'packs an archive', { action: 'copy', writes, reads });
}

function taken(paths: string[]): Effect {
  return effect('both', 'unpacks an archive', { action: 'download', writes: paths.map((path) => ({ path, kind: 'tree' })) });
}

/** An archive fills the directory; what is in a shared one cannot be told from it, but for /usr/local, which is there for such. */
export function unpacked(directory: string | undefined): Effect | undefined {
  if (directory === undefined) return undefined;
  if (isShared(directory) && !within(directory, '/usr/local'))
    return effect('unknown', `unpacks an archive into ${directory}, where its files cannot be told from the system's`, {
      action: 'unpack',
      reads: [directory],
    });
  return taken([directory]);
}

const unzip: CommandRule = (command) => {
  const parsed = parseOptions(command.args, 'dxP');
  if (['-p', '-l', '-t', '-v', '-Z', '-z', '-c'].some((flag) => parsed.flags.has(flag))) return effect('neutral', 'only prints');
  const into = valueOf(parsed, '-d');
  const directory = into ? pathOf(command, into) : command.cwd;
  const members = parsed.words.slice(1);
  if (directory === undefined || members.length === 0 || members.some((word) => !word.known || /[*?]/.test(word.value))) return unpacked(directory);
  return taken(members.map((word) => posix.join(directory, parsed.flags.has('-j') ? posix.basename(word.value) : word.value)));
};

const zip: CommandRule = (command) => {
  const { words, flags } = parseOptions(command.args, 'xitnPbs', ['--exclude', '--include', '--password']);
  const [file, ...members] = words;
  if (!file || file.value === '-' || flags.has('-m')) return file?.value === '-' ? effect('neutral', 'prints an archive') : undefined;
  return packed(command, /\.\w+$/.test(file.value) ? file : { ...file, value: `${file.value}.zip` }, flags.has('-d') ? [] : members);
};

/** 7z: its options hold their values without a blank. */
const sevenZip: CommandRule = (command) => {
  const { words } = parseOptions(command.args, '');
  const [verb, file] = words;
  const output = command.args.find((word) => word.value.startsWith('-o'));
  if (verb?.value === 'x' || verb?.value === 'e') return unpacked(output ? pathOf(command, { ...output, value: output.value.slice(2) }) : command.cwd);
  if (verb?.value === 'a' || verb?.value === 'u') return packed(command, file, words.slice(2));
  return effect('neutral', 'only prints');
};

const unrar: CommandRule = (command) => {
  const [verb, , into] = parseOptions(command.args, '').words;
  if (verb?.value !== 'x' && verb?.value !== 'e') return effect('neutral', 'only prints');
  return unpacked(into?.value.endsWith('/') ? pathOf(command, into) : command.cwd);
};

const cpio: CommandRule = (command) => {
  const { flags, words } = parseOptions(command.args, 'FDHCEIOMR', ['--directory', '--file']);
  if (flags.has('-t') || flags.has('-o')) return effect('neutral', 'prints an archive');
  if (flags.has('-p') || words.length > 0) return undefined;
  const into = valueOf(parseOptions(command.args, 'FDHCEIOMR', ['--directory']), '-D', '--directory');
  return flags.has('-i') ? unpacked(into ? pathOf(command, into) : command.cwd) : undefined;
};

const ENDS: Record<string, string> = {
  gzip: '.gz',
  gunzip: '.gz',
  pigz: '.gz',
  bzip2: '.bz2',
  bunzip2: '.bz2',
  xz: '.xz',
  unxz: '.xz',
  zstd: '.zst',
  unzstd: '.zst',
};

/** gzip and its kin put a file in the place of another. */
const compress: CommandRule = (command) => {
  const parsed = parseOptions(command.args, 'STo', ['--suffix', '--threads']);
  const has = (...flags: string[]) => flags.some((flag) => parsed.flags.has(flag));
  if (parsed.words.length === 0 || has('-c', '--stdout', '--to-stdout', '-t', '-l', '--test', '--list', '--version')) return effect('neutral', 'only prints');
  const end = ENDS[command.name.replace(/^.*\//, '')] ?? '.gz';
  const unpacks = command.name.includes('un') || has('-d', '--decompress', '--uncompress');
  if (parsed.words.some((word) => /[*?]/.test(word.value)) || has('-r', '--recursive')) return changed(command);
  const output = parsed.words.map((word) => ({
    ...word,
    value: unpacks ? word.value.replace(/\.(gz|bz2|xz|zst|Z|lzma)$/, '').replace(/\.tgz$/, '.tar') : `${word.value}${end}`,
  }));
  const writes = writesOf(command, output, 'file');
  const reads = parsed.words.map((word) => pathOf(command, word)).filter((path) => path !== undefined);
  const keeps = has('-k', '--keep') || command.name.includes('zst');
  return writes && effect('both', keeps ? 'unpacks a file' : 'moves a file into or out of its archive', { action: 'copy', writes, reads });
};

function changed(command: ShellCommand): Effect | undefined {
  if (command.cwd === undefined || command.cwd === '/') return undefined;
  return edits([{ path: command.cwd, kind: 'tree', edited: true }], 'packs or unpacks files');
}

/** dpkg-deb, by its own name: `-x FILE DIR`, `--build DIR FILE`. */
const dpkgDeb: CommandRule = (command) => {
  const { flags, words } = parseOptions(command.args, 'ZzS', ['--showformat']);
  const has = (...names: string[]) => names.some((name) => flags.has(name));
  const [first, second] = words;
  if (has('-x', '--extract', '-X', '--vextract', '-R', '--raw-extract', '-e', '--control')) return unpacked(second ? pathOf(command, second) : command.cwd);
  if (!has('-b', '--build')) return effect('neutral', 'only looks');
  return packed(command, second ?? (first && { ...first, value: `${first.value.replace(/\/$/, '')}.deb` }), first ? [first] : []);
};

/** Archives, packed and unpacked. */
export const archives: Record<string, CommandRule> = {
  ...{ tar, bsdtar: tar, gtar: tar, unzip, zip, '7z': sevenZip, '7za': sevenZip, '7zr': sevenZip, unrar, cpio, 'dpkg-deb': dpkgDeb },
  ...Object.fromEntries(Object.keys(ENDS).map((name) => [name, compress])),
};
