import { oncePer } from '../effects/once.ts';
import type { LabelledInstruction } from '../types.ts';

/** A path that a part of a RUN removes. */
export interface Removal {
  index: number;
  /** Where the part starts in its RUN. */
  start: number;
  path: string;
}

/** What the RUN instructions remove, in order. */
export const findRemovals = oncePer((labelled: readonly LabelledInstruction[]): readonly Removal[] =>
  labelled.flatMap(({ index, segments }) =>
    (segments ?? []).flatMap(({ segment, effects }) =>
      effects.flatMap((effect) =>
        effect.action === 'remove' ? effect.writes.filter((write) => write.path !== '/').map(({ path }) => ({ index, start: segment.start, path })) : [],
      ),
    ),
  ),
);
