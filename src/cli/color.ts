import picocolors from 'picocolors';
import type { ColorChoice } from './args.ts';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** The colours of one stream: what the user asked for, then NO_COLOR, FORCE_COLOR, and only on a terminal. */
export function colorsFor(choice: ColorChoice, env: NodeJS.ProcessEnv, terminal: boolean): Colors {
  return picocolors.createColors(choice === 'auto' ? wanted(env, terminal) : choice === 'always');
}

function wanted(env: NodeJS.ProcessEnv, terminal: boolean): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return !['0', 'false'].includes(env.FORCE_COLOR);
  return terminal && env.TERM !== 'dumb';
}
