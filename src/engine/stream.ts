import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { call, failed, throwIfHopeless } from './call.ts';
import { EngineProblem } from './problem.ts';
import type { Session } from './session.ts';

type Read<T> = (stream: AsyncIterable<Uint8Array>) => Promise<T>;

const WRITE_MS = 900_000;

/** Reads an archive that the client writes, of any size. Throws EngineProblem where the engine does not give it. */
export async function readOutput<T>(session: Session, command: string, args: readonly string[], read: Read<T>): Promise<T> {
  const { engine, signal } = session;
  if (!engine.kind.streams) return readFile(session, command, args, read);
  const writing = execa(engine.program, [command, ...args], { ...{ buffer: { stdout: false }, reject: false, env: engine.env, cancelSignal: signal } });
  const found = await read(writing.stdout).catch((error: Error) => error);
  const { exitCode, stderr } = await writing;
  if (signal.aborted) throw new EngineProblem('interrupted');
  if (exitCode !== 0) throwIfHopeless(engine, [command], stderr);
  if (exitCode !== 0 || found instanceof Error) throw failed(engine, [command], stderr.trim() || (found as Error).message);
  return found;
}

async function readFile<T>(session: Session, command: string, args: readonly string[], read: Read<T>): Promise<T> {
  const file = join(session.folder, command);
  try {
    const { code, stderr } = await call(session, [command, '--output', file, ...args], { timeoutMs: WRITE_MS });
    if (code !== 0) throw failed(session.engine, [command], stderr.trim() || 'no end');
    return await read(createReadStream(file)).catch((error: Error) => {
      throw failed(session.engine, [command], error.message);
    });
  } finally {
    await rm(file, { force: true });
  }
}
