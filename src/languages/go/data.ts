import { posix } from 'node:path';
import { within } from '../../effects/effect.ts';
import { describeGoModule } from '../../knowledge/go-modules.ts';
import type { BuildContext, Decision, LabelledInstruction, ShellCommand } from '../../types.ts';
import type { Facts } from '../language.ts';
import type { GoModule } from './modules.ts';
import type { GoSource } from './sources.ts';

export interface DataFiles {
  /** By source index of a COPY: the paths of the context that the running program reads. */
  copies: Record<number, 'drop' | string[]>;
  decisions: Decision[];
  /** Absolute paths of the image that the program may read. */
  named: ReadonlySet<string>;
  /** It may read anything: paths are computed, or the whole working directory is served. */
  all: boolean;
}

const NOT_DATA =
  /(^|\/)(\.git|\.github|\.gitlab|\.idea|\.vscode|\.circleci|vendor|testdata|node_modules|docs?)(\/|$)|\.go$|_test\.|(^|\/)(go\.(mod|sum|work|work\.sum)|Gopkg\.(toml|lock)|Dockerfile[^/]*|[^/]*\.[Dd]ockerfile|Containerfile|\.dockerignore|\.gitignore|\.gitattributes|\.gitmodules|\.editorconfig|\.golangci\.ya?ml|\.travis\.yml|\.goreleaser\.ya?ml|docker-compose[^/]*|compose\.ya?ml|Makefile|Jenkinsfile|LICENSE[^/]*|NOTICE|CODEOWNERS|[^/]*\.(md|proto|mk|mod|sum|s|c|h|cc|cpp))$/i;

/** Which files of the context the running program reads: those its string literals name, or all where it opens computed paths. */
export function findData(facts: Facts, sources: readonly GoSource[], module: GoModule | undefined): DataFiles {
  const decisions: Decision[] = [];
  const cwd = facts.labelled.at(-1)?.state.cwd ?? '/';
  const written = sources.filter((source) => !/\.pb(\.gw)?\.go$/.test(source.file));
  const named = namedPaths(facts, written, module);
  const computed = written.flatMap((source) => source.opens.filter((open) => open.literal === undefined).map((open) => ({ file: source.file, ...open })))[0];
  const whole = sources.flatMap((source) => source.opens.filter((open) => isWhole(open.literal, cwd)).map((open) => ({ file: source.file, ...open })))[0];
  const copies: DataFiles['copies'] = {};
  for (const one of facts.labelled) {
    if (one.copy?.from !== 'context') continue;
    const kept = keptOf(one, { context: facts.context, cwd, named, computed: computed !== undefined, whole: whole !== undefined });
    if (kept === 'all') {
      if (whole) decisions.push({ code: 'data-kept', message: `${whole.file}:${whole.line} serves the whole working directory, so all of it is kept` });
      continue;
    }
    copies[one.index] = kept.length > 0 ? kept : 'drop';
    if (computed && kept.length > 0) decisions.push({ code: 'data-kept', message: `${computed.file}:${computed.line} opens a path known only at run time, so the data files are kept: ${kept.slice(0, 6).join(', ')}` });
  }
  return { copies, decisions, named, all: computed !== undefined || whole !== undefined };
}

function isWhole(literal: string | undefined, cwd: string): boolean {
  return literal !== undefined && (posix.resolve(cwd, literal) === cwd || literal === '/');
}

/** Absolute image paths that literals, the start command and known libraries name. */
function namedPaths(facts: Facts, sources: readonly GoSource[], module: GoModule | undefined): Set<string> {
  const cwd = facts.labelled.at(-1)?.state.cwd ?? '/';
  const embeds = sources.flatMap((source) => source.embeds.map((pattern) => posix.join(posix.dirname(source.file), pattern.replace(/\/?\*.*$/, ''))));
  const opened = new Set(sources.flatMap((source) => source.opens.map((open) => open.literal)));
  const isEmbedded = (path: string) => embeds.some((embed) => path === embed || path.startsWith(`${embed}/`));
  const words = sources.flatMap((source) => {
    const beside = (plain: string) => posix.join(posix.dirname(source.file), plain);
    const literals = source.literals.flatMap(({ value }) => {
      const plain = plainPath(value);
      return plain !== undefined && (opened.has(value) || !isEmbedded(beside(plain))) ? [plain] : [];
    });
    return [...literals, ...source.opens.flatMap(({ literal }) => (literal === undefined ? [] : (plainPath(literal) ?? [])))];
  });
  const fromStart = facts.start.commands.flatMap((command: ShellCommand) => [command.name, ...command.args.map((word) => word.value.replace(/^-+[\w-]+=/, ''))]);
  const libraries = (module?.requires ?? []).flatMap((path) => describeGoModule(path)?.files ?? []);
  return new Set([...words, ...fromStart, ...libraries].filter((word) => word !== '' && word.length < 300).map((word) => posix.resolve(cwd, word)));
}

