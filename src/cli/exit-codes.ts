import type { Conversion } from '../index.ts';

/** Where the user ended the work, as shells have it: 128 and the number of the signal. */
export const INTERRUPTED = 130;

/** Of a command that converts. */
export function exitCodeOf(outcome: Conversion['outcome']): number {
  return EXIT_CODES[outcome];
}

const EXIT_CODES: Record<Conversion['outcome'], number> = { converted: 0, unchanged: 0, failed: 2, refused: 3 };
