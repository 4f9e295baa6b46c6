import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What the reaper has to remove; see reaper.mjs. */
export interface Harvest {
  program: string;
  env: Record<string, string>;
  /** Name of the session's network, and of the repository of its images. */
  id: string;
  /** `NAME=VALUE` that its containers and networks carry. */
  label: string;
  folder: string;
  keep: boolean;
}

/**
 * Starts a process that removes what a session made as soon as this one ends, however it ends: their pipe closes then. A group
 * of its own keeps it from the Ctrl-C that ends this one.
 */
export function startReaper(harvest: Harvest): { reap: () => Promise<void> } {
  const file = fileURLToPath(new URL('./reaper.mjs', import.meta.url));
  const child = spawn(process.execPath, [file, JSON.stringify(harvest)], { detached: true, stdio: ['pipe', 'ignore', 'ignore'], windowsHide: true });
  const ended = once(child, 'exit');
  child.unref();
  child.stdin.on('error', () => undefined);
  return {
    reap: async () => {
      child.ref();
      child.stdin.end();
      await ended;
    },
  };
}
