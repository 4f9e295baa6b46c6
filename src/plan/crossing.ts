import { alsoBuilds, makesFiles, within } from '../effects/effect.ts';
import { oncePer } from '../effects/once.ts';
import { atOrAbove, byPath, clearBelow, newShelf, type PathMap, putOn, type Shelf, upwards } from '../effects/path-index.ts';
import { Stop } from '../errors.ts';
import type { LanguagePlan } from '../languages/language.ts';
import type { Artifact, Effect, LabelledInstruction, PathWrite } from '../types.ts';
import { ownerOf } from './owners.ts';
import { isLeftBehind } from './throwaway.ts';
import { touch } from './touch.ts';

/** Actions whose outcome cannot be had again in the final stage without what the builder has. */
export const PRODUCES = new Set(['copy', 'download']);

const COMPILES = new Set(['compile', 'install-built', 'cargo-install']);

interface Writer {
  index: number;
  effect: Effect;
  user: string;
  /** The part of the RUN that it belongs to builds as well, and so stays behind as a whole. */
  builds: boolean;
}

/**
 * The paths that RUN instructions make and that have to cross into the final stage. What a later command removes, what a
 * throw-away place holds, and what lies in a directory that only the build needs, stays behind. With `bare` the final stage
 * has no shell: files that a command makes cross instead of being made again.
 */
export function findArtifacts(
  labelled: readonly LabelledInstruction[],
  plan: Pick<LanguagePlan, 'buildOnly' | 'outputs' | 'generated'>,
  bare: boolean,
): Artifact[] {
  const shelf = newShelf<Artifact>();
  const cwd = labelled.at(-1)?.state.cwd ?? '/';
  const built = compiledPaths(labelled);
  const links = newShelf<string>();
  for (const writer of writersOf(labelled)) {
    follow(links, writer.effect);
    if (writer.effect.action === 'remove') forget(shelf, writer.effect.writes);
    else if (crossesOver(writer, shelf, bare)) produce(shelf, writer, { plan, cwd, labelled, links });
  }
  const found = [...shelf.items];
  for (const { path, after } of plan.generated) found.push({ from: path, to: path, after, kind: 'tree', why: 'made by the build and read at run time' });
  const places = byPath(found, ({ from }) => from);
  const foreign = new Set(found.flatMap((one) => (one.foreign ? upwards(one.from) : [])));
  const merged = found.filter((one) => !isBrought(one, places)).map((one) => withOrigin(one, places.get(one.from) ?? [], foreign, built));
  for (const artifact of merged) touch(artifact, labelled);
  return partsLast(merged);
}

/** Whether a later artifact of the same place, or a directory around it, brings this one along. */
function isBrought(one: Artifact, found: PathMap<Artifact>): boolean {
  const last = found.get(one.from)?.findLast(({ kind }) => kind === one.kind || kind === 'tree');
  return last !== one || treesAround(one, found).some(({ owner }) => owner === one.owner);
}

function treesAround(one: Artifact, found: PathMap<Artifact>): Artifact[] {
  return atOrAbove(found, one.from).filter(({ from, kind }) => kind === 'tree' && from !== one.from);
}

/** COPY --chown gives a whole tree to one user: a part that another one made is copied once more, over it. */
function partsLast(artifacts: readonly Artifact[]): Artifact[] {
  const places = byPath(artifacts, ({ from }) => from);
  const whole: Artifact[] = [];
  const parts: Artifact[] = [];
  for (const one of artifacts) {
    const holders = treesAround(one, places);
    if (holders.length === 0) whole.push(one);
    else if (holders.some(({ owner }) => owner !== one.owner)) parts.push({ ...one, after: Math.max(one.after, ...holders.map(({ after }) => after)) });
  }
  return [...whole, ...parts];
}

/** Whether what a command makes has to come from the builder. */
function crossesOver({ effect, builds }: Writer, found: Shelf<Artifact>, bare: boolean): boolean {
  if (effect.role === 'build' || PRODUCES.has(effect.action ?? '')) return true;
  return (bare || builds) && (makesFiles(effect) || linksTo(found, effect));
}

/** The paths that compilers write, and those that these are copied or moved to. */
function compiledPaths(labelled: readonly LabelledInstruction[]): Set<string> {
  const built: Built = { paths: new Set(), around: new Set() };
  for (const { effect } of writersOf(labelled)) {
    if (!COMPILES.has(effect.action ?? '') && !copiesOf(effect, built)) continue;
    for (const { path } of effect.writes) {
      built.paths.add(path);
      for (const directory of upwards(path)) built.around.add(directory);
    }
  }
  return built.paths;
}

/** What was compiled, and the directories that hold some of it. */
interface Built {
  paths: Set<string>;
  around: Set<string>;
}

