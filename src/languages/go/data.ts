import { posix } from 'node:path';
import { within } from '../../effects/effect.ts';
import type { BuildContext, Decision, LabelledInstruction } from '../../types.ts';
import type { Facts } from '../language.ts';
import { dataEntries, holdsData, isDataFile } from './data-files.ts';
import { isThirdParty } from './linkage.ts';
import type { GoModule } from './modules.ts';
import { type NamedPaths, namedPaths } from './named-paths.ts';
import type { Opened } from './opens.ts';
import type { GoSource } from './sources.ts';

export interface DataFiles {
  /** By source index of a COPY: the paths of the context that the running program reads. */
  copies: Record<number, 'drop' | string[]>;
  decisions: Decision[];
  /** Absolute paths of the image that the program may read. */
  named: ReadonlySet<string>;
  /** Those of them that it opens and expects to be there. */
  expected: ReadonlySet<string>;
  /** It may read anything: paths are computed, or the whole working directory is served. */
  all: boolean;
}

/** Which files of the context the running program reads: those its string literals name, or all where it opens computed paths. */
export function findData(facts: Facts, sources: readonly GoSource[], module: GoModule | undefined, elsewhere: Reads['elsewhere']): DataFiles {
  const decisions: Decision[] = [];
  const cwd = facts.labelled.at(-1)?.state.cwd ?? '/';
  const written = sources.filter((source) => !/(\.pb(\.gw)?|\.qtpl|_templ|_easyjson)\.go$/.test(source.file));
  const named = namedPaths(facts, written, module);
  const opens = written.flatMap((source) => source.opens.map((open) => ({ file: source.file, ...open })));
  const guesses = foreignCalls(written, module);
  const computed = opens.find((open) => open.literal === undefined && guesses(open));
  const whole = opens.find((open) => isWhole(open.literal, cwd));
  const libraries = sources.some((source) => source.imports.includes('C') || source.imports.includes('plugin'));
  const copies: DataFiles['copies'] = {};
  for (const one of facts.labelled) {
    if (one.copy?.from !== 'context') continue;
    const kept = keptOf(one, { context: facts.context, cwd, named, computed: computed !== undefined, whole: whole !== undefined, libraries, elsewhere });
    if (kept === 'all') {
      if (whole) decisions.push({ code: 'data-kept', message: `${whole.file}:${whole.line} serves the whole working directory, so all of it is kept` });
      continue;
    }
    copies[one.index] = kept.length > 0 ? kept : 'drop';
    if (computed && kept.length > 0)
      decisions.push({
        code: 'data-kept',
        message: `${computed.file}:${computed.line} opens a path known only at run time, so the data files are kept: ${kept.slice(0, 6).join(', ')}`,
      });
  }
  const expected = [...named.paths].filter(([, naming]) => naming.expected).map(([path]) => path);
  return { copies, decisions, named: new Set(named.paths.keys()), expected: new Set(expected), all: computed !== undefined || whole !== undefined };
}

/** Whether a call that opens files by its name alone is one of another module: the program's own are read themselves. */
function foreignCalls(sources: readonly GoSource[], module: GoModule | undefined): (open: Opened) => boolean {
  const declared = new Set(sources.flatMap((source) => source.declares));
  const imports = sources.some((source) => source.imports.some((path) => isThirdParty(path, module)));
  return ({ guess }) => {
    if (!guess) return true;
    return guess.of === 'method' ? imports && !declared.has(guess.name) : isThirdParty(guess.of, module);
  };
}

function isWhole(literal: string | undefined, cwd: string): boolean {
  return literal !== undefined && (posix.resolve(cwd, literal) === cwd || literal === '/');
}

/** The paths of the context that a COPY keeps; 'all' where that is all it copies. */
function keptOf(one: LabelledInstruction, reads: Reads): string[] | 'all' {
  const copy = one.copy;
  if (!copy) return [];
  if (copy.placed.length > 0 && copy.placed.every(reads.elsewhere)) return 'all';
  if (copy.unpacks || (reads.whole && copy.placed.some((placed) => isServed(placed, reads.cwd)))) return 'all';
  const kept = outermost([...new Set(copy.placed.flatMap((placed) => (placed.kind === 'file' ? keptFile(placed, reads) : keptBelow(placed, reads))))].sort());
  return copy.placed.every((placed) => placed.kind === 'file' && kept.includes(placed.source)) ? 'all' : kept;
}

