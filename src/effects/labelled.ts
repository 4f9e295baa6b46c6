import type { LabelledInstruction } from '../types.ts';
import { oncePer } from './once.ts';

const byIndex = oncePer((labelled: readonly LabelledInstruction[]) => new Map(labelled.map((one) => [one.index, one])));

/** What is known of the instruction that has an index in the source. */
export function labelledAt(labelled: readonly LabelledInstruction[], index: number | undefined): LabelledInstruction | undefined {
  return index === undefined ? undefined : byIndex(labelled).get(index);
}
