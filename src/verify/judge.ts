import type { Seen } from './run.ts';
import type { RunSettings } from './types.ts';

/** Why a run of the first image shows too little to say that the second does the same; undefined where it shows enough. */
export function whyNotJudged(seen: Seen, settings: RunSettings): { message: string; help: string } | undefined {
  const last = (seen.stderr.length > 0 ? seen.stderr : seen.stdout).slice(-2).join(' | ').slice(-300);
  if (seen.state === 'not-started')
    return { message: `the first image cannot be started: ${seen.problem}`, help: 'Name what it is run with: --run, --env, --env-file.' };
  if (seen.state === 'ended' && seen.exitCode !== 0 && !settings.run) {
    return {
      message: `the first image itself ends with ${seen.exitCode}${last && `: ${last}`}`,
      help: 'Give it what it needs: --env, --env-file, --with IMAGE for a service, or --run with the command that it is really run with.',
    };
  }
  if (seen.state === 'ended' && seen.stdout.length === 0 && seen.stderr.length === 0 && seen.made.length === 0) {
    return { message: 'the first image ends without a word or a file', help: 'Name a command that shows what it does: --run.' };
  }
  if (seen.idle && seen.stdout.length === 0 && seen.stderr.length === 0 && seen.made.length === 0) {
    return {
      message: `the first image neither ends nor listens nor says anything in ${settings.timeout} s`,
      help: 'Give it more time (--timeout) or what it needs (--env, --with IMAGE).',
    };
  }
  const answers = Object.values(seen.http).flatMap((paths) => Object.values(paths));
  if (answers.length > 0 && answers.every(({ status }) => status >= 500)) {
    return {
      message: 'the first image itself answers every path with a server error',
      help: 'Give it what it needs: --env, --env-file, --with IMAGE for a service; or name a path that works: --path.',
    };
  }
  return undefined;
}