/** `file://migrations` → `migrations`, `templates/*.html` → `templates`; undefined for what cannot be a path. */
function plainPath(value: string): string | undefined {
  const bare = value.replace(/^file:\/\//, '').replace(/\/[^/]*[*?[].*$/, '').replace(/\/+$/, '');
  return /^[\w@.+,~/ -]+$/.test(bare) && !/^\d+$/.test(bare) && !['.', '..', '/', ''].includes(bare) ? bare : undefined;
}

/** The paths of the context that a COPY keeps; 'all' where that is all it copies. */
function keptOf(one: LabelledInstruction, reads: Reads): string[] | 'all' {
  const copy = one.copy;
  if (!copy) return [];
  if (copy.unpacks || (reads.whole && copy.placed.some((placed) => isServed(placed, reads.cwd)))) return 'all';
  const kept = outermost([...new Set(copy.placed.flatMap((placed) => (placed.kind === 'file' ? keptFile(placed, reads) : keptBelow(placed, reads))))].sort());
  return copy.placed.every((placed) => placed.kind === 'file' && kept.includes(placed.source)) ? 'all' : kept;
}

type Placed = NonNullable<LabelledInstruction['copy']>['placed'][number];

interface Reads {
  context: BuildContext;
  cwd: string;
  named: ReadonlySet<string>;
  /** It opens paths known only at run time. */
  computed: boolean;
  /** It serves the working directory. */
  whole: boolean;
}

function isServed(placed: Placed, cwd: string): boolean {
  return within(placed.path, cwd) ? placed.path !== cwd || placed.kind === 'directory' : placed.kind === 'directory' && within(cwd, placed.path);
}

function keptFile(placed: Placed, { named, computed }: Reads): string[] {
  return isNamed(placed.path, named) || (computed && !NOT_DATA.test(placed.source)) ? [placed.source] : [];
}

function keptBelow(placed: Placed, { context, named, computed }: Reads): string[] {
  const literal = [...named].flatMap((path) => {
    const found = sourceBelow(path, placed);
    return found !== undefined && found !== '' && context.kind(found) !== undefined && isData(context, found) ? [found] : [];
  });
  return [...literal, ...withExtensions(named, placed, context), ...(computed ? dataEntries(context, placed.source) : [])];
}

function isNamed(path: string, named: ReadonlySet<string>): boolean {
  return named.has(path) || [...named].some((one) => one.startsWith(`${path}/`) || (path.startsWith(`${one}.`) && /\.(ya?ml|json|toml|ini|env|properties)$/.test(path)));
}

function sourceBelow(path: string, placed: { path: string; source: string }): string | undefined {
  const below = placed.path === '/' ? path.slice(1) : path === placed.path ? '' : path.startsWith(`${placed.path}/`) ? path.slice(placed.path.length + 1) : undefined;
  return below === undefined ? undefined : posix.join(placed.source, below).replace(/^\.$/, '');
}

/** A named directory with nothing but Go sources is a package, not data. */
function isData(context: BuildContext, path: string): boolean {
  if (context.kind(path) === 'file') return !/\.go$/.test(path) && !/(^|\/)go\.(mod|sum)$/.test(path);
  const inside = (context.files() ?? []).filter((file) => file.startsWith(`${path}/`));
  return inside.some((file) => !NOT_DATA.test(file.slice(path.length + 1)));
}

/** Viper and the like name `config` and mean config.yaml. */
function withExtensions(named: ReadonlySet<string>, placed: { path: string; source: string }, context: BuildContext): string[] {
  const found: string[] = [];
  for (const path of named) {
    const source = sourceBelow(path, placed);
    if (source === undefined || source === '' || posix.extname(source) !== '') continue;
    for (const extension of ['yaml', 'yml', 'json', 'toml', 'ini', 'env', 'properties']) {
      if (context.kind(`${source}.${extension}`) === 'file') found.push(`${source}.${extension}`);
    }
  }
  return found;
}

/** The outermost entries of a directory that hold anything but sources and what surrounds them. */
function dataEntries(context: BuildContext, directory: string): string[] {
  const prefix = directory === '' ? '' : `${directory}/`;
  const found = new Map<string, boolean>();
  for (const file of context.files() ?? []) {
    if (!file.startsWith(prefix)) continue;
    const below = file.slice(prefix.length);
    const entry = below.split('/')[0] ?? below;
    const data = !NOT_DATA.test(below);
    if (data) found.set(`${prefix}${entry}`, true);
  }
  return [...found.keys()];
}

function outermost(paths: string[]): string[] {
  return paths.filter((path) => !paths.some((other) => other !== path && path.startsWith(`${other}/`)));
}
