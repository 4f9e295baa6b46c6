import { posix } from 'node:path';
import { downloadedTrees, within } from '../../effects/effect.ts';
import type { Facts } from '../../languages/language.ts';
import type { Effect } from '../../types.ts';
import { isNamed } from './named.ts';

/** A command of a RUN that builds. */
export interface Build {
  index: number;
  line: number;
  effect: Effect;
  /** Directory that it runs in. */
  cwd: string | undefined;
}

/** The commands that build: they configure, compile, or install what was compiled. */
export function findBuilds(facts: Facts): Build[] {
  return facts.labelled.flatMap(({ index, segments }) =>
    (segments ?? []).flatMap(({ effects }) =>
      effects.flatMap((effect): Build[] =>
        effect.role === 'build' ? [{ index, line: facts.source.instructions[index]?.line ?? 1, effect, cwd: effect.command?.cwd }] : [],
      ),
    ),
  );
}

/**
 * Directories that hold nothing but what a program was built from: `make install` or the like took out of them what is
 * wanted, and neither the start command nor the configuration names them.
 */
export function sourceDirectories(facts: Facts, builds: readonly Build[]): string[] {
  const installs = builds.filter(({ effect }) => effect.action === 'install-built');
  const roots = builds
    .filter(({ effect }) => effect.action !== 'install-built')
    .flatMap(({ effect }) => effect.writes.filter(({ kind }) => kind === 'tree').map(({ path }) => path));
  const copied = facts.labelled.flatMap(({ copy }) =>
    copy?.from === 'context' ? copy.placed.filter(({ kind, path }) => kind === 'directory' && roots.some((root) => within(root, path))) : [],
  );
  const own = copied.filter((placed) => !isCompiledIn(placed, facts)).map(({ path }) => path);
  const sources = [...new Set([...roots, ...downloadedTrees(facts.labelled), ...own])].filter(
    (path) => !SHARED.has(path) && !copied.some((placed) => within(path, placed.path) && !own.includes(placed.path)),
  );
  return sources.filter((path) => installs.some((install) => takesFrom(install, path)) && !isNamed(path, facts));
}

/** Whether the sources tell the program where they are: by their path, or by a definition that holds it. */
function isCompiledIn({ path, source }: { path: string; source: string }, { context }: Facts): boolean {
  const files = context.files()?.filter((file) => (source === '' || file.startsWith(`${source}/`)) && TELLS.test(file));
  return !files || files.length > MOST_FILES || files.some((file) => [path, ...PLACE_MARKS].some((mark) => context.read(file)?.includes(mark) ?? true));
}

const MOST_FILES = 3000;
const PLACE_MARKS =
  'SOURCE_DIR} BINARY_DIR} LIST_DIR} __FILE__ $(PWD) $(CURDIR) $(shell abs_srcdir abs_top_srcdir abs_builddir source_root build_root abspath realpath'.split(
    ' ',
  );
const TELLS = /\.(c|cc|cpp|cxx|h|hh|hpp|hxx|in|cmake|ac|am|mk|pro|build)$|(^|\/)(CMakeLists\.txt|[Mm]akefile|configure)$/;

/** Whether an install takes its files from a directory, and puts none of them there. */
function takesFrom({ cwd, effect }: Build, path: string): boolean {
  const apart = !effect.writes.some((write) => within(write.path, path) || within(path, write.path));
  return apart && installedFrom(cwd, effect).some((directory) => within(directory, path));
}

/** Where an install takes from: the directory it runs in, or one that its words name (`make -C DIR install`). */
function installedFrom(cwd: string | undefined, { command }: Effect): string[] {
  const named = (command?.args ?? []).filter(({ known, value }) => known && value.startsWith('/')).map(({ value }) => posix.normalize(value));
  return [...(cwd === undefined ? [] : [cwd]), ...named];
}

/** Directories of the system: what a build wrote there cannot be told from what was there before. */
export const SHARED = new Set([
  '/',
  '/bin',
  '/sbin',
  '/lib',
  '/lib64',
  '/etc',
  '/usr',
  '/usr/bin',
  '/usr/sbin',
  '/usr/lib',
  '/usr/share',
  '/usr/include',
  '/var',
  '/var/lib',
  '/run',
  '/boot',
  '/dev',
]);
