import type { Aspect, Difference } from './types.ts';

/** Where a comparison puts what it finds. */
export interface Comparison {
  differences: Difference[];
  /** What is not as it was and decides nothing. */
  changes: string[];
  /** What there was to look at. */
  checked: string[];
  differ(aspect: Aspect, what: string, message: string): void;
  change(message: string): void;
}

export function newComparison(): Comparison {
  const [differences, changes, checked]: [Difference[], string[], string[]] = [[], [], []];
  return {
    ...{ differences, changes, checked },
    differ: (aspect, what, message) => {
      if (!differences.some((known) => known.message === message)) differences.push({ aspect, what, message });
    },
    change: (message) => {
      if (!changes.includes(message)) changes.push(message);
    },
  };
}

const SHOWN = 3;

/** The first of some names, and how many more there are. */
export function some(names: readonly string[]): string {
  const more = names.length - SHOWN;
  return `${names.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
