import { oncePer } from '../effects/once.ts';
import { byDirectory, byPath, putUnder, someAtOrAbove } from '../effects/path-index.ts';
import type { Artifact, PathWrite } from '../types.ts';

/** Artifacts by where they come from. */
export const artifactsByPath = oncePer((artifacts: readonly Artifact[]) => byPath(artifacts, ({ from }) => from));

const artifactsByDirectory = oncePer((artifacts: readonly Artifact[]) => byDirectory(artifacts, ({ from }) => from));

/** The artifacts that lie at a path or below it. */
export function artifactsBelow(path: string, artifacts: readonly Artifact[]): readonly Artifact[] {
  return artifactsByDirectory(artifacts).get(path) ?? [];
}

const artifactsByIndex = oncePer((artifacts: readonly Artifact[]) => {
  const after = new Map<number, Artifact[]>();
  for (const artifact of artifacts) putUnder(after, [artifact.after], artifact);
  return after;
});

/** The artifacts that exist from an instruction on. */
export function artifactsAfter(index: number, artifacts: readonly Artifact[]): readonly Artifact[] {
  return artifactsByIndex(artifacts).get(index) ?? [];
}

/** Whether a RUN's write lands in something that crosses later. */
export function crosses(write: PathWrite, index: number, artifacts: readonly Artifact[]): boolean {
  return someAtOrAbove(artifactsByPath(artifacts), write.path, ({ after }) => after >= index);
}

/** Whether a tree crosses that a path is in or above. */
export function meetsTree(path: string, artifacts: readonly Artifact[]): boolean {
  const isTree = ({ kind }: Artifact) => kind === 'tree';
  return someAtOrAbove(artifactsByPath(artifacts), path, isTree) || artifactsBelow(path, artifacts).some(isTree);
}
