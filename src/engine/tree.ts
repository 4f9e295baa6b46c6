import { execa } from 'execa';
import { readLayer, type Wanted } from './archive.ts';
import { demand, throwIfHopeless } from './call.ts';
import { type Tree, treeOf } from './image.ts';
import { EngineProblem } from './problem.ts';
import { RUN_LABEL, type Session } from './session.ts';

/**
 * Reads the files of an image as a container of it has them; the content of a file is kept where `wanted` says so. Throws
 * EngineProblem where the engine does not give them.
 */
export async function readTree(session: Session, image: string, wanted: Wanted): Promise<Tree> {
  const { engine, signal } = session;
  // An image without CMD takes no container without a command; this one is never started.
  const created = await demand(session, ['create', '--label', `${RUN_LABEL}=${session.id}`, '--network', 'none', image, 'none']);
  const id = created.trim().split('\n').at(-1) ?? '';
  const exporting = execa(engine.program, ['export', id], { ...{ buffer: { stdout: false }, reject: false, env: engine.env, cancelSignal: signal } });
  const files = await readLayer(exporting.stdout, wanted).catch((error: Error) => error);
  const { exitCode, stderr } = await exporting;
  if (signal.aborted) throw new EngineProblem('interrupted');
  if (exitCode !== 0) throwIfHopeless(engine, ['export'], stderr);
  if (exitCode !== 0 || files instanceof Error) {
    throw new EngineProblem('engine-failed', { engine: engine.program, command: 'export', cause: stderr.trim() || (files as Error).message });
  }
  await demand(session, ['rm', '--force', '--volumes', id]);
  return treeOf([{ madeBy: '', files }]);
}
