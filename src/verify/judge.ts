import type { Seen } from './run.ts';
import type { RunSettings } from './types.ts';

interface Doubt {
  message: string;
  help: string;
}

/** Why a run of the first image shows too little to say that the second does the same; undefined where it shows enough. */
export function whyNotJudged(seen: Seen, settings: RunSettings, exposed: readonly string[] = []): Doubt | undefined {
  if (seen.state === 'not-started') {
    return { message: `the first image cannot be started: ${seen.problem}`, help: 'Name what it is run with: --run, --env, --env-file.' };
  }
  const doubt = seen.state === 'ended' ? doubtOfEnd(seen, settings) : seen.idle ? doubtOfIdleness(seen, settings, exposed) : undefined;
  if (doubt) return doubt;
  if (seen.endless && (seen.idle || seen.state === 'ended')) {
    return { message: 'the first image prints more than can be compared', help: 'Name a command that shows what it does in fewer words: --run.' };
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

function doubtOfEnd(seen: Seen, settings: RunSettings): Doubt | undefined {
  if (seen.outOfMemory) return { message: `the first image takes more memory than ${settings.memory}`, help: 'Give it more: --memory.' };
  if (seen.exitCode !== 0 && !settings.run) {
    const last = (seen.stderr.length > 0 ? seen.stderr : seen.stdout).slice(-2).join(' | ').slice(-300);
    return {
      message: `the first image itself ends with ${seen.exitCode}${last && `: ${last}`}`,
      help: 'Give it what it needs: --env, --env-file, --with IMAGE for a service, or --run with the command that it is really run with.',
    };
  }
  return isSilent(seen) ? { message: 'the first image ends without a word or a file', help: 'Name a command that shows what it does: --run.' } : undefined;
}

function doubtOfIdleness(seen: Seen, settings: RunSettings, exposed: readonly string[]): Doubt | undefined {
  if (exposed.length > 0) {
    const last = [...seen.stdout, ...seen.stderr].at(-1);
    return {
      message: `the first image listens on none of the ports that it exposes (${exposed.join(', ')}) in ${settings.timeout} s${last ? `: ${last.slice(0, 200)}` : ''}`,
      help: 'Give it what it needs: --env, --env-file, --with IMAGE for a service, or more time: --timeout.',
    };
  }
  if (!isSilent(seen)) return undefined;
  return {
    message: `the first image neither ends nor listens nor says anything in ${settings.timeout} s`,
    help: 'Give it more time (--timeout) or what it needs (--env, --with IMAGE).',
  };
}

function isSilent({ stdout, stderr, made }: Seen): boolean {
  return stdout.length === 0 && stderr.length === 0 && made.length === 0;
}
