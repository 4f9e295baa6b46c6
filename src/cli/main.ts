#!/usr/bin/env node
import { run } from './run.ts';

// A reader that has seen enough (`restage … | head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

const { exitCode, stdout, stderr } = await run(process.argv.slice(2), {
  env: process.env,
  stdin: () => process.stdin,
  terminal: { stdout: process.stdout.isTTY === true, stderr: process.stderr.isTTY === true },
  tell: (text) => process.stderr.write(text),
  interruption,
});
process.stderr.write(stderr);
process.stdout.write(stdout);
// Not process.exit(): what a pipe has not taken yet would be lost.
process.exitCode = exitCode;

/** The first signal asks the work to end in good order, a second one ends it. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}
