import { posix } from 'node:path';
import { buildToolAtStart } from '../../effects/build-tools.ts';
import { describePythonPackage } from '../../knowledge/python-packages.ts';
import { hasWheels } from '../../knowledge/python-wheels.ts';
import { parseShell } from '../../parse/shell.ts';
import type { Effect, Evidence, Need, ShellCommand } from '../../types.ts';
import type { Facts } from '../language.ts';
import { pythonCommands } from './commands.ts';
import { COMPILER, compilerAtHand } from './compilers.ts';
import { hasWheel, type LockedPackage } from './locks.ts';
import { collectPackages, type PackageSet } from './packages.ts';
import { minorVersion } from './places.ts';
import { recipesOf } from './recipes.ts';
import type { PythonSource } from './sources.ts';

/** Something that compiles while the image runs. */
export interface Compiling {
  /**
   * What it takes: `plain`, a compiler and the headers of the C library; `sources`, headers that nobody sees as well;
   * `installs`, all that an install from source may call (CMake, git, pg_config).
   */
  takes: 'plain' | 'sources' | 'installs';
  evidence: Evidence;
}

/** Tools that call compilers and whatever else their files say. */
const BUILDERS = /^(make|gmake|cmake|ninja|meson|scons|bazel|autoreconf|cythonize|nuitka3?|pythran|mypycify|f2py[\d.]*)$/;
/** Words of a source that compile where they are run, torch's and triton's with nothing but the C library's headers. */
const MARKS: [RegExp, Compiling['takes']][] = [
  [
    /\bpyximport\b|\bcppimport\b|\bcpp_extension\b|\bload_inline\(|\bcython\.inline\(|\b(?:autowrap|ufuncify)\(|\bweave\.inline\(|\bscipy\.weave\b|\bfrom[ \t]+scipy[ \t]+import[ \t]+weave\b/,
    'sources',
  ],
  [
    /\bnumba\.pycc\b|\bfrom[ \t]+numba[ \t]+import[ \t]+pycc\b|\bsetuptools\.Extension\(|\b(?:distutils|setuptools)[\w.]*\.ccompiler\b|\bnew_compiler\(/,
    'sources',
  ],
  [/\btorch\.compile\b|\btorch_compile\b|^[ \t]*(?:import|from)[ \t]+triton\b/m, 'plain'],
];

/** Without ldconfig it asks the compiler: https://docs.python.org/3/library/ctypes.html#finding-shared-libraries */
const MUSL_MARKS: [RegExp, Compiling['takes']][] = [[/\bfind_library\(/, 'sources']];

/** Packages that compile what they are given: their manuals ask for a compiler in the image that runs. */
const PACKAGES: Record<string, Compiling['takes']> = {
  ...Object.fromEntries(
    'aesara brian2 cppyy deepspeed devito httpstan keopscore pykeops pymc pymc3 pystan pytensor sglang theano theano-pymc tinygrad unsloth vllm'
      .split(' ')
      .map((name) => [name, 'plain' as const]),
  ),
  cmdstanpy: 'installs',
  cppimport: 'sources',
  codepy: 'sources',
};

/** Files that only a build runs, unless the start names them. */
const BUILD_SCRIPT = /(^|\/)(setup|build)\.py$/;

/** Whether anything compiles while the image runs: what it starts, its sources, the packages. Undefined where nothing does, or no compiler is there. */
export function findCompiling(facts: Facts, set: PackageSet, sources: readonly PythonSource[], programs: readonly Need[]): Compiling | undefined {
  if (!compilerAtHand(facts)) return undefined;
  const named = new Set(facts.start.commands.flatMap(({ args }) => args.map((word) => posix.basename(word.value))));
  const run = sources.filter(({ file }) => !BUILD_SCRIPT.test(file) || named.has(posix.basename(file)));
  const found = [...byStart(facts, set), ...byPrograms(programs, run), ...run.flatMap((source) => bySource(source, facts, set)), ...byPackages(set)];
  return (['installs', 'sources', 'plain'] as const).flatMap((takes) => found.find((one) => one.takes === takes) ?? [])[0];
}

function byStart(facts: Facts, set: PackageSet): Compiling[] {
  return facts.start.commands.flatMap((command) => {
    const found = (recipesOf(command, facts) ?? [command]).map((one) => takesAtStart(one, facts, set));
    const takes = found.find((one) => one === 'installs') ?? found.find((one) => one !== undefined);
    const shown = [posix.basename(command.name), ...command.args.map((word) => word.text)].join(' ').slice(0, 60);
    return takes ? [{ takes, evidence: { file: facts.source.path, note: `\`${shown}\` may compile at every start` } }] : [];
  });
}

function takesAtStart(command: ShellCommand, facts: Facts, set: PackageSet): Compiling['takes'] | undefined {
  const name = posix.basename(command.name);
  if (COMPILER.test(name)) return 'sources';
  if (BUILDERS.test(name) || buildToolAtStart({ commands: [command] })) return 'installs';
  const effect = effectOf(command, facts);
  if (effect?.action === 'python-wheels' || /^runs setup\.py build/.test(effect?.why ?? '')) return 'installs';
  return effect?.action === 'python-install' && effect.command && installCompiles(effect.command, facts, set) ? 'installs' : undefined;
}

/** Where an install of the start gets its packages from a repository. */
export function clonesAtStart(facts: Facts): boolean {
  return facts.start.commands.some((command) => {
    const found = effectOf(command, facts);
    return found?.action === 'python-install' && found.command && collectPackages([found.command], facts).packages.some(({ url }) => /\bgit\b/.test(url ?? ''));
  });
}

/** `poetry run X` does what X does. */
function effectOf(command: ShellCommand, facts: Facts): Effect | undefined {
  const rule = Object.hasOwn(pythonCommands, posix.basename(command.name)) ? pythonCommands[posix.basename(command.name)] : undefined;
  const effect = rule?.(command, { user: '', context: facts.context, sourceOf: facts.sourceOf });
  const [name, ...args] = effect?.action === 'python-within' ? (effect.command?.args ?? []) : [];
  return name ? effectOf({ ...command, name: name.value, args }, facts) : effect;
}

const AGAIN = /^(-U|--upgrade|--force-reinstall|-I|--ignore-installed|--no-binary.*|--pre)$/;

/** Whether an install brings something that the build did not install already, and that may have no wheel. */
function installCompiles(command: ShellCommand, facts: Facts, set: PackageSet): boolean {
  const asked = collectPackages([command], facts);
  const again = command.args.some((word) => AGAIN.test(word.value));
  const fresh = asked.packages.filter((one) => again || !set.packages.some(({ name, pin }) => name === one.name && (one.pin === undefined || one.pin === pin)));
  const projects = [...asked.projects.keys()].filter((path) => !set.projects.has(path));
  return asked.opaque || asked.compiled.size > 0 || fresh.some((one) => mayCompile(one, facts)) || projects.some((path) => projectCompiles(path, facts));
}

function mayCompile(one: LockedPackage, facts: Facts): boolean {
  const known = describePythonPackage(one.name);
  const python = minorVersion(facts);
  if (one.url !== undefined) return true;
  if (known?.pure || hasWheel(one, python, facts.base.libc === 'musl' ? 'musl' : 'glibc')) return false;
  return !(known?.wheel && facts.base.libc === 'glibc' && (one.pin === undefined || (python !== undefined && hasWheels(one.name, one.pin, python))));
}

function projectCompiles(path: string, { context, sourceOf }: Facts): boolean {
  const texts = ['setup.py', 'setup.cfg', 'pyproject.toml'].map((name) => context.read(sourceOf(posix.join(path, name)) ?? '') ?? '');
  return (
    texts.every((text) => text === '') ||
    /\b(ext_modules|ext-modules|Extension|cythonize|cffi_modules|maturin|mesonpy)\b|scikit|rust|[cC]ython/.test(texts.join())
  );
}

/** Compilers and what calls them, among the programs that the sources are seen to start. */
function byPrograms(programs: readonly Need[], sources: readonly PythonSource[]): Compiling[] {
  const read = new Set(sources.map(({ file }) => file));
  return programs.flatMap(({ kind, name, evidence }): Compiling[] => {
    if (kind !== 'program' || !(read.has(evidence.file) || /\.sh$/.test(evidence.file))) return [];
    return COMPILER.test(name) ? [{ takes: 'sources', evidence }] : BUILDERS.test(name) ? [{ takes: 'installs', evidence }] : [];
  });
}

function bySource(source: PythonSource, facts: Facts, set: PackageSet): Compiling[] {
  const marked = [...MARKS, ...(facts.base.libc === 'musl' ? MUSL_MARKS : []), ...ownMarks(source)].flatMap(([pattern, takes]): Compiling[] => {
    const match = pattern.exec(source.code);
    if (!match) return [];
    const line = source.code.slice(0, match.index).split('\n').length;
    return [{ takes, evidence: { file: source.file, line, note: `uses a compiler while it runs (${match[0].trim().replace(/\($/, '')})` } }];
  });
  const installs = source.executes.filter(({ words }) =>
    parseShell(words ?? '', undefined, {}).segments.some(({ commands }) => commands.some((command) => takesAtStart(command, facts, set) === 'installs')),
  );
  const listed = source.literals.find(({ value }, at) => value === 'pip' && /^(install|wheel)$/.test(source.literals[at + 1]?.value ?? ''));
  const imported = [...source.imports].find(([name]) => /^pip(\.|$)/.test(name));
  const lines = [...installs.map(({ line }) => line), ...(listed ? [listed.line] : []), ...(imported ? [imported[1]] : [])];
  return [
    ...marked,
    ...lines.slice(0, 1).map((line): Compiling => ({ takes: 'installs', evidence: { file: source.file, line, note: 'installs packages while it runs' } })),
  ];
}

/** Names that a source gives itself: an FFI of cffi, a model of torch. */
function ownMarks({ code, imports }: PythonSource): [RegExp, Compiling['takes']][] {
  const libraries = [...code.matchAll(/\b(\w+)\s*=\s*(?:cffi\.)?FFI\(/g)].map((match) => match[1]);
  const torch = [...imports.keys()].some((name) => /^torch(\.|$)/.test(name)) && ![...imports.keys()].some((name) => /^(keras|tensorflow)(\.|$)/.test(name));
  return [
    ...libraries.map((name): [RegExp, Compiling['takes']] => [new RegExp(`\\b${name}\\.(?:verify|compile)\\(`), 'sources']),
    ...(torch ? [[/\b(?:self|net|module|\w*model)\.compile\(/, 'plain'] as [RegExp, Compiling['takes']]] : []),
  ];
}

function byPackages(set: PackageSet): Compiling[] {
  return set.packages.flatMap(({ name, evidence }) => {
    const takes = Object.hasOwn(PACKAGES, name) ? PACKAGES[name] : undefined;
    return takes ? [{ takes, evidence: { ...evidence, note: `${name} compiles while it runs` } }] : [];
  });
}
