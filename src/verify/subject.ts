import type { ImageConfig, ImageFile, Tree } from '../engine/image.ts';
import type { LayerSize } from './types.ts';

/** One of the two images with all that was read of it. */
export interface Subject {
  /** Name of the image. */
  name: string;
  config: ImageConfig;
  tree: Tree;
  /** What its base image sets, and has. */
  base: Base;
  layers: LayerSize[];
  buildSeconds: number;
  /** Names of the scripts that its Dockerfile's RUNs start. */
  buildScripts: ReadonlySet<string>;
}

export interface Base {
  config: ImageConfig;
  tree: Tree;
}

/** That of scratch. */
export const NO_BASE: Base = { config: {}, tree: new Map() };

/** Whether a Dockerfile itself put a file there, or changed it, over the base image. */
export function isOwn(file: ImageFile, base: Tree): boolean {
  const old = base.get(file.path);
  if (!old || old.kind !== file.kind || old.mode !== file.mode || old.uid !== file.uid || old.gid !== file.gid || old.target !== file.target) return true;
  return file.kind === 'file' && (old.size !== file.size || old.time !== file.time);
}

export function ownPaths({ tree, base }: Subject): Set<string> {
  return new Set([...tree.values()].filter((file) => isOwn(file, base.tree)).map(({ path }) => path));
}
