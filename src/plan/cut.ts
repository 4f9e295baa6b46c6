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
export function looksInto(part: LabelledSegment, arriving: readonly Artifact[]): boolean {
  const { cwd } = part.segment;
  if (cwd !== undefined && arriving.some(({ kind, from }) => kind === 'tree' && within(cwd, from))) return true;
  return looksAround(part) || pathsNamed(part).some((path) => arriving.some((artifact) => within(path, artifact.from)));
}

/** The paths that the commands name, write or read. */
export function pathsNamed({ segment, effects }: LabelledSegment): string[] {
  const words = segment.commands.flatMap(({ name, args }) => [name, ...args.map((word) => word.value)]).filter((word) => word.startsWith('/'));
  return [...words, ...effects.flatMap((effect) => [...effect.writes.map(({ path }) => path), ...effect.reads])];
}

/** Whether a command may look at anything in the system. */
export function looksAround({ effects }: LabelledSegment): boolean {
  return effects.some(
    (effect) => effect.role === 'runtime' && !effect.packages && !effect.users && !['account', 'package-source'].includes(effect.action ?? ''),
  );
}
