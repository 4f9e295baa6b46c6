import { posix } from 'node:path';
import type { Effect, LabelledInstruction } from '../types.ts';
import { allEffects, isShared, within } from './effect.ts';
import { withEffects } from './settle-each.ts';

const BUILDS = new Set(['configure', 'compile', 'install-built']);

/**
 * An archive that is unpacked into a directory of the system, and of which a directory is built in afterwards: sources stand
 * in one directory, and of what else there might be in the archive the image needs nothing.
 */
export function settleUnpacks(labelled: readonly LabelledInstruction[]): LabelledInstruction[] {
  const effects = allEffects(labelled);
  if (!effects.some(isUnpack)) return [...labelled];
  const written: string[] = [];
  let at = 0;
  return labelled.map((one) => {
    const settled = withEffects(one, (effect) => {
      const tree = isUnpack(effect) ? builtIn(effect, effects.slice(at + 1), written) : undefined;
      at++;
      const done: Effect = tree === undefined ? effect : { ...effect, ...SETTLED, writes: [{ path: tree, kind: 'tree' }] };
      written.push(...done.writes.map(({ path }) => path));
      return done;
    });
    written.push(one.state.cwd, ...(one.copy ? [one.copy.destination, ...one.copy.placed.map(({ path }) => path)] : []));
    return settled;
  });
}

const SETTLED = { role: 'both', action: 'download', why: 'unpacks an archive', reads: [] } satisfies Partial<Effect>;

function isUnpack({ action, role }: Effect): boolean {
  return action === 'unpack' && role === 'unknown';
}

/** The directory below that of the archive in which something is built later on, and which nothing before has made. */
function builtIn(effect: Effect, later: readonly Effect[], written: readonly string[]): string | undefined {
  const [directory = '/'] = effect.reads;
  const trees = later.flatMap(({ action, command }) => {
    const cwd = command?.cwd;
    if (!BUILDS.has(action ?? '') || cwd === undefined || cwd === directory || !within(cwd, directory)) return [];
    return [posix.join(directory, posix.relative(directory, cwd).split('/')[0] ?? '')];
  });
  return trees.find((tree) => !isShared(tree) && !STANDARD.has(tree) && !written.some((path) => within(path, tree)));
}

const STANDARD = new Set([
  '/root',
  '/opt',
  '/home',
  '/tmp',
  '/srv',
  '/mnt',
  '/media',
  '/boot',
  '/usr/src',
  '/var/tmp',
  '/var/www',
  '/usr/games',
  '/usr/libexec',
]);
