import { posix } from 'node:path';
import { within } from '../../effects/effect.ts';
import type { Facts } from '../../languages/language.ts';
import type { BuildContext } from '../../types.ts';
import { copyLayers } from './copied.ts';
import type { Layer } from './layer.ts';
import { runLayers } from './written.ts';

/** What is known of the files of the image: what happened to them, in the order of the instructions. */
export interface ImageFiles {
  layers: Layer[];
  context: BuildContext;
  /** Path of the Dockerfile, for evidence. */
  dockerfile: string;
}

/** A file of the image whose text is known, and where that text stands. */
export interface ImageFile {
  path: string;
  text: string;
  file: string;
  line: number;
  inline?: boolean;
  /** What changed it later, in a way that nobody can follow. */
  changedBy?: string;
}

/** All that the instructions do to files, as far as their text or its place can be known. */
export function readFiles({ source, labelled, context }: Pick<Facts, 'source' | 'labelled' | 'context'>): ImageFiles {
  const layers = labelled.flatMap((one) => {
    const instruction = source.instructions[one.index];
    if (!instruction) return [];
    return one.copy ? copyLayers(one.copy, instruction, one.state, source.escape) : one.segments ? runLayers(one.segments, instruction) : [];
  });
  return { layers, context, dockerfile: source.path };
}

/** The file at a path of the image, by its last writer; undefined where its text is not known. */
export function fileAt(files: ImageFiles, path: string, before = files.layers.length, depth = 0): ImageFile | undefined {
  for (let at = before - 1; at >= 0; at--) {
    const layer = files.layers[at] as Layer;
    if (layer.kind === 'gone' && below(path, layer.path)) return undefined;
    if (layer.kind === 'made' && layer.path === path) return undefined;
    if (layer.kind === 'changed' && matches(layer.path, path)) {
      const file = fileAt(files, path, at, depth);
      return file && { changedBy: layer.by, ...file };
    }
    const found = brought(files, layer, path, at, depth);
    if (found) return found;
  }
  return undefined;
}

/** How many copies of copies are followed. */
const DEPTH = 5;

function brought(files: ImageFiles, layer: Layer, path: string, at: number, depth: number): ImageFile | undefined {
  if (layer.kind === 'context') return fromContext(files, layer, path);
  if (layer.kind === 'text' && layer.path === path) {
    const { text, line, inline } = layer;
    const earlier = layer.more ? fileAt(files, path, at, depth) : undefined;
    return earlier ? { ...earlier, text: earlier.text + text } : { path, text, line, inline, file: files.dockerfile };
  }
  if (layer.kind !== 'same' || depth > DEPTH) return undefined;
  const file = origins(layer, path)
    .map((origin) => fileAt(files, origin, at, depth + 1))
    .find((one) => one !== undefined);
  return file && { ...file, path };
}

function fromContext(files: ImageFiles, layer: Extract<Layer, { kind: 'context' }>, path: string): ImageFile | undefined {
  if (layer.directory ? !within(path, layer.path) : path !== layer.path) return undefined;
  const source = layer.directory ? posix.join(layer.source, posix.relative(layer.path, path)) : layer.source;
  if (files.context.kind(source) === 'directory') return undefined;
  const text = files.context.read(source);
  return text === undefined ? undefined : { path, text, file: source, line: 1 };
}

/** Where a path would come from by a `cp`, `mv` or `ln`: the target itself, below it, or below it by the source's own name. */
function origins({ path: target, as }: Extract<Layer, { kind: 'same' }>, path: string): string[] {
  if (!within(path, target)) return [];
  const rest = posix.relative(target, path);
  if (rest === '') return [as];
  const beside = posix.join(posix.dirname(as), rest);
  return [posix.join(as, rest), ...(matches(as, beside) || within(beside, as) ? [beside] : [])];
}

/** Paths of files that are seen to be brought or made and match a pattern (`*`, `?`, `**`), sorted. */
export function filesLike(files: ImageFiles, pattern: string, before = files.layers.length): string[] {
  const found = new Set<string>();
  for (const [at, layer] of files.layers.slice(0, before).entries()) {
    if (layer.kind === 'gone') for (const path of found) if (below(path, layer.path)) found.delete(path);
    for (const path of pathsOf(files, layer, pattern, at)) if (matches(pattern, path)) found.add(path);
  }
  return [...found].sort();
}

function pathsOf(files: ImageFiles, layer: Layer, pattern: string, at: number): string[] {
  const fixed = /[*?[]/.test(pattern) ? posix.dirname(pattern.replace(/[*?[].*$/, 'x')) : pattern;
  if (!within(fixed, layer.path) && !within(layer.path, fixed)) return [];
  if (layer.kind === 'text' || layer.kind === 'made') return [layer.path];
  if (layer.kind === 'context') {
    if (!layer.directory) return [layer.path];
    const prefix = layer.source === '' ? '' : `${layer.source}/`;
    return (files.context.files() ?? []).filter((file) => file.startsWith(prefix)).map((file) => posix.join(layer.path, file.slice(prefix.length)));
  }
  if (layer.kind !== 'same') return [];
  const inside = filesLike(files, `${layer.as}/**`, at).map((path) => posix.relative(posix.dirname(layer.as), path));
  const plain = filesLike(files, layer.as, at).map((path) => posix.basename(path));
  return [layer.path, ...plain.map((rest) => posix.join(layer.path, rest)), ...inside.flatMap((rest) => renamed(layer.path, rest))].filter(
    (path) => fileAt(files, path, at + 1) !== undefined,
  );
}

/** Of a directory copied to `target`: `target/dir/rest` where the target is there already, else `target/rest`. */
function renamed(target: string, rest: string): string[] {
  return [posix.join(target, rest), posix.join(target, rest.slice(rest.indexOf('/') + 1))];
}

function below(path: string, pattern: string): boolean {
  return within(path, pattern) || matches(pattern, path);
}

function matches(pattern: string, path: string): boolean {
  if (!/[*?[]/.test(pattern)) return pattern === path;
  const text = pattern.replace(/[.+^${}()|\\]/g, '\\$&').replace(/\*\*|\*|\?/g, (mark) => (mark === '**' ? '.*' : mark === '*' ? '[^/]*' : '[^/]'));
  try {
    return new RegExp(`^${text}$`).test(path);
  } catch {
    return false;
  }
}
