import type { Evidence, PathWrite } from '../../types.ts';
import type { AddedStep, Facts } from '../language.ts';

/** Where the builder writes the list of packages. */
const LIST = '/tmp/runtime-packages';

/**
 * Steps for packages that may have been compiled against libraries which the final base lacks. The builder lists the Debian
 * packages that own what the extension modules and programs (uwsgi) link to, as the official image does for Python itself
 * (https://github.com/docker-library/python/blob/master/Dockerfile-linux.template); the final stage installs what it lacks.
 */
export function lookSteps(facts: Facts, places: readonly PathWrite[], evidence: Evidence): { builder: AddedStep[]; final: AddedStep[] } {
  const last = facts.labelled.findLast(({ segments }) => segments?.some((segment) => segment.effects.some((effect) => effect.action === 'python-install')));
  const trees = [...new Set(places.filter(({ kind, disposable }) => kind === 'tree' && !disposable).map(({ path }) => path))].filter(
    (path) => !/\/(etc|share)$/.test(path),
  );
  if (!last || trees.length === 0) return { builder: [], final: [] };
  const why = `${evidence.file}: ${evidence.note}`;
  const step = (after: number, template: string): AddedStep => ({
    after,
    instruction: { kind: 'added', template, data: { places: trees, list: LIST, pipefail: last.state.shell.includes('pipefail') }, why },
  });
  return { builder: [step(last.index, 'python/list-libraries')], final: [step(-1, 'install-listed')] };
}