type Placed = NonNullable<LabelledInstruction['copy']>['placed'][number];

interface Reads {
  context: BuildContext;
  cwd: string;
  named: NamedPaths;
  /** It opens paths known only at run time. */
  computed: boolean;
  /** It serves the working directory. */
  whole: boolean;
  /** It may be linked to libraries of the context. */
  libraries: boolean;
  /** It is there for another program. */
  elsewhere(placed: Placed): boolean;
}

const LIBRARY = /\.so(\.[\d.]+)?$/;

function isServed(placed: Placed, cwd: string): boolean {
  return within(placed.path, cwd) ? placed.path !== cwd || placed.kind === 'directory' : placed.kind === 'directory' && within(cwd, placed.path);
}

function keptFile(placed: Placed, reads: Reads): string[] {
  const { named, computed, libraries, elsewhere } = reads;
  const isKept =
    elsewhere(placed) ||
    isNamed(placed.path, named) ||
    isBelowNamed(placed, reads) ||
    (computed && isDataFile(placed.source)) ||
    (libraries && LIBRARY.test(placed.source));
  return isKept ? [placed.source] : [];
}

function keptBelow(placed: Placed, reads: Reads): string[] {
  const { context, named, computed, libraries } = reads;
  if (reads.elsewhere(placed)) return [placed.source];
  if (isBelowNamed(placed, reads) && holdsData(context, placed.source, false)) return [placed.source];
  const inside = libraries ? (context.files() ?? []).filter((file) => LIBRARY.test(file) && (placed.source === '' || within(file, placed.source))) : [];
  return [
    ...namedBelow(placed, named, context),
    ...withExtensions(named, placed, context),
    ...inside,
    ...(computed ? dataEntries(context, placed.source) : []),
  ];
}

/** What of a copied directory is named, and the directories that named files are yet to be made in. */
function namedBelow(placed: Placed, named: NamedPaths, context: BuildContext): string[] {
  const found = (path: string, opened: boolean): string[] => {
    const source = sourceBelow(path, placed);
    return source !== undefined && source !== '' && context.kind(source) !== undefined && holdsData(context, source, opened) ? [source] : [];
  };
  const isThere = (path: string) => {
    const source = sourceBelow(path, placed);
    return source === undefined || context.kind(source) !== undefined;
  };
  const missing = [...named.parents].filter(([, paths]) => paths.some((path) => !isThere(path))).map(([parent]) => parent);
  return [...[...named.paths].flatMap(([path, { opened }]) => found(path, opened)), ...missing.flatMap((parent) => found(parent, false))];
}

/** A part of a named directory, but of no directory that the program works in. */
function isBelowNamed(placed: Placed, { named, cwd }: Reads): boolean {
  for (let path = posix.dirname(placed.path); path !== '/'; path = posix.dirname(path)) {
    if (!within(cwd, path) && named.paths.has(path)) return true;
  }
  return false;
}

/** Viper and the like name `config` and mean config.yaml; what looks like a file may be a link to a named directory. */
function isNamed(path: string, { paths }: NamedPaths): boolean {
  const isSetting = /\.(ya?ml|json|toml|ini|env|properties)$/.test(path);
  return paths.has(path) || [...paths.keys()].some((one) => one.startsWith(`${path}/`) || (isSetting && path.startsWith(`${one}.`)));
}

function sourceBelow(path: string, placed: { path: string; source: string }): string | undefined {
  const below =
    placed.path === '/' ? path.slice(1) : path === placed.path ? '' : path.startsWith(`${placed.path}/`) ? path.slice(placed.path.length + 1) : undefined;
  return below === undefined ? undefined : posix.join(placed.source, below).replace(/^\.$/, '');
}

/** Viper and the like name `config` and mean config.yaml. */
function withExtensions(named: NamedPaths, placed: { path: string; source: string }, context: BuildContext): string[] {
  const found: string[] = [];
  for (const path of named.paths.keys()) {
    const source = sourceBelow(path, placed);
    if (source === undefined || source === '' || posix.extname(source) !== '') continue;
    for (const extension of ['yaml', 'yml', 'json', 'toml', 'ini', 'env', 'properties']) {
      if (context.kind(`${source}.${extension}`) === 'file') found.push(`${source}.${extension}`);
    }
  }
  return found;
}

function outermost(paths: string[]): string[] {
  return paths.filter((path) => !paths.some((other) => other !== path && path.startsWith(`${other}/`)));
}