/** What is copied or moved of what was compiled links to the same. */
function copiesOf({ action, reads }: Effect, { paths, around }: Built): boolean {
  return action === 'copy' && reads.some((read) => around.has(read) || upwards(read).some((path) => paths.has(path)));
}

/** Where a file comes from holds whatever else names it; a tree is as foreign as what is put into it. */
function withOrigin(artifact: Artifact, same: readonly Artifact[], foreign: ReadonlySet<string>, built: ReadonlySet<string>): Artifact {
  return {
    ...artifact,
    ...(foreign.has(artifact.from) && { foreign: true }),
    ...((same.some(({ compiled }) => compiled) || built.has(artifact.from)) && { compiled: true }),
  };
}

const writersOf = oncePer((labelled: readonly LabelledInstruction[]): readonly Writer[] =>
  labelled
    .filter(({ role }) => role !== 'neutral')
    .flatMap(({ index, state, segments }) =>
      (segments ?? []).flatMap((segment) => segment.effects.map((effect) => ({ index, effect, user: state.user, builds: alsoBuilds(segment) }))),
    ),
);

interface Place {
  plan: Pick<LanguagePlan, 'buildOnly' | 'outputs'>;
  /** The directory that the program runs in. */
  cwd: string;
  labelled: readonly LabelledInstruction[];
  /** The links that were made before. */
  links: Shelf<string>;
}

/** Keeps count of the links that there are. */
function follow(links: Shelf<string>, { action, writes, command }: Effect): void {
  const isLink = action === 'link' && command?.args.some(({ value }) => /^(-[a-zA-Z]*s[a-zA-Z]*|--symbolic)$/.test(value));
  for (const { path } of writes) {
    if (isLink) putOn(links, path, path);
    else if (action === 'remove') clearBelow(links, path);
  }
}

/** COPY takes what a link points to for a directory of its own, and the place that it points to would stay empty. */
function stopAtLink({ path, kind }: PathWrite, links: ReadonlySet<string>): void {
  const passed = upwards(path).filter((one) => links.has(one) && (path !== one || kind === 'tree'));
  if (passed.length === 0) return;
  const link = [...links].find((one) => passed.includes(one));
  throw new Stop('layout-unknown', {
    why: `${path} is written through the link ${link}, so that it is not known where it lies`,
    advice: 'Name the directory that the link points to.',
  });
}

function produce(found: Shelf<Artifact>, writer: Writer, place: Place): void {
  // `mv` takes what it moves away; `cp` leaves it.
  if (writer.effect.action === 'copy' && writer.effect.why.startsWith('moves'))
    forget(
      found,
      writer.effect.reads.map((path) => ({ path })),
    );
  for (const write of writer.effect.writes) {
    if (write.edited && writer.effect.action !== 'edit') continue;
    if (!place.plan.outputs.includes(write.path) && staysBehind(write, writer.effect, place)) continue;
    if (write.path === '/') throw new Stop('tree-is-root', { command: writer.effect.command?.name ?? writer.effect.why, directory: '/' });
    stopAtLink(write, place.links.items);
    putOn(found, write.path, artifactOf(write, writer));
  }
}

function artifactOf(write: PathWrite, { effect, index, user: runner }: Writer): Artifact {
  const owner = ownerOf(effect, runner);
  return {
    from: write.path,
    to: write.path,
    after: index,
    kind: write.kind,
    why: effect.why,
    ...(effect.action === 'download' && { foreign: true }),
    ...(COMPILES.has(effect.action ?? '') && { compiled: true }),
    ...(owner !== undefined && { owner }),
  };
}

function staysBehind(write: PathWrite, effect: Effect, { plan, cwd, labelled }: Place): boolean {
  if (write.disposable || isLeftBehind(write, effect, labelled)) return true;
  return !isRuntimeDirectory(effect, write, cwd) && plan.buildOnly.some((directory) => within(write.path, directory));
}

/** A directory made below the one that the program runs in is there for the program to write into. */
export function isRuntimeDirectory(effect: Effect, write: PathWrite, cwd: string): boolean {
  return (effect.action === 'make-directory' || effect.action === 'link') && write.path !== cwd && within(write.path, cwd) && cwd !== '/';
}

/** COPY follows a link, so one to a file that crosses is a copy of it. */
function linksTo({ items, below }: Shelf<Artifact>, { action, reads }: Effect): boolean {
  const isFile = (one: Artifact, path: string) => one.kind === 'file' && one.from === path && items.has(one);
  return action === 'link' && reads.some((read) => below.get(read)?.some((one) => isFile(one, read)));
}

function forget(found: Shelf<Artifact>, gone: readonly { path: string }[]): void {
  for (const { path } of gone) if (path !== '/') clearBelow(found, path);
}
