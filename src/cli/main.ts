#!/usr/bin/env node
import { INTERRUPTED } from './exit-codes.ts';
import { run } from './run.ts';

/** What started this program may pass on a signal that the terminal has sent to both. */
const ECHO_MS = 500;

// A terminal that is closed takes no more words.
process.stderr.on('error', () => undefined);
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

/** The first signal asks the work to end in good order, a second one ends it; what it made is removed in either case. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  let since = 0;
  const stop = () => {
    if (!controller.signal.aborted) {
      process.stderr.write('restage: interrupted, removing what was made\n');
      since = Date.now();
      controller.abort();
    } else if (Date.now() - since > ECHO_MS) process.exit(INTERRUPTED);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  return controller.signal;
}
