import type { Evidence, Need } from '../../types.ts';
import type { LanguagePlan } from '../language.ts';

/** What the image keeps, for it runs what only the old one has (compilers, another Python). */
export interface StayingPlan {
  needs: Need[];
  bases?: LanguagePlan['bases'];
  nothingToGain?: { why: string; advice: string };
}

/** The plan by which the old image stays: it alone has what `name` says. `lacks`: what any other base is without. */
export function stays(name: string, evidence: Omit<Evidence, 'note'>, lacks: string, nothingToGain: { why: string; advice: string }): Required<StayingPlan> {
  return { needs: [{ kind: 'system', name, evidence: { ...evidence, note: lacks } }], bases: ['same'], nothingToGain };
}

/** `app.py:3`, for a message. */
export function placeOf({ file, line }: Omit<Evidence, 'note'>): string {
  return line === undefined ? file : `${file}:${line}`;
}
