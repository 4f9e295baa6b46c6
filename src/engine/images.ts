import { type Archive, readArchive, type Wanted } from './archive.ts';
import type { Image, ImageConfig } from './image.ts';
import { EngineProblem } from './problem.ts';
import type { Session } from './session.ts';
import { readOutput } from './stream.ts';

interface ManifestItem {
  Config: string;
  RepoTags: string[] | null;
  Layers: string[];
}

interface ConfigDocument {
  architecture?: string;
  config?: ImageConfig;
  history?: { created_by?: string; empty_layer?: boolean }[];
}

/**
 * Reads images whole, layer by layer, in one pass over the archive that the engine writes of them; the content of a file is
 * kept where `wanted` says so. The answer is in the order of `names`. Throws EngineProblem `engine-failed` where there is no such archive.
 */
export async function readImages(session: Session, names: readonly string[], wanted: Wanted): Promise<Image[]> {
  const several = names.length > 1 ? session.engine.kind.save : [];
  const archive = await readOutput(session, 'save', [...several, ...names], (stream) => readArchive(stream, wanted));
  return names.map((name) => assemble(archive, name));
}

function assemble(archive: Archive, name: string): Image {
  const manifest = (archive.documents.get('manifest.json') ?? []) as ManifestItem[];
  // Podman puts its own registry's name in front.
  const item = manifest.find(({ RepoTags }) => RepoTags?.some((tag) => tag === name || tag.endsWith(`/${name}`)));
  if (!item) throw new EngineProblem('engine-failed', { engine: name, command: 'save', cause: 'the archive does not name the image' });
  const { config = {}, history = [], architecture = '' } = (archive.documents.get(item.Config) ?? {}) as ConfigDocument;
  let layer = 0;
  const steps = history.map((step) => ({ madeBy: step.created_by ?? '', ...(!step.empty_layer && { layer: layer++ }) }));
  const maker = (index: number) => steps.find((step) => step.layer === index)?.madeBy ?? '';
  return {
    ...{ config, architecture, history: steps },
    layers: item.Layers.map((name, index) => ({ madeBy: maker(index), files: archive.layers.get(name) ?? [] })),
  };
}
