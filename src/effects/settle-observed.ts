import type { Effect, LabelledInstruction, Observation, ObservedInstruction, PathWrite } from '../types.ts';
import { isShared, within } from './effect.ts';
import { withEffects } from './settle-each.ts';

/** More single files than these among those of the system are no program of their own. */
const MOST_PATHS = 60;

/**
 * The effects of commands of which nobody knows what they do, or that write where nothing tells their files from the system's,
 * as they were seen when the image was built. One that changed or removed what was there before stays unknown: what it made
 * cannot be had by copying.
 */
export function settleObserved(labelled: readonly LabelledInstruction[], { instructions }: Observation): LabelledInstruction[] {
  const seen = new Map(instructions.map((one) => [one.index, one]));
  return labelled.map((one) => {
    const observed = seen.get(one.index);
    return observed && one.segments ? settleOne(one, observed) : one;
  });
}

function settleOne(one: LabelledInstruction, observed: ObservedInstruction): LabelledInstruction {
  const effects = (one.segments ?? []).flatMap((part) => part.effects);
  const unclear = effects.filter(isUnclear);
  if (unclear.length === 0) return one;
  const known = effects.filter((effect) => !isUnclear(effect)).flatMap(({ writes }) => writes);
  const isKnown = (path: string) => known.some((write) => (write.kind === 'tree' ? within(path, write.path) : write.path === path));
  const left = observed.made.filter(({ path }) => !isKnown(path));
  const touched = [...observed.changed, ...observed.removed].filter((path) => !isKnown(path) && !unclear.some((effect) => isAppFile(effect, path)));
  if (touched.length > 0 || left.length > MOST_PATHS) return one;
  const writes = left.map(({ path, kind }): PathWrite => ({ path, kind }));
  const last = unclear.at(-1);
  return withEffects(one, (effect) => (isUnclear(effect) ? asSeen(effect, effect === last ? writes : []) : effect));
}

/** What the Dockerfile itself had put there is the program's; it crosses with the rest of what the builder holds. */
function isAppFile(effect: Effect, path: string): boolean {
  return effect.writes.some((write) => write.kind === 'tree' && within(path, write.path)) && !/^\/(etc|usr|var|lib|bin|sbin|opt)\//.test(path);
}

function isUnclear({ role, writes }: Effect): boolean {
  return role === 'unknown' || (role === 'build' && writes.some(({ path, kind }) => kind === 'tree' && isShared(path)));
}

function asSeen(effect: Effect, seen: readonly PathWrite[]): Effect {
  const own = effect.writes.filter(({ path, kind }) => !(kind === 'tree' && isShared(path)));
  const writes = [...new Map([...own, ...seen].map((write) => [write.path, write])).values()];
  if (effect.role !== 'unknown') return { ...effect, writes };
  return { ...effect, role: 'build', action: 'compile', why: 'was seen to write what crosses', writes };
}
