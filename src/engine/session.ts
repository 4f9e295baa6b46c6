import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Caller, demand } from './call.ts';
import { findEngine } from './engine.ts';
import { EngineProblem } from './problem.ts';
import { startReaper } from './reap.ts';

/** One piece of work with an engine. Everything that it makes there carries its id, and is removed when it ends. */
export interface Session extends Caller {
  /** `restage-` and 8 hexadecimal digits. */
  id: string;
  /** A folder for files that the engine's client reads. */
  folder: string;
  /** A network without a way out, that only this session's containers are on. */
  network: string;
}

export const RUN_LABEL = 'dev.restage.run';

export interface SessionOptions {
  /** Name or path of the engine's client; the first that answers where there is none. */
  program?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Roles of the images that stay where the work comes to its end. */
  keep?: readonly string[];
}

/**
 * Does work in a session. Containers, networks, images and files of the session are removed when it ends: by return, by error,
 * by signal, and, through a process of its own, when this one is killed. Throws EngineProblem where there is no engine.
 */
export async function withSession<T>(
  { program, signal = new AbortController().signal, keep = [] }: SessionOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const engine = await findEngine(program, signal);
  const id = `restage-${randomBytes(4).toString('hex')}`;
  const folder = await inFolder(mkdtemp(join(tmpdir(), `${id}-`)));
  const reaper = startReaper({ program: engine.program, env: engine.env, id, label: `${RUN_LABEL}=${id}`, folder });
  const session: Session = { engine, signal, watch: reaper.watch, id, folder, network: id };
  let kept: string[] | undefined;
  let result: T;
  try {
    await demand(session, ['network', 'create', '--internal', '--label', `${RUN_LABEL}=${id}`, id]);
    result = await work(session);
    kept = keep.map((role) => imageName(session, role));
  } finally {
    await reaper.reap(kept);
  }
  // Asked to end when all was done but the removing. Not where images were kept, for of these the result tells.
  if (signal.aborted && keep.length === 0) throw new EngineProblem('interrupted');
  return result;
}

/** Of what is done in the session's folder. Throws EngineProblem `no-folder` where it cannot be. */
export async function inFolder<T>(done: Promise<T>): Promise<T> {
  try {
    return await done;
  } catch (error) {
    throw new EngineProblem('no-folder', { folder: tmpdir(), cause: (error as Error).message });
  }
}

/** The name of an image of a session. */
export function imageName({ id }: Session, role: string): string {
  return `${id}:${role}`;
}
