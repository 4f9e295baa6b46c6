import { posix } from 'node:path';
import type { Effect, PathWrite, ShellCommand } from '../../types.ts';
import { effect, hasOption, operands, optionValue, parseOptions, pathOf, valueOf, worksIn, writesOf } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

const PRINTS = /^(-v|-V|--version|--help|-dumpversion|-dumpmachine|-dumpfullversion|-print-.*|--print-.*|-fsyntax-only|-###)$/;
const C_LETTERS = 'oILlDUx';
const C_LONGS = [
  '-include',
  '-isystem',
  '-iquote',
  '-idirafter',
  '-MF',
  '-MT',
  '-MQ',
  '-Xlinker',
  '-Xpreprocessor',
  '-Xassembler',
  '-Xclang',
  '-arch',
  '-target',
  '--param',
  '-framework',
  '-z',
  '-T',
  '-u',
];

/** gcc, clang and what takes the same options: the file of -o, a.out, or an object for each source. */
const compiler: CommandRule = (command) => {
  if (command.args.length === 0 || command.args.every((word) => PRINTS.test(word.value))) return effect('neutral', 'only prints');
  if (command.args.some((word) => word.value === '-fsyntax-only')) return effect('neutral', 'only checks');
  const parsed = parseC(command);
  if (parsed.output) return built(writesOf(command, [parsed.output], 'file'));
  if (parsed.stops === 'E') return effect('neutral', 'only prints');
  if (parsed.stops === undefined) return built(writesOf(command, [{ text: 'a.out', value: 'a.out', known: true }], 'file'));
  const end = parsed.stops === 'S' ? '.s' : '.o';
  const globs = parsed.sources.some((word) => !word.known || /[*?]/.test(word.value));
  if (globs) return worksIn(command.cwd, 'compiles', 'compile');
  const outputs = parsed.sources.map((word) => ({ ...word, value: `${posix.basename(word.value).replace(/\.\w+$/, '')}${end}` }));
  return built(writesOf(command, outputs, 'file'));
};

type Word = ShellCommand['args'][number];

function parseC({ args }: ShellCommand): { output?: Word; stops?: string; sources: Word[] } {
  const takesNext = (word: Word | undefined) =>
    C_LONGS.includes(word?.value ?? '') || (/^-.$/.test(word?.value ?? '') && C_LETTERS.includes(word?.value[1] ?? '?'));
  const at = args.findLastIndex((word) => /^-o/.test(word.value));
  const last = args[at];
  const output = last?.value === '-o' ? args[at + 1] : last && { ...last, value: last.value.slice(2) };
  const stops = args.findLast((word) => /^-[cSE]$/.test(word.value))?.value[1];
  const sources = args.filter((word, index) => !word.value.startsWith('-') && !takesNext(args[index - 1]) && !/\.(o|a|so)$/.test(word.value));
  return { sources, ...(output && { output }), ...(stops !== undefined && { stops }) };
}

function built(writes: PathWrite[] | undefined, why = 'compiles'): Effect | undefined {
  return writes && effect('build', why, { action: 'compile', writes });
}

/** `ar rcs libx.a …` writes the library; `ar x` takes one apart. */
const ar: CommandRule = (command) => {
  const [mode, file] = command.args[0]?.value.startsWith('-') ? command.args.slice(0, 2) : operands(command);
  if (/^-?[a-zA-Z]*x/.test(mode?.value ?? '')) return worksIn(command.cwd, 'takes a library apart', 'compile');
  if (/^-?[a-zA-Z]*[tp]/.test(mode?.value ?? 't')) return effect('neutral', 'only looks');
  return file && built(writesOf(command, [file], 'file'));
};

const linker: CommandRule = (command) => {
  if (command.args.every((word) => PRINTS.test(word.value))) return effect('neutral', 'only prints');
  return built(writesOf(command, [optionValue(command, '-o') ?? { text: 'a.out', value: 'a.out', known: true }], 'file'));
};

/** Its last operand, changed in place or written. */
const lastFile: CommandRule = (command) => {
  const last = operands(command, ['-I', '-O', '--only-section', '-j', '-R', '--add-section', '--rename-section', '-B']).at(-1);
  const writes = last && writesOf(command, [last], 'file', { edited: true });
  return writes && effect('build', 'changes an object', { action: 'strip', writes });
};

/** A compiler whose output is named by one option; without it, it writes beside the sources or where it runs. */
function named(options: readonly string[], prints: RegExp = PRINTS): CommandRule {
  return (command) => {
    if (command.args.length === 0 || command.args.some((word) => prints.test(word.value))) return effect('neutral', 'only prints');
    const output = glued(command, options) ?? optionValue(command, ...options);
    if (!output) return worksIn(command.cwd, 'compiles', 'compile');
    const path = pathOf(command, output);
    if (path === undefined) return undefined;
    // What else it leaves (interfaces, objects) lies where it runs.
    return effect('build', 'compiles', { action: 'compile', writes: [{ path, kind: output.value.endsWith('/') ? 'tree' : 'file' }] });
  };
}

/** `-o:app`, `-of=app`. */
function glued(command: ShellCommand, options: readonly string[]): ShellCommand['args'][number] | undefined {
  for (const word of command.args) {
    const option = options.find((one) => [`${one}:`, `${one}=`].some((start) => word.value.startsWith(start)));
    if (option !== undefined) return { ...word, value: word.value.slice(option.length + 1) };
  }
  return undefined;
}

/** Fills a directory: that of an option, or the one it runs in. */
export function fills(option: readonly string[], why = 'compiles', letters = '', quiet = /^(-version|--version|-v|-h|--help|version|help)$/): CommandRule {
  return (command) => {
    if (command.args.length === 0 ? false : command.args.every((word) => quiet.test(word.value))) return effect('neutral', 'only prints');
    const parsed = parseOptions(
      command.args,
      letters,
      option.filter((one) => one.length > 2),
    );
    if (RUNS.test(parsed.words[0]?.value ?? '')) return undefined;
    const into = valueOf(parsed, ...option) ?? optionValue(command, ...option);
    const path = into ? pathOf(command, into) : command.cwd;
    return worksIn(path, why, 'compile');
  };
}

/** Verbs that run the program, or hand it to others. */
const RUNS = /^(run|start|serve|server|repl|publish|exec|watch|upload|login|deploy)$/;

/** rustc: -o, --out-dir, or beside where it runs. */
const rustc: CommandRule = (command) => {
  const directory = optionValue(command, '--out-dir');
  if (directory) return worksIn(pathOf(command, directory), 'compiles', 'compile');
  const [source] = operands(command, ['--edition', '-C', '--crate-type', '--crate-name', '-L', '-l', '--target', '--emit', '--cfg', '-o', '-A', '-W']);
  if (hasOption(command, '--version', '-V', '--print', '-vV') || !source) return effect('neutral', 'only prints');
  const output = optionValue(command, '-o') ?? { ...source, value: posix.basename(source.value, '.rs') };
  return built(writesOf(command, [output], 'file'));
};

const COMPILERS =
  'gcc g++ cc c++ clang clang++ gfortran nvcc emcc em++ tcc mpicc mpicxx mpic++ mpif90 mpifort hipcc icc icpc dpcpp icpx afl-clang afl-clang++ afl-clang-fast afl-clang-fast++ afl-gcc afl-g++ hfuzz-clang hfuzz-clang++ c99 c89 gdc gnatmake ccache-gcc musl-gcc'.split(
    ' ',
  );

/** Compilers, linkers and the like. */
export const compilers: Record<string, CommandRule> = {
  ...Object.fromEntries(COMPILERS.map((name) => [name, compiler])),
  ...{ ar, 'gcc-ar': ar, 'llvm-ar': ar, ld: linker, as: linker, nasm: named(['-o']), yasm: named(['-o']), ranlib: lastFile, objcopy: lastFile, rustc },
  ...{
    ghc: named(['-o'], /^(--version|--numeric-version|-V|--info|-e)$/),
    ocamlfind: fills([]),
    ocamlopt: named(['-o']),
    ocamlc: named(['-o']),
    ocamlbuild: fills([]),
  },
  ...{
    fpc: fills([]),
    nimble: fills([]),
    nim: named(['-o', '--out', '-out'], /^(--version|-v)$/),
    dmd: named(['-of']),
    ldc2: named(['-of']),
    ldmd2: named(['-of']),
  },
  ...{
    swiftc: named(['-o']),
    mcs: named(['-out']),
    csc: named(['-out']),
    vbc: named(['-out']),
    fsharpc: named(['-o', '--out']),
    haxe: fills([]),
    elm: named(['--output']),
    v: named(['-o']),
    odin: named(['-out']),
  },
  ...{
    gnatmake: named(['-o']),
    erlc: fills(['-o'], 'compiles', 'o'),
    gprbuild: fills([]),
    windres: named(['-o']),
    bison: named(['-o']),
    flex: named(['-o']),
    yacc: named(['-o']),
    swig: named(['-o']),
  },
  ...{
    msgfmt: named(['-o', '--output-file']),
    gperf: fills([]),
    doxygen: fills([]),
    makeinfo: named(['-o']),
    asciidoctor: named(['-o']),
    latexmk: fills([]),
    pdflatex: fills([]),
    xelatex: fills([]),
    tex: fills([]),
  },
};

/** Names that hold a target or a version: `x86_64-linux-gnu-gcc-12` → `gcc`, `php7.4` → `php`. */
export function plainName(name: string): string {
  const [, tool] = /^(?:[\w.]+-[\w.-]*-)?(gcc|g\+\+|cc|c\+\+|clang|clang\+\+|gfortran|ar|ld|strip|objcopy|ranlib|as|nm)(?:-\d[\d.]*)?$/.exec(name) ?? [];
  if (tool !== undefined) return tool;
  return (
    /^(php|gem|ruby|bundle|rake|cpan|cpanm|luarocks|lua|phpize|php-config|pecl|pear|composer|javac|java|gradle|gpg|perl|erb|ghc|cabal|qmake|automake|aclocal|autoconf|swig|nvcc|scons|julia|dotnet|7z)-?\d[\d.]*$/.exec(
      name,
    )?.[1] ?? name
  );
}
