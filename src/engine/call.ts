import { execa } from 'execa';
import type { Engine } from './engine.ts';
import { EngineProblem } from './problem.ts';

/** Whom calls are made for: the engine, and the signal that ends all of them. */
export interface Caller {
  engine: Engine;
  signal: AbortSignal;
}

export interface Called {
  /** Exit code; undefined where it was ended for taking too long. */
  code: number | undefined;
  stdout: string;
  stderr: string;
}

export interface CallOptions {
  timeoutMs?: number;
  input?: string;
}

/** An answer that takes longer than this will not come. */
const TIMEOUT_MS = 120_000;
const KILL_AFTER_MS = 2000;
const OUTPUT_LIMIT = 64 * 1024 * 1024;
const GONE =
  /Cannot connect to the Docker daemon|error during connect|connection refused.*docker|Is the docker daemon running|unable to connect to Podman|transport is closing|server closed the connection|rpc error: code = Unavailable|unexpected EOF$/im;
const FULL = /no space left on device|disk quota exceeded/i;

/**
 * Calls the engine's client, never through a shell. A call that fails is an answer as well; only an engine that is gone, a full
 * disk and an interruption end the work: EngineProblem `engine-gone`, `disk-full`, `interrupted`.
 */
export async function call({ engine, signal }: Caller, args: readonly string[], { timeoutMs = TIMEOUT_MS, input = '' }: CallOptions = {}): Promise<Called> {
  const ended = await execa(engine.program, args, {
    ...{ reject: false, input, env: engine.env, timeout: timeoutMs, cancelSignal: signal, forceKillAfterDelay: KILL_AFTER_MS },
    ...{ maxBuffer: OUTPUT_LIMIT, stripFinalNewline: false },
  });
  if (signal.aborted) throw new EngineProblem('interrupted');
  const code = ended.timedOut ? undefined : (ended.exitCode ?? 1);
  if (code !== 0) throwIfHopeless(engine, args, ended.stderr);
  return { code, stdout: ended.stdout, stderr: ended.stderr };
}

/** As `call`, for what has to succeed. Gives standard output; throws EngineProblem `engine-failed` where the call fails. */
export async function demand(caller: Caller, args: readonly string[], options: CallOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await call(caller, args, options);
  if (code === 0) return stdout;
  const cause = code === undefined ? 'no answer in time' : stderr.trim().split('\n').slice(-3).join(' ');
  throw new EngineProblem('engine-failed', { engine: caller.engine.program, command: args.slice(0, 2).join(' '), cause });
}

/** What no further call could do better. */
export function throwIfHopeless(engine: Engine, args: readonly string[], stderr: string): void {
  const line = (pattern: RegExp) =>
    stderr
      .split('\n')
      .find((text) => pattern.test(text))
      ?.trim() ?? '';
  if (GONE.test(stderr)) throw new EngineProblem('engine-gone', { engine: engine.program, command: args[0] ?? '', cause: line(GONE) });
  if (FULL.test(stderr)) throw new EngineProblem('disk-full', { engine: engine.program, cause: line(FULL) });
}
