import { posix } from 'node:path';
import { within } from '../../effects/effect.ts';
import { labelledAt } from '../../effects/labelled.ts';
import type { Decision } from '../../types.ts';
import type { AddedStep, Facts } from '../language.ts';
import { findCalls, type Install, lastStep } from './installs.ts';
import type { Sources } from './sources.ts';

export interface NestedSteps {
  steps: AddedStep[];
  decisions: Decision[];
  /** Directories whose node_modules go. */
  removed: string[];
}

/**
 * A front end in a directory of its own: once it is built, its node_modules serve nothing where no source that runs lies in
 * that directory. Node looks for modules in the directories above a source only: https://nodejs.org/api/modules.html#loading-from-node_modules-folders
 */
export function nestedSteps(facts: Facts, installs: readonly Install[], sources: Sources): NestedSteps {
  const none: NestedSteps = { steps: [], decisions: [], removed: [] };
  const last = lastStep(facts);
  const cwds = facts.start.commands.map((command) => command.cwd ?? '/');
  if (!last || sources.gap !== undefined || sources.list.some(({ text }) => text.includes('node_modules'))) return none;
  const apart = installs.filter(
    (one) =>
      one.manifest &&
      one.manifest.source !== '' &&
      one.user === last.user &&
      isBuilt(facts, one) &&
      !runs(one, facts, sources, cwds) &&
      isInside(one, installs, facts),
  );
  if (apart.length === 0) return none;
  const at = labelledAt(facts.labelled, last.index)?.state.cwd ?? '/';
  const paths = apart.map(({ directory }) => relative(at, posix.join(directory, 'node_modules')));
  return {
    steps: [{ after: last.index, instruction: { kind: 'added', template: 'node/remove', data: { paths }, why: 'only the build needs these modules' } }],
    decisions: apart.map(({ directory, line }) => ({
      code: 'modules-left',
      message: `no source that runs lies in ${directory}: once it is built its node_modules stay behind`,
      line,
    })),
    removed: apart.map(({ directory }) => directory),
  };
}

/** Whether a script of the directory ran, by itself or within another. */
function isBuilt(facts: Facts, { directory }: Install): boolean {
  return findCalls(facts).some(
    ({ call }) => call.directory === directory && /build|compile|generate|dist|bundle/.test([call.verb, ...call.words.map((word) => word.value)].join(' ')),
  );
}

function runs({ directory, manifest }: Install, facts: Facts, { list }: Sources, cwds: readonly string[]): boolean {
  const source = manifest?.source ?? '';
  return (
    cwds.some((cwd) => within(cwd, directory)) ||
    list.some(({ file }) => within(file, source)) ||
    facts.start.commands.some((command) => command.name.includes('/') && within(posix.resolve(command.cwd ?? '/', command.name), directory))
  );
}

/** Whether what crosses would hold the directory at all. */
function isInside({ directory }: Install, installs: readonly Install[], facts: Facts): boolean {
  return (
    installs.some((other) => other.directory !== directory && within(directory, other.directory)) ||
    facts.labelled.some(({ copy }) => copy?.destination !== undefined && copy.destination !== directory && within(directory, copy.destination))
  );
}

function relative(from: string, to: string): string {
  return within(to, from) && from !== '/' ? posix.relative(from, to) : to;
}
