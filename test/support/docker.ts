import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

/** The client; DOCKER names another one. */
const client = process.env.DOCKER ?? 'docker';
const env = { ...process.env, DOCKER_BUILDKIT: '1', BUILDKIT_PROGRESS: 'plain' };
const run = promisify(execFile);
const ERROR_LINES = 25;

/** The engine's version; undefined where none answers. */
export function engineVersion(): string | undefined {
  const { status, stdout } = spawnSync(client, ['version', '--format', '{{.Server.Version}}'], { env, encoding: 'utf8', timeout: 20_000 });
  return status === 0 && stdout.trim() !== '' ? stdout.trim() : undefined;
}

/** Standard output of a docker command; throws with what it said where it fails. */
export async function docker(args: string[]): Promise<string> {
  try {
    const { stdout } = await run(client, args, { env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    const { stderr = String(error) } = error as { stderr?: string };
    throw new Error(`docker ${args[0]}: ${stderr.trim().split('\n').slice(-ERROR_LINES).join('\n')}`, { cause: error });
  }
}

/** Removes images and containers, whether or not they came to be. */
export async function remove(kind: 'image' | 'container', names: readonly string[]): Promise<void> {
  const command = kind === 'image' ? ['rmi', '-f'] : ['rm', '-f', '-v'];
  await docker([...command, ...names]).catch(() => undefined);
}
