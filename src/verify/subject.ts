import { type ImageConfig, isOwn, type Tree } from '../engine/image.ts';
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

/** What a Dockerfile itself put into its image over the base. */
export function ownPaths({ tree, base }: Subject): Set<string> {
  return new Set([...tree.values()].filter((file) => isOwn(file, base.tree)).map(({ path }) => path));
}
