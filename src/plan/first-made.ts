import { makesFiles } from '../effects/effect.ts';
import { oncePer } from '../effects/once.ts';
import { type PathMap, putUnder, upwards } from '../effects/path-index.ts';
import type { Artifact, Effect, LabelledInstruction, PathWrite } from '../types.ts';
import { PRODUCES } from './crossing.ts';

/** A part of a RUN: its instruction, where it starts there, and its place among all parts. */
interface Part {
  index: number;
  start: number;
  at: number;
}

/** Parts by the paths that they are about, and by the directories of these. */
interface Places {
  own: PathMap<Part>;
  below: PathMap<Part>;
}

/** The parts that make something, those that remove something, and those that make accounts. */
const partsOf = oncePer((labelled: readonly LabelledInstruction[]) => {
  const parts = labelled.flatMap(({ index, segments }) => (segments ?? []).map(({ segment, effects }) => ({ index, start: segment.start, effects })));
  const found = { made: newPlaces(), removed: newPlaces(), accounts: [] as Part[] };
  for (const [at, { index, start, effects }] of parts.entries()) {
    const part = { index, start, at };
    for (const effect of effects) {
      if (effect.action === 'remove')
        put(
          found.removed,
          effect.writes.filter(({ path }) => path !== '/'),
          part,
        );
      else if (isMaker(effect)) put(found.made, effect.writes, part);
    }
    if (effects.some(makesAccounts)) found.accounts.push(part);
  }
  return found;
});

function newPlaces(): Places {
  return { own: new Map(), below: new Map() };
}

function put({ own, below }: Places, writes: readonly PathWrite[], part: Part): void {
  for (const { path } of writes) {
    putUnder(own, [path], part);
    putUnder(below, upwards(path), part);
  }
}

function isMaker(effect: Effect): boolean {
  return (effect.role === 'build' || PRODUCES.has(effect.action ?? '') || makesFiles(effect)) && effect.action !== 'make-directory';
}

function makesAccounts(effect: Effect): boolean {
  return effect.action !== 'remove' && (effect.users !== undefined || effect.action === 'account' || effect.packages !== undefined);
}

/** The lists of parts that are about a path, what is above it or what is below. */
function about({ own, below }: Places, path: string): Part[][] {
  return [...upwards(path).map((one) => own.get(one) ?? []), below.get(path) ?? []];
}

/**
 * Where an artifact may stand at the earliest: what is seen first to make it, after whatever empties the place, and after
 * the accounts that it is given to. Later edits of it are the builder's, and may come early.
 */
export function firstMade({ from, owner, after }: Artifact, labelled: readonly LabelledInstruction[]): { index: number; start: number } {
  const { made, removed, accounts } = partsOf(labelled);
  const before = [...about(removed, from), ...(owner === undefined ? [] : [accounts])].map((parts) => parts.findLast(({ index }) => index <= after));
  const emptied = before.reduce((last, one) => (one && one.at > (last?.at ?? -1) ? one : last), undefined);
  const makers = about(made, from).map((parts) => parts.find(({ at }) => at >= (emptied?.at ?? 0)));
  const first = makers.reduce((least, one) => (one && one.at < (least?.at ?? Number.POSITIVE_INFINITY) ? one : least), undefined);
  const earliest = emptied === undefined ? 0 : emptied.index + 1;
  if (!first) return { index: Math.max(earliest, after), start: -1 };
  return { index: Math.max(first.index, earliest), start: first.index < earliest ? -1 : first.start };
}
