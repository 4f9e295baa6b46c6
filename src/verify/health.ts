import { setTimeout as wait } from 'node:timers/promises';
import { type Container, execute } from '../engine/container.ts';
import type { ImageConfig } from '../engine/image.ts';
import type { Session } from '../engine/session.ts';

const TRIES = 5;
const PAUSE_MS = 1000;
const CHECK_MS = 20_000;

/** The words of the HEALTHCHECK; undefined where there is none. https://docs.docker.com/reference/dockerfile/#healthcheck */
export function healthCommand({ Healthcheck, Shell }: ImageConfig): string[] | undefined {
  const [kind, ...words] = Healthcheck?.Test ?? [];
  if (kind === 'CMD') return words;
  return kind === 'CMD-SHELL' ? [...(Shell ?? ['/bin/sh', '-c']), ...words] : undefined;
}

/** Whether the check passes within a few tries. */
export async function isHealthy(session: Session, container: Container, command: readonly string[]): Promise<boolean> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (attempt > 0) await wait(PAUSE_MS, undefined, { signal: session.signal }).catch(() => undefined);
    if ((await execute(session, container, command, CHECK_MS)).code === 0) return true;
  }
  return false;
}

/** Paths of the URLs that the check asks its own container for. */
export function healthPaths(config: ImageConfig): string[] {
  const text = (healthCommand(config) ?? []).join(' ');
  return [...text.matchAll(/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::\d+)?(\/[^\s"'|;&)]*)/g)].map(([, path = '']) => path);
}
