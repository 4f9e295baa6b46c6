import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Verification } from '../../src/verify/index.ts';
import { cli } from './cli.ts';

const run = promisify(execFile);

interface Ended {
  code?: number;
  stdout: string;
  stderr: string;
}

/** Runs the built command line with the engine of these tests. Gives its exit code and the object that it printed. */
export async function restageJson<T>(args: readonly string[]): Promise<{ status: number; json: T }> {
  const command = [cli, ...args, '--json', '--quiet', '--engine', process.env.DOCKER ?? 'docker'];
  const ended: Ended = await run(process.execPath, command, { maxBuffer: 64 * 1024 * 1024 }).catch((error: Ended) => error);
  if (ended.stdout === '') throw new Error(ended.stderr);
  return { status: ended.code ?? 0, json: JSON.parse(ended.stdout) as T };
}

/** Runs `restage verify`; once more where it does not say what is expected, for registries and busy machines have bad moments. */
export async function restageVerify(args: readonly string[], isExpected: (found: Verification) => boolean): Promise<{ status: number; found: Verification }> {
  const verify = () => restageJson<Verification>(['verify', '--build-timeout', BUILD_SECONDS, ...args]);
  const first = await verify();
  const { status, json } = isExpected(first.json) ? first : await verify();
  return { status, found: json };
}

const BUILD_SECONDS = '400';
