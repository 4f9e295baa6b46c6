import { posix } from 'node:path';
import type { Elf } from './elf.ts';

/** A path as a layer has it. */
export interface ImageFile {
  /** Absolute. */
  path: string;
  kind: 'file' | 'directory' | 'link' | 'hard-link' | 'other';
  mode: number;
  uid: number;
  gid: number;
  /** Bytes. */
  size: number;
  /** When its content was last changed, in ms since 1970. */
  time: number;
  /** Of a link, as it stands there. */
  target?: string;
  elf?: Elf;
  /** What follows `#!`. */
  interpreter?: string;
  /** It has file capabilities. */
  capable?: boolean;
  /** Where it was asked for. */
  content?: Buffer;
}

/** The configuration of an image, as its own JSON document has it. https://github.com/moby/docker-image-spec/blob/main/spec.md */
export interface ImageConfig {
  Env?: string[] | null;
  Cmd?: string[] | null;
  Entrypoint?: string[] | null;
  ExposedPorts?: Record<string, unknown> | null;
  Volumes?: Record<string, unknown> | null;
  Labels?: Record<string, string> | null;
  OnBuild?: string[] | null;
  Shell?: string[] | null;
  User?: string;
  WorkingDir?: string;
  StopSignal?: string;
  Healthcheck?: { Test?: string[]; Interval?: number; Timeout?: number; StartPeriod?: number; Retries?: number } | null;
}

/** The files that an instruction left, whiteouts among them. */
export type Layer = readonly ImageFile[];

export interface Image {
  layers: Layer[];
  /** What made it, in order, as the engine tells it; `layer` is the index of the layer that it left, absent where it left none. */
  history: { madeBy: string; layer?: number }[];
}

/** The files of an image as a container sees them, by path. */
export type Tree = ReadonlyMap<string, ImageFile>;

const WHITEOUT = '/.wh.';
const OPAQUE = '/.wh..wh..opq';

/** Puts layers on each other: https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts */
export function treeOf(layers: readonly Layer[]): Tree {
  const tree = new Map<string, ImageFile>();
  for (const layer of layers) addLayer(tree, layer);
  return tree;
}

/** Puts one more layer on a tree. */
export function addLayer(tree: Map<string, ImageFile>, layer: Layer): void {
  for (const { path } of layer) if (isWhiteout(path)) remove(tree, path);
  const own = new Map(layer.map((file) => [file.path, file]));
  for (const file of layer) if (!isWhiteout(file.path)) place(tree, file.kind === 'hard-link' ? unlinked(file, own, tree) : file);
}

/** Whether a path of a layer tells that something below it is gone. */
export function isWhiteout(path: string): boolean {
  return path.includes(WHITEOUT);
}

/** The paths that a layer removes. */
export function removedBy(layer: Layer): string[] {
  const marks = layer.map(({ path }) => path).filter((path) => isWhiteout(path) && !path.endsWith(OPAQUE));
  return marks.map((path) => path.replace(WHITEOUT, '/'));
}

const LINKS = 20;

/** Follows a path through the links of a tree; undefined where it leads nowhere. */
export function resolve(tree: Tree, path: string, links = LINKS): string | undefined {
  let done = '';
  const parts = posix.normalize(path).split('/').filter(Boolean);
  for (const [index, part] of parts.entries()) {
    done = `${done}/${part}`;
    const file = tree.get(done);
    if (!file) return undefined;
    if (file.kind !== 'link') continue;
    if (links === 0) return undefined;
    return resolve(tree, posix.resolve(posix.dirname(done), file.target ?? '', ...parts.slice(index + 1)), links - 1);
  }
  return done || '/';
}

/** The directories above a path, the outermost first, without the root. */
export function foldersAbove(path: string): string[] {
  const parts = posix.dirname(path).split('/').filter(Boolean);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
}

/** A directory that was another kind of thing, or is now, takes along what was below it. */
function place(tree: Map<string, ImageFile>, file: ImageFile): void {
  const old = tree.get(file.path);
  if (old?.kind === 'directory' && file.kind !== 'directory') removeBelow(tree, file.path);
  tree.set(file.path, file);
}

function remove(tree: Map<string, ImageFile>, path: string): void {
  if (path.endsWith(OPAQUE)) {
    removeBelow(tree, path.slice(0, -OPAQUE.length));
    return;
  }
  const gone = path.replace(WHITEOUT, '/');
  removeBelow(tree, gone);
  tree.delete(gone);
}

function removeBelow(tree: Map<string, ImageFile>, directory: string): void {
  for (const path of tree.keys()) if (path.startsWith(`${directory}/`)) tree.delete(path);
}

function unlinked(file: ImageFile, own: ReadonlyMap<string, ImageFile>, tree: Tree): ImageFile {
  const target = `/${(file.target ?? '').replace(/^\.?\//, '')}`;
  const found = own.get(target) ?? tree.get(target);
  return found && found.kind === 'file' ? { ...found, path: file.path } : { ...file, kind: 'file' };
}

/** Whether a file was put there, or changed, over what was there before. */
export function isOwn(file: ImageFile, before: Tree): boolean {
  const old = before.get(file.path);
  if (!old || old.kind !== file.kind || old.mode !== file.mode || old.uid !== file.uid || old.gid !== file.gid || old.target !== file.target) return true;
  return file.kind === 'file' && (old.size !== file.size || old.time !== file.time);
}

/** Size of what its files hold, in bytes. */
export function bytesOf(files: Iterable<ImageFile>): number {
  let bytes = 0;
  for (const file of files) if (file.kind === 'file') bytes += file.size;
  return bytes;
}
