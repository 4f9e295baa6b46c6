import { readArchive, type Wanted } from './archive.ts';
import { failed } from './call.ts';
import type { Image } from './image.ts';
import type { Session } from './session.ts';
import { readOutput } from './stream.ts';

interface ManifestItem {
  Config: string;
  Layers: string[];
}

interface ConfigDocument {
  history?: { created_by?: string; empty_layer?: boolean }[];
}

/**
 * Reads an image layer by layer, in one pass over the archive that the engine writes of it; the content of a file is kept where
 * `wanted` says so. Throws EngineProblem `engine-failed` where there is no such archive.
 */
export async function readImage(session: Session, name: string, wanted: Wanted): Promise<Image> {
  const { documents, layers } = await readOutput(session, 'save', [name], (stream) => readArchive(stream, wanted));
  const [item] = (documents.get('manifest.json') ?? []) as ManifestItem[];
  if (!item) throw failed(session.engine, ['save', name], 'the archive holds no image');
  const { history = [] } = (documents.get(item.Config) ?? {}) as ConfigDocument;
  let layer = 0;
  const steps = history.map((step) => ({ madeBy: step.created_by ?? '', ...(!step.empty_layer && { layer: layer++ }) }));
  return { history: steps, layers: item.Layers.map((place) => layers.get(place) ?? []) };
}
