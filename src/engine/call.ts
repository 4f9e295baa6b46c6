import { execa } from 'execa';
import type { Engine } from './engine.ts';
import { EngineProblem } from './problem.ts';

/** Whom calls are made for. */
export interface Caller {
  engine: Engine;
  /** Ends all of them. */
  signal: AbortSignal;
  /** Hears of each client that runs, and gives what is called when it has ended. */
  watch(pid: number): () => void;
}

export interface Called {
  /** Exit code; undefined where it was ended for taking longer than asked. */
  code: number | undefined;
  stdout: string;
  stderr: string;
  /** There was more output than asked for. */
  cut: boolean;
}

export interface CallOptions {
  /** Where it is named, a call that takes longer is an answer; else the engine is taken to answer no more. */
  timeoutMs?: number;
  input?: string;
  /** Characters of each stream. */
  outputLimit?: number;
  /** Lines of output that are not the client's own words but those of a program that it runs. */
  quoted?: RegExp;
}

/** An answer that takes longer than this will not come. */
const TIMEOUT_MS = 120_000;
const ANSWER_MS = 10_000;
const KILL_AFTER_MS = 2000;
const OUTPUT_LIMIT = 64 * 1024 * 1024;
const GONE =
  /Cannot connect to the Docker daemon|error during connect|connection refused.*docker|Is the docker daemon running|unable to connect to Podman|transport is closing|server closed the connection|rpc error: code = Unavailable|unexpected EOF$/im;
const FULL = /no space left on device|disk quota exceeded/i;

/**
 * Calls the engine's client, never through a shell. A call that fails is an answer as well; only an engine that is gone or
 * answers no more, a full disk and an interruption end the work: EngineProblem `engine-gone`, `engine-failed`, `disk-full`,
 * `interrupted`.
 */
export async function call(caller: Caller, args: readonly string[], options: CallOptions = {}): Promise<Called> {
  const { engine, signal } = caller;
  const { timeoutMs = TIMEOUT_MS, input = '', outputLimit = OUTPUT_LIMIT, quoted } = options;
  const running = execa(engine.program, args, {
    ...{ reject: false, input, env: engine.env, timeout: timeoutMs, cancelSignal: signal, forceKillAfterDelay: KILL_AFTER_MS },
    ...{ maxBuffer: outputLimit, stripFinalNewline: false },
  });
  const ended = running.pid === undefined ? undefined : caller.watch(running.pid);
  const { timedOut, exitCode = 1, stdout, stderr, isMaxBuffer } = await running;
  ended?.();
  if (signal.aborted) throw new EngineProblem('interrupted');
  if (timedOut && options.timeoutMs === undefined) throw failed(engine, args, `no answer in ${timeoutMs / 1000} s`);
  if (!timedOut && !isMaxBuffer && exitCode !== 0) await endIfHopeless(engine, args, stderr, quoted);
  return { code: timedOut ? undefined : exitCode, stdout, stderr, cut: isMaxBuffer };
}

/** As `call`, for what has to succeed. Gives standard output; throws EngineProblem `engine-failed` where the call fails. */
export async function demand(caller: Caller, args: readonly string[], options: Omit<CallOptions, 'timeoutMs'> = {}): Promise<string> {
  const { code, stdout, stderr } = await call(caller, args, options);
  if (code === 0) return stdout;
  throw failed(caller.engine, args, stderr.trim().split('\n').slice(-3).join(' '));
}

/** The problem of a call that does not do what it has to. */
export function failed(engine: Engine, args: readonly string[], cause: string): EngineProblem {
  return new EngineProblem('engine-failed', { engine: engine.program, command: args.slice(0, 2).join(' '), cause });
}

/** Of a call whose standard error is all the client's own. Throws what no further call could do better. */
export function throwIfHopeless(engine: Engine, args: readonly string[], stderr: string): void {
  throwIfGone(engine, args, stderr);
  throwIfFull(engine, stderr);
}

/** Programs that an engine runs complain in the same words, so it is asked whether it is gone. A full disk is one for all of them. */
async function endIfHopeless(engine: Engine, args: readonly string[], stderr: string, quoted?: RegExp): Promise<void> {
  const own = stderr.split('\n').filter((line) => !quoted?.test(line));
  if (own.some((line) => GONE.test(line)) && !(await answers(engine))) throwIfGone(engine, args, own.join('\n'));
  throwIfFull(engine, stderr);
}

function throwIfGone(engine: Engine, args: readonly string[], stderr: string): void {
  const cause = lineWith(GONE, stderr);
  if (cause !== undefined) throw new EngineProblem('engine-gone', { engine: engine.program, command: args[0] ?? '', cause });
}

function throwIfFull(engine: Engine, stderr: string): void {
  const cause = lineWith(FULL, stderr);
  if (cause !== undefined) throw new EngineProblem('disk-full', { engine: engine.program, cause });
}

function lineWith(pattern: RegExp, text: string): string | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.find((line) => pattern.test(line));
}

async function answers({ program, kind, env }: Engine): Promise<boolean> {
  const { exitCode } = await execa(program, kind.version, { reject: false, timeout: ANSWER_MS, env });
  return exitCode === 0;
}
