import { within } from '../effects/effect.ts';
import { oncePer } from '../effects/once.ts';
import { Stop } from '../errors.ts';
import type { LanguagePlan } from '../languages/language.ts';
import type { Artifact, Effect, LabelledInstruction, LabelledSegment, PathWrite } from '../types.ts';
import { givenBy, givesAwayPart, ownerAfter, ownerOf } from './owners.ts';
import { isLeftBehind } from './throwaway.ts';

/** Actions whose outcome cannot be had again in the final stage without what the builder has. */
const PRODUCES = new Set(['copy', 'download']);

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
  const found: Artifact[] = [];
  const cwd = labelled.at(-1)?.state.cwd ?? '/';
  const built = compiledPaths(labelled);
  const links = new Set<string>();
  for (const writer of writersOf(labelled)) {
    follow(links, writer.effect);
    if (writer.effect.action === 'remove') forget(found, writer);
    else if (crossesOver(writer, found, bare)) produce(found, writer, { plan, cwd, labelled, links });
  }
  for (const { path, after } of plan.generated) found.push({ from: path, to: path, after, kind: 'tree', why: 'made by the build and read at run time' });
  const merged = found
    .filter(
      (one, at) => !found.some((other, place) => other !== one && holds(other, one, place > at) && (one.from === other.from || one.owner === other.owner)),
    )
    .map((one) => withOrigin(one, found, built));
  for (const artifact of merged) touch(artifact, labelled);
  return partsLast(merged);
}

/** COPY --chown gives a whole tree to one user: a part that another one made is copied once more, over it. */
function partsLast(artifacts: readonly Artifact[]): Artifact[] {
  const holdersOf = (one: Artifact) => artifacts.filter((other) => other !== one && other.from !== one.from && holds(other, one, false));
  const whole = artifacts.filter((one) => holdersOf(one).length === 0);
  const parts = artifacts.flatMap((one) => {
    const holders = holdersOf(one);
    const after = Math.max(one.after, ...holders.map((holder) => holder.after));
    return holders.some(({ owner }) => owner !== one.owner) ? [{ ...one, after }] : [];
  });
  return [...whole, ...parts];
}

/** Whether what a command makes has to come from the builder. */
function crossesOver({ effect, builds }: Writer, found: readonly Artifact[], bare: boolean): boolean {
  if (effect.role === 'build' || PRODUCES.has(effect.action ?? '')) return true;
  return (bare || builds) && (makesFiles(effect) || linksTo(found, effect));
}

/** The paths that compilers write, and those that these are copied or moved to. */
function compiledPaths(labelled: readonly LabelledInstruction[]): string[] {
  const built: string[] = [];
  for (const { effect } of writersOf(labelled)) {
    if (COMPILES.has(effect.action ?? '') || copiesOf(effect, built)) built.push(...effect.writes.map(({ path }) => path));
  }
  return built;
}

/** What is copied or moved of what was compiled links to the same. */
function copiesOf({ action, reads }: Effect, built: readonly string[]): boolean {
  return action === 'copy' && reads.some((read) => built.some((path) => within(read, path) || within(path, read)));
}

/** Where a file comes from holds whatever else names it. */
function withOrigin(artifact: Artifact, found: readonly Artifact[], built: readonly string[]): Artifact {
  const same = found.filter(({ from }) => from === artifact.from);
  return {
    ...artifact,
    ...(same.some(({ foreign }) => foreign) && { foreign: true }),
    ...((same.some(({ compiled }) => compiled) || built.includes(artifact.from)) && { compiled: true }),
  };
}

/** Whether an artifact brings another one along. */
function holds(other: Artifact, one: Artifact, isLater: boolean): boolean {
  if (one.from === other.from) return isLater && (one.kind === other.kind || other.kind === 'tree');
  return other.kind === 'tree' && within(one.from, other.from);
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
  links: ReadonlySet<string>;
}

/** Keeps count of the links that there are. */
function follow(links: Set<string>, { action, writes, command }: Effect): void {
  const isLink = action === 'link' && command?.args.some(({ value }) => /^(-[a-zA-Z]*s[a-zA-Z]*|--symbolic)$/.test(value));
  for (const { path } of writes) {
    if (isLink) links.add(path);
    else if (action === 'remove') for (const link of links) if (within(link, path)) links.delete(link);
  }
}

/** COPY takes what a link points to for a directory of its own, and the place that it points to would stay empty. */
function stopAtLink({ path, kind }: PathWrite, links: ReadonlySet<string>): void {
  const link = [...links].find((one) => within(path, one) && (path !== one || kind === 'tree'));
  if (link === undefined) return;
  throw new Stop('layout-unknown', {
    why: `${path} is written through the link ${link}, so that it is not known where it lies`,
    advice: 'Name the directory that the link points to.',
  });
}

