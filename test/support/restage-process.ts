import { spawn } from 'node:child_process';
import { cli } from './cli.ts';

export interface Ended {
  /** As shells have it. */
  status: number;
  stdout: string;
  stderr: string;
  seconds: number;
}

export interface RestageProcess {
  ended: Promise<Ended>;
  /** Resolves when standard error has these words. */
  said(words: string): Promise<void>;
  /** To the process and all that it started, as a terminal does it. */
  interrupt(): void;
  kill(): void;
}

export interface Where {
  env: NodeJS.ProcessEnv;
  /** Words that start a program in another place. */
  prefix?: readonly string[];
}

const NUMBERS: Partial<Record<NodeJS.Signals, number>> = { SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/** Starts the built command line, in a process group of its own. */
export function startRestage(args: readonly string[], { env, prefix = [] }: Where): RestageProcess {
  const { NO_COLOR: _, FORCE_COLOR: __, ...rest } = env;
  const [program = '', ...words] = [...prefix, process.execPath, cli, ...args];
  const began = performance.now();
  const child = spawn(program, words, { env: rest, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const group = -(child.pid ?? 0);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => {
      const status = code ?? 128 + (NUMBERS[signal ?? 'SIGKILL'] ?? 0);
      resolve({ status, stdout, stderr, seconds: (performance.now() - began) / 1000 });
    });
  });
  return {
    ended,
    said: (words) =>
      new Promise((resolve, reject) => {
        const look = () => stderr.includes(words) && resolve();
        look();
        child.stderr.on('data', look);
        ended.then(() => reject(new Error(`ended without the words ${words}: ${stderr}`)));
      }),
    interrupt: () => process.kill(group, 'SIGINT'),
    kill: () => child.kill('SIGKILL'),
  };
}
