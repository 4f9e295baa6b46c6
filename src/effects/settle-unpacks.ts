import { posix } from 'node:path';
import type { Effect, LabelledInstruction } from '../types.ts';
import { isShared, within } from './effect.ts';
import { withEffects } from './settle-each.ts';

const BUILDS = new Set(['configure', 'compile', 'install-built']);

/**
 * An archive that is unpacked into a directory of the system, and of which a directory is built in afterwards: sources stand
 * in one directory, and of what else there might be in the archive the image needs nothing.
 */
export function settleUnpacks(labelled: readonly LabelledInstruction[]): LabelledInstruction[] {
  const written: string[] = [];
  return labelled.map((one) => {
    const effects = (one.segments ?? []).flatMap((part) => part.effects);
    const settled = withEffects(one, (effect) => {
      const tree = effect.action === 'unpack' && effect.role === 'unknown' ? builtIn(effect, effects, written) : undefined;
      return tree === undefined
        ? effect
        : { ...effect, role: 'both', action: 'download', why: 'unpacks an archive', reads: [], writes: [{ path: tree, kind: 'tree' }] };
    });
    written.push(
      ...(one.copy ? [one.copy.destination, ...one.copy.placed.map(({ path }) => path)] : []),
      ...effects.flatMap(({ writes }) => writes.map(({ path }) => path)),
    );
    written.push(one.state.cwd);
    return settled;
  });
}

/** The directory below that of the archive in which something is built later on, and which nothing else made. */
function builtIn(effect: Effect, effects: readonly Effect[], written: readonly string[]): string | undefined {
  const [directory = '/'] = effect.reads;
  const builds = effects.slice(effects.indexOf(effect) + 1).filter(({ action }) => BUILDS.has(action ?? ''));
  const trees = builds.flatMap(({ command }) => {
    const cwd = command?.cwd;
    if (cwd === undefined || cwd === directory || !within(cwd, directory)) return [];
    return [posix.join(directory, posix.relative(directory, cwd).split('/')[0] ?? '')];
  });
  const made = [...written, ...effects.slice(0, effects.indexOf(effect)).flatMap(({ writes }) => writes.map(({ path }) => path))];
  return trees.find((tree) => !isShared(tree) && !STANDARD.has(tree) && !made.some((path) => within(path, tree)));
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
