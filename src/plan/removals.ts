import { oncePer } from '../effects/once.ts';
import { byPath, upwards } from '../effects/path-index.ts';
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

const removalsByPath = oncePer((labelled: readonly LabelledInstruction[]) => byPath(findRemovals(labelled), ({ path }) => path));

/** Whether a part of a RUN that comes after a place removes a path, or a directory that it is in. */
export function isRemovedAfter(path: string, { index, start }: { index: number; start: number }, labelled: readonly LabelledInstruction[]): boolean {
  return upwards(path).some((one) => {
    const last = removalsByPath(labelled).get(one)?.at(-1);
    return last !== undefined && (last.index > index || (last.index === index && last.start > start));
  });
}
