import { posix } from 'node:path';
import type { BuildContext, CopyEffect, LabelledInstruction } from '../types.ts';
import { oncePer } from './once.ts';
import { atOrAbove, type PathMap, putUnder } from './path-index.ts';
import type { EffectScope } from './rule.ts';

/** What was copied from the context, by where it was put: with the index of its instruction, and its place there. */
export type Copied = PathMap<{ placed: CopyEffect['placed'][number]; index: number; at: number }>;

/** Takes in what an instruction copies. */
export function addCopied(copied: Copied, { index, copy }: LabelledInstruction): void {
  if (copy?.from !== 'context') return;
  for (const [at, placed] of copy.placed.entries()) putUnder(copied, [placed.path], { placed, index, at });
}

/** What a whole file copies. */
export const copiedBy = oncePer((labelled: readonly LabelledInstruction[]): Copied => {
  const copied: Copied = new Map();
  for (const one of labelled) addCopied(copied, one);
  return copied;
});

/** Where a path of the image came from in the context, by the last COPY that put it there; one that may have, where none is seen to. */
export function findSource(copied: Copied, path: string, context?: BuildContext): string | undefined {
  const found = atOrAbove(copied, path)
    .filter(({ placed }) => placed.kind === 'directory' || placed.path === path)
    .sort((one, other) => other.index - one.index || one.at - other.at)
    .map(({ placed }) => (placed.path === path ? placed.source : posix.join(placed.source, posix.relative(placed.path, path))));
  return found.find((source) => !context || context.kind(source) !== undefined) ?? found[0];
}

/** Whether a path of the image is a file or directory of the context. */
export function isInContext(path: string, { context, sourceOf }: Pick<EffectScope, 'context' | 'sourceOf'>): boolean {
  const source = sourceOf(path);
  return source !== undefined && context.kind(source) !== undefined;
}
