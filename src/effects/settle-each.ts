import type { Effect, LabelledInstruction } from '../types.ts';
import { roleOf } from './run.ts';

/** The instruction with each effect replaced, and what follows from it: the roles, and why. */
export function withEffects(one: LabelledInstruction, replace: (effect: Effect) => Effect): LabelledInstruction {
  if (!one.segments) return one;
  const segments = one.segments.map((part) => {
    const effects = part.effects.map(replace);
    return effects.every((effect, at) => effect === part.effects[at]) ? part : { ...part, effects, role: roleOf(effects) };
  });
  if (segments.every((part, at) => part === one.segments?.[at])) return one;
  if (one.why === 'a comment says so') return { ...one, segments };
  const all = segments.flatMap((part) => part.effects);
  const whys = new Set(all.filter(({ role }) => role !== 'neutral').map(({ why }) => why));
  return { ...one, segments, role: roleOf(all), why: [...whys].join('; ') || 'leaves nothing behind' };
}
