import { Stop } from '../../errors.ts';
import type { Facts } from '../../languages/language.ts';
import type { Build } from './builds.ts';

/**
 * An image that no table knows may set a directory and a user of its own: what is built must say both, or show that the user
 * may change the system. Throws Stop where it does not.
 */
export function stopAtUnknownBase(facts: Facts, builds: readonly Build[]): void {
  if (facts.base.image !== '') return;
  const first = builds[0];
  if (!first) return;
  const before = facts.source.instructions.filter(({ index }) => index < first.index);
  const settled =
    before.some(({ keyword, value }) => keyword === 'WORKDIR' && /^["']?\//.test(value)) || builds.every(({ cwd }) => cwd !== undefined && cwd !== '/');
  const isRoot = before.some(({ keyword, value }) => keyword === 'USER' && /^(root|0)\b/.test(value)) || installsPackages(facts);
  if (!settled || !isRoot)
    throw new Stop('unknown-base', { image: facts.reference, lacks: settled ? 'the user that it runs as' : 'the directory that it works in' }, first.line);
}

/** Only root installs packages, unless through sudo. */
function installsPackages({ labelled, source }: Facts): boolean {
  const user = source.instructions.find(({ keyword }) => keyword === 'USER')?.index ?? Number.POSITIVE_INFINITY;
  return labelled.some(
    ({ index, segments }) =>
      index < user &&
      segments?.some(({ segment, effects }) => effects.some(({ packages }) => packages) && !segment.commands.some(({ name }) => name === 'sudo')),
  );
}
