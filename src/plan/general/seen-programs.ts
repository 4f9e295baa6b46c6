import { posix } from 'node:path';
import type { Facts } from '../../languages/language.ts';

/**
 * Whether all that the container starts was seen to be programs that can neither start others nor load anything by name, whatever their
 * sources look like.
 */
export function startsOnlyQuiet({ observation, start, labelled }: Facts): boolean {
  const quiet = new Set(observation?.programs?.flatMap((one) => (one.reachesOut ? [] : one.path)));
  const directories = labelled.at(-1)?.state.env.PATH?.split(':') ?? [];
  const isQuiet = (name: string, cwd: string | undefined) =>
    name.includes('/') ? quiet.has(posix.resolve(cwd ?? '/', name)) : directories.some((directory) => quiet.has(posix.join(directory, name)));
  return start.commands.length > 0 && start.commands.every(({ name, cwd }) => isQuiet(name, cwd));
}
