import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Verification } from '../../src/verify/index.ts';
import { cli } from './cli.ts';

const run = promisify(execFile);

/** Runs `restage verify` of the built command line with the engine of these tests. Gives its exit code and what it found. */
export async function restageVerify(args: readonly string[]): Promise<{ status: number; found: Verification }> {
  const command = [cli, 'verify', ...args, '--json', '--quiet', '--engine', process.env.DOCKER ?? 'docker'];
  const {
    code = 0,
    stdout,
    stderr,
  } = (await run(process.execPath, command, { maxBuffer: 64 * 1024 * 1024 }).catch((error: { code: number; stdout: string; stderr: string }) => error)) as {
    code?: number;
    stdout: string;
    stderr: string;
  };
  if (stdout === '') throw new Error(stderr);
  return { status: code, found: JSON.parse(stdout) as Verification };
}
