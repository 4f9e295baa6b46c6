import { readLayer, type Wanted } from './archive.ts';
import { demand } from './call.ts';
import { type Tree, treeOf } from './image.ts';
import { RUN_LABEL, type Session } from './session.ts';
import { readOutput } from './stream.ts';

/**
 * Reads the files of an image as a container of it has them; the content of a file is kept where `wanted` says so. Throws
 * EngineProblem where the engine does not give them.
 */
export async function readTree(session: Session, image: string, wanted: Wanted): Promise<Tree> {
  // An image without CMD takes no container without a command; this one is never started.
  const created = await demand(session, ['create', '--label', `${RUN_LABEL}=${session.id}`, '--network', 'none', image, 'none']);
  const id = created.trim().split('\n').at(-1) ?? '';
  const files = await readOutput(session, 'export', [id], (stream) => readLayer(stream, wanted));
  await demand(session, ['rm', '--force', '--volumes', id]);
  return treeOf([files]);
}
