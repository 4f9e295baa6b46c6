import { setTimeout as wait } from 'node:timers/promises';
import { type Container, containerState, removeContainer, startContainer } from '../engine/container.ts';
import { listenerOf } from '../engine/ports.ts';
import { EngineProblem } from '../engine/problem.ts';
import type { Session } from '../engine/session.ts';
import type { RunSettings } from './types.ts';

const POLL_MS = 500;
const SETTLE_MS = 2000;

/** Starts the services of one run, fresh, and waits until each listens. Throws EngineProblem where one does not start. */
export async function startServices(session: Session, role: string, { services, memory, processes, timeout }: RunSettings): Promise<Container[]> {
  const started: Container[] = [];
  for (const { name, image, env } of services) {
    const container = await startContainer(session, { image, role: `${role}-with-${name}`, aliases: [name], env, memory, processes });
    if ('problem' in container) throw new EngineProblem('engine-failed', { engine: session.engine.program, command: `run ${image}`, cause: container.problem });
    started.push(container);
    await untilListening(session, container, `${role}-with-${name}`, image, timeout);
  }
  return started;
}

async function untilListening(session: Session, container: Container, role: string, image: string, timeout: number): Promise<void> {
  const listen = await listenerOf(session, container, role, image);
  for (const began = Date.now(); Date.now() - began < timeout * 1000; ) {
    const { running, pid } = await containerState(session, container);
    if (!running) throw new EngineProblem('engine-failed', { engine: session.engine.program, command: `run ${image}`, cause: 'it ended at once' });
    if ((await listen(pid))?.length) {
      await pause(session, SETTLE_MS);
      return;
    }
    await pause(session, POLL_MS);
  }
}

/** Shorter where the work is ended meanwhile, which the next call tells. */
async function pause({ signal }: Session, milliseconds: number): Promise<void> {
  await wait(milliseconds, undefined, { signal }).catch(() => undefined);
}

export async function removeServices(session: Session, services: readonly Container[]): Promise<void> {
  if (session.signal.aborted) return;
  for (const service of services) await removeContainer(session, service);
}
