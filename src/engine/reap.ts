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
}

export interface Reaper {
  /** Tells of a client that runs: it must not outlive this process. Gives what is called when it has ended. */
  watch(pid: number): () => void;
  /** Removes everything but the images to `keep`; undefined where the work was cut off. Does not wait for an engine that no longer answers. */
  reap(keep: readonly string[] | undefined): Promise<void>;
}

/**
 * Starts a process that removes what a session made as soon as this one ends, however it ends: their pipe closes then. A group
 * of its own keeps it from the Ctrl-C that ends this one.
 */
export function startReaper(harvest: Harvest): Reaper {
  const file = fileURLToPath(new URL('./reaper.mjs', import.meta.url));
  const child = spawn(process.execPath, [file, JSON.stringify(harvest)], { detached: true, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
  const { stdin, stdout } = child;
  // A reaper that is gone removes nothing; there is no more to do about it.
  const ended = new Promise((resolve) => child.on('exit', resolve).on('error', resolve));
  stdin.on('error', () => undefined);
  const tell = (line: string) => stdin.write(`${line}\n`);
  return {
    watch: (pid) => {
      tell(`+${pid}`);
      return () => tell(`-${pid}`);
    },
    reap: async (keep) => {
      if (keep) tell(['done', ...keep].join(' '));
      stdin.end();
      // All that it says is that the engine does not answer: it goes on waiting for that by itself.
      await Promise.race([ended, once(stdout, 'data')]);
      stdout.destroy();
      child.unref();
    },
  };
}
