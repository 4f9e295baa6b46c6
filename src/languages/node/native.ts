import { slimSibling } from '../../knowledge/siblings.ts';
import type { Decision, Need } from '../../types.ts';
import type { AddedStep, Facts } from '../language.ts';
import { type Install, lastStep } from './installs.ts';

export interface NativeSteps {
  builderSteps: AddedStep[];
  finalSteps: AddedStep[];
  decisions: Decision[];
}

/** Where the builder writes the names of the packages that hold the libraries. */
const LIST = '/native-packages';

/**
 * Steps for packages that are compiled on a full image, whose libraries its slim sibling may lack: the builder lists the
 * Debian packages that they link to, as the official image of Python does
 * (https://github.com/docker-library/python/blob/master/Dockerfile-linux.template), and the final stage installs what is missing.
 */
export function nativeSteps(facts: Facts, installs: readonly Install[], unknown: readonly string[], needs: readonly Need[]): NativeSteps {
  const none: NativeSteps = { builderSteps: [], finalSteps: [], decisions: [] };
  const last = lastStep(facts);
  const stays = needs.some((need) => need.kind === 'system') || !['auto', 'slim'].includes(facts.options.targetBase);
  if (unknown.length === 0 || !last || stays || slimSibling(facts.reference) === undefined || facts.base.packageManager !== 'apt') return none;
  const why = `${unknown.slice(0, 4).join(', ')} may be compiled and linked to libraries of ${facts.reference}`;
  const directories = installs.map(({ directory }) => directory);
  return {
    builderSteps: [{ after: last.index, instruction: { kind: 'added', template: 'node/native-list', data: { directories, list: LIST }, why } }],
    finalSteps: [{ after: -1, instruction: { kind: 'added', template: 'install-listed', data: { list: LIST }, why } }],
    decisions: [{ code: 'libraries-listed', message: `${why}: the builder lists the packages that hold these, the final stage installs what it lacks` }],
  };
}
