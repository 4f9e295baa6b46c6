import { within } from '../effects/effect.ts';
import type { Facts, LanguagePlan } from '../languages/language.ts';
import type { Artifact, LabelledInstruction, LabelledSegment } from '../types.ts';
import { findRemovals } from './removals.ts';

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
  if (artifacts.some((artifact) => artifact.kind === 'tree' && artifact.after > one.index && within(copy.destination, artifact.from))) {
    return { kind: 'none', why: 'comes with the directory that the builder filled' };
  }
  if (isRemoved(one, facts)) return { kind: 'none', why: 'a later command removes it again' };
  if (isRepeated(one, facts)) return { kind: 'none', why: 'a later COPY brings the same files' };
  return { kind: 'carried', why: copy.from === 'context' ? 'read at run time' : `comes from another ${copy.from === 'image' ? 'image' : 'place'}` };
}

/** What is copied is gone in the end, and nothing that the final stage does in between looks at it. */
function isRemoved(one: LabelledInstruction, facts: Facts): boolean {
  const placed = one.copy?.from === 'context' ? one.copy.placed : [];
  const gone = findRemovals(facts.labelled).filter(({ index }) => index > one.index);
  if (placed.length === 0 || !placed.every(({ path }) => gone.some((removal) => within(path, removal.path)))) return false;
  const last = Math.max(...gone.map(({ index }) => index));
  const between = facts.labelled.filter(({ index }) => index > one.index && index <= last);
  return !between.some(({ state, segments }) => segments?.some((part) => looksAt(part, state.cwd, placed)));
}

/** A command that the final stage may do again. */
function looksAt({ segment, effects }: LabelledSegment, cwd: string, placed: readonly { path: string }[]): boolean {
  if (
    !effects.some(
      (effect) => effect.role === 'runtime' || effect.role === 'unknown' || (effect.role === 'both' && effect.action !== 'remove' && effect.action !== 'copy'),
    )
  )
    return false;
  if (placed.some(({ path }) => within(segment.cwd ?? cwd, path))) return true;
  const words = segment.commands.flatMap(({ name, args }) => [name, ...args.map((word) => word.value)]);
  return placed.some(({ path }) => words.some((word) => word.includes(path)));
}

/** `COPY package.json .` before `COPY . .`: the second brings the file as well. */
function isRepeated(one: LabelledInstruction, facts: Facts): boolean {
  const placed = one.copy?.from === 'context' && !one.copy.unpacks ? one.copy.placed : [];
  if (placed.length === 0) return false;
  const later = facts.labelled.filter((other) => other.index > one.index && other.copy?.from === 'context' && other.copy.owner === one.copy?.owner);
  return placed.every(({ path, source }) =>
    later.some(({ copy }) => copy?.placed.some((other) => other.kind === 'directory' && within(path, other.path) && source === relativeSource(path, other))),
  );
}

function relativeSource(path: string, placed: { path: string; source: string }): string {
  const below = placed.path === '/' ? path.slice(1) : path.slice(placed.path.length + 1);
  return [placed.source, below].filter((part) => part !== '').join('/');
}

/** Whether a COPY that the final stage has brings a path. */
export function isCarried(path: string, labelled: readonly LabelledInstruction[], copies: ReadonlyMap<number, CopyVerdict>): boolean {
  return labelled.some(({ index, copy }) => {
    const verdict = copies.get(index);
    if (!copy || verdict === undefined || verdict.kind === 'none') return false;
    if (copy.from !== 'context') return within(path, copy.destination);
    return copy.placed.some((placed) => {
      if (!within(path, placed.path)) return false;
      const source = placed.kind === 'file' ? placed.source : relativeSource(path, placed);
      return verdict.kind === 'narrowed' ? verdict.sources.some((one) => within(source, one)) : true;
    });
  });
}