function produce(found: Artifact[], writer: Writer, place: Place): void {
  if (writer.effect.action === 'copy') for (const read of writer.effect.reads) moved(found, read, writer);
  for (const write of writer.effect.writes) {
    if (write.edited && writer.effect.action !== 'edit') continue;
    if (!place.plan.outputs.includes(write.path) && staysBehind(write, writer.effect, place)) continue;
    if (write.path === '/') throw new Stop('tree-is-root', { command: writer.effect.command?.name ?? writer.effect.why, directory: '/' });
    stopAtLink(write, place.links);
    found.push(artifactOf(write, writer));
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

/** Whether a part of a RUN (a script, a target of make) builds something. */
export function alsoBuilds(part: LabelledSegment): boolean {
  return part.effects.some((effect) => effect.role === 'build');
}

/** Whether an effect is nothing but files, which can cross in the place of being made again. */
export function makesFiles(effect: Effect): boolean {
  return (
    effect.role === 'both' &&
    !effect.packages &&
    effect.action !== 'link' &&
    effect.action !== 'chmod' &&
    effect.action !== 'chown' &&
    effect.action !== 'chgrp'
  );
}

/** A directory made below the one that the program runs in is there for the program to write into. */
export function isRuntimeDirectory(effect: Effect, write: PathWrite, cwd: string): boolean {
  return (effect.action === 'make-directory' || effect.action === 'link') && write.path !== cwd && within(write.path, cwd) && cwd !== '/';
}

/** COPY follows a link, so one to a file that crosses is a copy of it. */
function linksTo(found: readonly Artifact[], effect: Effect): boolean {
  return effect.action === 'link' && effect.reads.some((read) => found.some((artifact) => artifact.kind === 'file' && artifact.from === read));
}

/** `mv` takes what it moves away; `cp` leaves it. */
function moved(found: Artifact[], path: string, writer: Writer): void {
  if (writer.effect.why.startsWith('moves')) forget(found, { ...writer, effect: { ...writer.effect, writes: [{ path, kind: 'tree' }] } });
}

function forget(found: Artifact[], writer: Writer): void {
  for (const write of writer.effect.writes) {
    if (write.path === '/') continue;
    for (let at = found.length - 1; at >= 0; at--) {
      if (within((found[at] as Artifact).from, write.path)) found.splice(at, 1);
    }
  }
}

/** What later commands do to an artifact (mode, owner, edits, removals within) has to be done before it crosses. */
function touch(artifact: Artifact, labelled: readonly LabelledInstruction[]): void {
  for (const { index, effect } of writersOf(labelled)) {
    // What is done again in the final stage is done there after the copy.
    if (index < artifact.after || effect.role === 'runtime') continue;
    for (const write of effect.writes) touchBy(artifact, effect, write, index);
  }
}

function touchBy(artifact: Artifact, effect: Effect, write: PathWrite, index: number): void {
  const covers = write.kind === 'tree' && write.path !== '/' && within(artifact.from, write.path);
  if ((!covers && !within(write.path, artifact.from)) || givesAwayPart(effect, write, artifact)) return;
  artifact.after = index;
  const given = covers || write.path === artifact.from ? givenBy(effect) : undefined;
  if (given) setOwner(artifact, ownerAfter(artifact.owner, given));
}

function setOwner(artifact: Artifact, owner: string | undefined): void {
  if (owner === undefined) delete artifact.owner;
  else artifact.owner = owner;
}

/** Whether a RUN's write lands in something that crosses later. */
export function crosses(write: PathWrite, index: number, artifacts: readonly Artifact[]): boolean {
  return artifacts.some((artifact) => artifact.after >= index && within(write.path, artifact.from));
}

/** Whether a tree crosses that a path is in or above. */
export function meetsTree(path: string, artifacts: readonly Artifact[]): boolean {
  return artifacts.some(({ from, kind }) => kind === 'tree' && (within(path, from) || within(from, path)));
}

/**
 * Where an artifact may stand at the earliest: what is seen first to make it, after whatever empties the place, and after
 * the accounts that it is given to. Later edits of it are the builder's, and may come early.
 */
export function firstMade(artifact: Artifact, labelled: readonly LabelledInstruction[]): { index: number; start: number } {
  let made: { index: number; start: number } | undefined;
  let earliest = 0;
  for (const { index, segment, effects } of partsOf(labelled)) {
    if (index <= artifact.after && effects.some((effect) => comesBefore(effect, artifact))) [made, earliest] = [undefined, index + 1];
    if (effects.some((effect) => makesOf(effect, artifact))) made ??= { index: Math.max(index, earliest), start: index < earliest ? -1 : segment.start };
  }
  return made ?? { index: Math.max(earliest, artifact.after), start: -1 };
}

const partsOf = oncePer((labelled: readonly LabelledInstruction[]) =>
  labelled.flatMap(({ index, segments }) => (segments ?? []).map((part) => ({ index, ...part }))),
);

function comesBefore(effect: Effect, { from, owner }: Artifact): boolean {
  if (effect.action === 'remove') return effect.writes.some(({ path }) => path !== '/' && (within(path, from) || within(from, path)));
  return owner !== undefined && (effect.users !== undefined || effect.action === 'account' || effect.packages !== undefined);
}

function makesOf(effect: Effect, { from }: Artifact): boolean {
  if (effect.role !== 'build' && !PRODUCES.has(effect.action ?? '') && !makesFiles(effect)) return false;
  return !['remove', 'make-directory'].includes(effect.action ?? '') && effect.writes.some(({ path }) => within(path, from) || within(from, path));
}
