import { setTimeout as wait } from 'node:timers/promises';
import { type Container, containerOutput, containerState, madePaths, removeContainer, startContainer, stopContainer } from '../engine/container.ts';
import type { ImageConfig } from '../engine/image.ts';
import { listenerOf } from '../engine/ports.ts';
import type { Session } from '../engine/session.ts';
import { type Answers, browse } from './browse.ts';
import { healthCommand, isHealthy } from './health.ts';
import { removeServices, startServices } from './services.ts';
import type { RunSettings } from './types.ts';

/** What was seen of a container. */
export interface Seen {
  state: 'running' | 'ended' | 'not-started';
  /** Why it could not be started. */
  problem?: string;
  exitCode: number;
  outOfMemory: boolean;
  stdout: string[];
  stderr: string[];
  /** It printed more than is kept. */
  endless: boolean;
  /** undefined where they could not be seen. */
  ports?: string[];
  http: Record<string, Answers>;
  healthy?: boolean;
  /** It ends when it is asked to. */
  stops?: boolean;
  made: string[];
  /** It neither ended nor listened within the time given. */
  idle: boolean;
}

export interface RunInput {
  image: string;
  config: ImageConfig;
  role: string;
  settings: RunSettings;
  /** Paths to ask for, besides those of the settings. */
  paths: readonly string[];
  /** What another image did, which this one is given time to do as well. */
  like?: Seen;
  /** An image with usual programs, where the engine runs elsewhere. */
  helper: string;
}

const POLL_MS = 200;
const STOP_SECONDS = 2;
/** For one that is known to end when it is asked to. */
const STOP_PATIENCE = 15;
/** A server may open one port after the other. */
const SETTLE_MS = 1200;

/** Runs an image and looks at it when it has ended, listens, or its time is up. Its container and services are gone afterwards. */
export async function runImage(session: Session, input: RunInput): Promise<Seen> {
  const { role, settings, image } = input;
  const services = await startServices(session, role, settings);
  const started = await startContainer(session, {
    ...{ image, role, env: settings.env, memory: settings.memory, processes: settings.processes },
    ...(settings.envFile !== undefined && { envFile: settings.envFile }),
    ...(settings.run && { command: settings.run }),
  });
  try {
    if ('problem' in started) return { ...nothing('not-started'), problem: started.problem };
    return await watch(session, started, input);
  } finally {
    if ('id' in started && !session.signal.aborted) await removeContainer(session, started);
    await removeServices(session, services);
  }
}

function nothing(state: Seen['state']): Seen {
  return { state, exitCode: 0, outOfMemory: false, stdout: [], stderr: [], endless: false, http: {}, made: [], idle: false };
}

function patienceWith({ like }: RunInput): number {
  return like?.stops ? STOP_PATIENCE : STOP_SECONDS;
}

async function watch(session: Session, container: Container, input: RunInput): Promise<Seen> {
  const { running, ports } = await settle(session, container, input);
  const seen: Seen = { ...nothing(running ? 'running' : 'ended'), ...(ports && { ports }), idle: running && !ports?.length };
  if (running) {
    const { address } = await containerState(session, container);
    for (const port of ports ?? []) {
      const [number = '', protocol] = port.split('/');
      const place = { address, port: Number(number), signal: session.signal };
      if (protocol === 'tcp') seen.http[number] = await browse(place, [...input.settings.paths, ...input.paths]);
    }
    const check = healthCommand(input.config);
    if (check) seen.healthy = await isHealthy(session, container, check);
  }
  // It may have ended while it was looked at; what it says when it is stopped comes last.
  const { running: isUp, exitCode, outOfMemory } = await containerState(session, container);
  const stops = isUp ? { stops: await stopContainer(session, container, patienceWith(input)) } : {};
  const state = isUp ? ('running' as const) : ('ended' as const);
  return { ...seen, ...stops, state, exitCode, outOfMemory, ...(await containerOutput(session, container)), made: await madePaths(session, container) };
}

async function settle(session: Session, container: Container, { settings, role, helper, like }: RunInput): Promise<{ running: boolean; ports?: string[] }> {
  const listen = await listenerOf(session, container, role, helper);
  const wanted = like?.state === 'running' ? (like.ports ?? []) : [];
  const began = Date.now();
  let settled = began;
  let ports: string[] | undefined;
  for (;;) {
    const { running, pid } = await containerState(session, container);
    if (!running) return { running, ...(ports && { ports }) };
    const now = await listen(pid);
    if (now && now.join() !== ports?.join()) [ports, settled] = [now, Date.now()];
    const isCalm = Boolean(ports?.length) && Date.now() - settled > SETTLE_MS && wanted.every((port) => ports?.includes(port));
    if (isCalm || Date.now() - began > settings.timeout * 1000) return { running, ...(ports && { ports }) };
    await wait(POLL_MS, undefined, { signal: session.signal }).catch(() => undefined);
  }
}
