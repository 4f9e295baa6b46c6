import { within } from '../effects/effect.ts';
import { oncePer } from '../effects/once.ts';
import { atOrAbove, byDirectory, byPath } from '../effects/path-index.ts';
import type { Artifact, Effect, LabelledInstruction, PathWrite } from '../types.ts';
import { givenBy, givesAwayPart, ownerAfter } from './owners.ts';

interface Touch {
  index: number;
  /** Its place among all. */
  at: number;
  effect: Effect;
  write: PathWrite;
}

/** What the builder writes, in order, by place. What is done again in the final stage is done there after the copy. */
const touchesOf = oncePer((labelled: readonly LabelledInstruction[]) => {
  const touches: Touch[] = [];
  for (const { index, role, segments } of labelled) {
    const effects = role === 'neutral' ? [] : (segments ?? []).flatMap((segment) => segment.effects);
    for (const effect of effects) if (effect.role !== 'runtime') for (const write of effect.writes) touches.push({ index, at: touches.length, effect, write });
  }
  const trees = touches.filter(({ write }) => write.kind === 'tree' && write.path !== '/');
  return { trees: byPath(trees, ({ write }) => write.path), below: byDirectory(touches, ({ write }) => write.path) };
});

/** What later commands do to an artifact (mode, owner, edits, removals within) has to be done before it crosses. */
export function touch(artifact: Artifact, labelled: readonly LabelledInstruction[]): void {
  const { trees, below } = touchesOf(labelled);
  const covering = atOrAbove(trees, artifact.from).filter(({ write }) => write.path !== artifact.from);
  const touches = [...covering, ...(below.get(artifact.from) ?? [])].sort((one, other) => one.at - other.at);
  for (const { index, effect, write } of touches) if (index >= artifact.after) touchBy(artifact, effect, write, index);
}

function touchBy(artifact: Artifact, effect: Effect, write: PathWrite, index: number): void {
  const covers = write.kind === 'tree' && write.path !== '/' && within(artifact.from, write.path);
  if (givesAwayPart(effect, write, artifact)) return;
  artifact.after = index;
  const given = covers || write.path === artifact.from ? givenBy(effect) : undefined;
  if (given) setOwner(artifact, ownerAfter(artifact.owner, given));
}

function setOwner(artifact: Artifact, owner: string | undefined): void {
  if (owner === undefined) delete artifact.owner;
  else artifact.owner = owner;
}
