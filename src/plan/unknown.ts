import { posix } from 'node:path';
import { describe } from '../effects/run.ts';
import { Stop } from '../errors.ts';
import type { Effect } from '../types.ts';

/** The Stop for a command of which nobody can judge what it does: its words, and what is known of it all the same. */
export function unknownCommand(effect: Effect, line: number | undefined): Stop {
  const { command, why } = told(effect);
  return new Stop('unknown-command', { command, why: why === '' ? '' : `(it ${why})` }, line);
}

/** An effect says of a command that is not known either what it is or, in a sentence, why that is not enough. */
function told({ command, why }: Effect): { command: string; why: string } {
  if (command && why === describe(command)) return { command: why, why: '' };
  const first = why.split(' ')[0] ?? '';
  if (command && ![command.name, posix.basename(command.name), ...command.args.map(({ value }) => value)].includes(first))
    return { command: describe(command), why };
  const [, words = why, sentence = ''] = /^(\S.*?) ((?:writes|names|starts|uses|puts|installs by|may|sets rights)\b.*)$/.exec(why) ?? [];
  return { command: words, why: sentence };
}
