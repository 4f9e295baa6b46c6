import { within } from '../effects/effect.ts';
import { Stop } from '../errors.ts';
import type { LanguagePlan } from '../languages/language.ts';
import type { Artifact, Effect, LabelledInstruction, LabelledSegment, PathWrite } from '../types.ts';
import { isThrowaway } from './throwaway.ts';

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
  for (const writer of writersOf(labelled)) {
    if (writer.effect.action === 'remove') forget(found, writer);
    else if (crossesOver(writer, found, bare)) produce(found, writer, plan, cwd);
  }
  for (const { path, after } of plan.generated) found.push({ from: path, to: path, after, kind: 'tree', why: 'made by the build and read at run time' });
  const merged = found
    .filter((one, at) => !found.some((other, place) => other !== one && holds(other, one, place > at)))
    .map((one) => withOrigin(one, found, built));
  for (const artifact of merged) touch(artifact, labelled);
  return merged.filter((artifact) => artifact.from !== '');
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

function* writersOf(labelled: readonly LabelledInstruction[]): Generator<Writer> {
  for (const { index, state, role, segments } of labelled) {
    if (role === 'neutral') continue;
    for (const segment of segments ?? []) for (const effect of segment.effects) yield { index, effect, user: state.user, builds: alsoBuilds(segment) };
  }
}

function produce(found: Artifact[], writer: Writer, plan: Pick<LanguagePlan, 'buildOnly' | 'outputs'>, cwd: string): void {
  if (writer.effect.action === 'copy') for (const read of writer.effect.reads) moved(found, read, writer);
  for (const write of writer.effect.writes) {
    if (write.edited && writer.effect.action !== 'edit') continue;
    if (!plan.outputs.includes(write.path) && staysBehind(write, writer.effect, plan, cwd)) continue;
    if (write.path === '/') throw new Stop('tree-is-root', { command: writer.effect.command?.name ?? writer.effect.why, directory: '/' });
    found.push(artifactOf(write, writer));
  }
}

function artifactOf(write: PathWrite, { effect, index, user: runner }: Writer): Artifact {
  const user = effect.owner ?? runner;
  const owner = user === '' || user === 'root' || user === '0' ? undefined : user;
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

function staysBehind(write: PathWrite, effect: Effect, plan: Pick<LanguagePlan, 'buildOnly'>, cwd: string): boolean {
  if (write.disposable || (isThrowaway(write.path) && !isForServer(write.path, effect))) return true;
  return !isRuntimeDirectory(effect, write, cwd) && plan.buildOnly.some((directory) => within(write.path, directory));
}

/** A directory for logs or the process id that an install makes: the server does not start without it. */
function isForServer(path: string, { action }: Effect): boolean {
  return action === 'install-built' && /^\/(var\/log|var\/run|var\/lock|var\/cache|run)\/./.test(path);
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
  if (effect.action === 'chown' && covers) setOwner(artifact, effect);
}

/** A part of an artifact is given to somebody: that is said again in the final stage, after the copy. */
export function givesAwayPart(effect: Effect, write: PathWrite, artifact: Artifact): boolean {
  return ['chown', 'chgrp'].includes(effect.action ?? '') && write.path !== artifact.from && within(write.path, artifact.from);
}

function setOwner(artifact: Artifact, effect: Effect): void {
  const owner = effect.owner;
  if (owner !== undefined) artifact.owner = owner;
}

/** Whether a RUN's write lands in something that crosses later. */
export function crosses(write: PathWrite, index: number, artifacts: readonly Artifact[]): boolean {
  return artifacts.some((artifact) => artifact.after >= index && within(write.path, artifact.from));
}
