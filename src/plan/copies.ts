import { within } from '../effects/effect.ts';
import { oncePer } from '../effects/once.ts';
import { byPath, type PathMap, putUnder, someAtOrAbove } from '../effects/path-index.ts';
import type { Facts, LanguagePlan } from '../languages/language.ts';
import type { Artifact, CopyEffect, LabelledInstruction, LabelledSegment } from '../types.ts';
import { artifactsByPath } from './artifact-places.ts';
import { findRemovals, isRemovedAfter } from './removals.ts';

/** What the final stage takes of a COPY or ADD. */
export type CopyVerdict = { kind: 'carried'; why: string } | { kind: 'none'; why: string } | { kind: 'narrowed'; sources: string[]; why: string };

/** Whether the final stage copies the same, a part of it, or nothing. */
export function judgeCopy(one: LabelledInstruction, facts: Facts, plan: LanguagePlan, artifacts: readonly Artifact[]): CopyVerdict {
  const copy = one.copy as NonNullable<LabelledInstruction['copy']>;
  if (one.why === 'a comment says so') return { kind: one.role === 'runtime' ? 'carried' : 'none', why: one.why };
  const told = plan.copies[one.index];
  if (told === 'drop') return { kind: 'none', why: 'only the build reads it' };
  if (told)
    return told.length > 0
      ? { kind: 'narrowed', sources: told, why: 'only these files are read at run time' }
      : { kind: 'none', why: 'only the build reads it' };
  if (someAtOrAbove(artifactsByPath(artifacts), copy.destination, ({ kind, after }) => kind === 'tree' && after > one.index)) {
    return { kind: 'none', why: 'comes with the directory that the builder filled' };
  }
  if (isRemoved(one, facts)) return { kind: 'none', why: 'a later command removes it again' };
  if (isRepeated(one, facts)) return { kind: 'none', why: 'a later COPY brings the same files' };
  return { kind: 'carried', why: copy.from === 'context' ? 'read at run time' : `comes from another ${copy.from === 'image' ? 'image' : 'place'}` };
}

/** What is copied is gone in the end, and nothing that the final stage does in between looks at it. */
function isRemoved({ index, copy }: LabelledInstruction, { labelled }: Facts): boolean {
  const placed = copy?.from === 'context' ? copy.placed : [];
  if (placed.length === 0 || !placed.every(({ path }) => isRemovedAfter(path, { index, start: Number.POSITIVE_INFINITY }, labelled))) return false;
  const last = findRemovals(labelled).at(-1)?.index ?? 0;
  return !commandsAgain(labelled).some((one) => one.index > index && one.index <= last && placed.some(({ path }) => looksAt(one, path)));
}

interface Again {
  index: number;
  cwd: string;
  words: string[];
}

/** The commands that the final stage may do again: where each works, and its words. */
const commandsAgain = oncePer((labelled: readonly LabelledInstruction[]): readonly Again[] =>
  labelled.flatMap(({ index, state, segments }) =>
    (segments ?? []).filter(mayBeAgain).map(({ segment }) => ({
      index,
      cwd: segment.cwd ?? state.cwd,
      words: segment.commands.flatMap(({ name, args }) => [name, ...args.map((word) => word.value)]),
    })),
  ),
);

function mayBeAgain({ effects }: LabelledSegment): boolean {
  return effects.some(
    (effect) => effect.role === 'runtime' || effect.role === 'unknown' || (effect.role === 'both' && effect.action !== 'remove' && effect.action !== 'copy'),
  );
}

function looksAt({ cwd, words }: Again, path: string): boolean {
  return within(cwd, path) || words.some((word) => word.includes(path));
}

/** `COPY package.json .` before `COPY . .`: the second brings the file as well. */
function isRepeated(one: LabelledInstruction, { labelled }: Facts): boolean {
  const placed = one.copy?.from === 'context' && !one.copy.unpacks ? one.copy.placed : [];
  if (placed.length === 0) return false;
  return placed.every(({ path, source }) =>
    someAtOrAbove(
      directoriesCopied(labelled),
      path,
      (other) => other.index > one.index && other.owner === one.copy?.owner && source === relativeSource(path, other.placed),
    ),
  );
}

const directoriesCopied = oncePer((labelled: readonly LabelledInstruction[]) => {
  const copied = labelled.flatMap(({ index, copy }) => (copy?.from === 'context' ? copy.placed.map((placed) => ({ index, owner: copy.owner, placed })) : []));
  return byPath(
    copied.filter(({ placed }) => placed.kind === 'directory'),
    ({ placed }) => placed.path,
  );
});

function relativeSource(path: string, placed: { path: string; source: string }): string {
  const below = placed.path === '/' ? path.slice(1) : path.slice(placed.path.length + 1);
  return [placed.source, below].filter((part) => part !== '').join('/');
}

/** What the COPY instructions of the final stage bring, by where they put it. */
export type Carried = PathMap<{ placed?: CopyEffect['placed'][number]; sources?: readonly string[] }>;

export function carriedBy(labelled: readonly LabelledInstruction[], copies: ReadonlyMap<number, CopyVerdict>): Carried {
  const carried: Carried = new Map();
  for (const { index, copy } of labelled) {
    const verdict = copies.get(index);
    if (!copy || verdict === undefined || verdict.kind === 'none') continue;
    const sources = verdict.kind === 'narrowed' ? { sources: verdict.sources } : {};
    if (copy.from === 'context') for (const placed of copy.placed) putUnder(carried, [placed.path], { placed, ...sources });
    else putUnder(carried, [copy.destination], {});
  }
  return carried;
}

/** Whether a COPY that the final stage has brings a path. */
export function isCarried(path: string, carried: Carried): boolean {
  return someAtOrAbove(carried, path, ({ placed, sources }) => {
    if (!placed || !sources) return true;
    const source = placed.kind === 'file' ? placed.source : relativeSource(path, placed);
    return sources.some((one) => within(source, one));
  });
}
