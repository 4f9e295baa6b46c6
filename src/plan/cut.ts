import { within } from '../effects/effect.ts';
import type { Artifact, LabelledSegment } from '../types.ts';
import type { JudgedSegment } from './split.ts';

/** The last part of a RUN that makes something of what crosses after it. */
export function crossingPart(judged: readonly JudgedSegment[], arriving: readonly Artifact[]): number {
  const makes = (path: string) => arriving.some((artifact) => within(path, artifact.from) || within(artifact.from, path));
  return judged.findLastIndex(
    ({ verdict, part }) => verdict.kind === 'leave' && part.effects.some((effect) => effect.writes.some((write) => makes(write.path))),
  );
}

/** Whether a command works in what crosses, names a part of it, or takes stock of the whole system. */
export function looksInto({ segment, effects }: LabelledSegment, arriving: readonly Artifact[]): boolean {
  const isInside = (path: string) => arriving.some((artifact) => within(path, artifact.from));
  if (segment.cwd !== undefined && arriving.some(({ kind, from }) => kind === 'tree' && within(segment.cwd as string, from))) return true;
  const words = segment.commands.flatMap(({ name, args }) => [name, ...args.map((word) => word.value)]).filter((word) => word.startsWith('/'));
  if (words.some(isInside) || effects.some((effect) => [...effect.writes.map(({ path }) => path), ...effect.reads].some(isInside))) return true;
  return effects.some(
    (effect) => effect.role === 'runtime' && !effect.packages && !effect.users && !['account', 'package-source'].includes(effect.action ?? ''),
  );
}
