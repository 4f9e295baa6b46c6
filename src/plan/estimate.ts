import { allEffects, within } from '../effects/effect.ts';
import { withNeeds } from '../effects/settle-observed.ts';
import { Stop } from '../errors.ts';
import { packageSize } from '../knowledge/packages.ts';
import type { Facts, LanguagePlan } from '../languages/language.ts';
import type { Observation } from '../types.ts';
import type { BaseChoice } from './bases.ts';

/** A second stage is worth its lines where at least a seventh of the image goes. */
const WORTH = 0.86;
const MEGABYTE = 1024 * 1024;
/** What a package weighs on average, with what it pulls in, where no table knows it. */
const PACKAGE_MEGABYTES = 5;
/** What an image of which nothing is known is taken to weigh. */
const IMAGE_MEGABYTES = 400;

export interface Estimate {
  beforeBytes: number;
  afterBytes: number;
}

/** Sizes before and after without the program itself, in bytes, from what is known of the bases and packages. */
function estimate(facts: Facts, choice: BaseChoice): Estimate {
  const manager = facts.base.packageManager === 'none' ? 'apt' : facts.base.packageManager;
  const weigh = (names: readonly string[]) => names.reduce((sum, name) => sum + (packageSize(manager, name) ?? PACKAGE_MEGABYTES), 0);
  if (facts.observation) return observed(facts.observation, choice);
  const kept = weigh(choice.slice.packages);
  const before = facts.base.megabytes || IMAGE_MEGABYTES;
  const after = choice.same ? before : choice.base.megabytes;
  return { beforeBytes: (before + weigh(choice.slice.left) + kept) * MEGABYTE, afterBytes: (after + kept + weigh(choice.supply.packages)) * MEGABYTE };
}

/** As it was seen: what the RUNs that stay behind left, less what crosses of it, packages that nothing needs any more, and what another base weighs less. */
function observed(observation: Observation, { slice, supply, same, base }: BaseChoice): Estimate {
  const { instructions, packages, bytes } = observation;
  const kinds = new Map(slice.parts.map(({ index, kind }) => [index, kind]));
  const crosses = (path: string) => slice.artifacts.some(({ from }) => within(path, from) || within(from, path));
  const behind = instructions.filter(({ index }) => (kinds.get(index) ?? 'none') === 'none');
  const staying = withNeeds([...slice.packages, ...supply.packages], observation);
  const split = new Set(instructions.filter(({ index }) => kinds.get(index) === 'split').flatMap((one) => one.packages));
  const left = packages.filter(({ name }) => split.has(name) && !staying.has(name));
  const gone = behind.map((one) => Math.max(0, one.bytes - sum(one.made.filter(({ path }) => crosses(path)))));
  const saved = gone.reduce((total, part) => total + part, 0) + sum(left) + (same ? 0 : bytes.base - base.megabytes * MEGABYTE);
  return { beforeBytes: bytes.image, afterBytes: Math.max(0, bytes.image - saved) };
}

function sum(parts: readonly { bytes: number }[]): number {
  return parts.reduce((total, { bytes }) => total + bytes, 0);
}

/** What a second stage saves. Throws Stop where that is nothing worth having. */
export function worthIt(facts: Facts, plan: LanguagePlan, choice: BaseChoice): Estimate {
  const seen = facts.observation && choice.slice.artifacts.length > 0 ? estimate(facts, choice) : undefined;
  if (seen && !isHardlySmaller(seen)) return seen;
  stopWhereNothingIsBuilt(facts, plan, choice);
  const sizes = seen ?? estimate(facts, choice);
  if ((choice.same ? choice.slice.left.length > 0 : facts.base.megabytes > 0) && isHardlySmaller(sizes))
    throw new Stop('nothing-to-gain', {
      why:
        choice.slice.left.length > 0
          ? `what would stay behind (${choice.slice.left.join(', ')}) is small beside the rest`
          : `${choice.reference} is hardly smaller`,
      advice: 'Leave this Dockerfile as it is.',
    });
  if (choice.same && choice.slice.left.length === 0 && plan.builderSteps.length === 0) {
    throw new Stop('nothing-to-gain', {
      why: whyNothingGoes(facts, choice),
      advice: 'Leave this Dockerfile as it is.',
    });
  }
  return sizes;
}

function stopWhereNothingIsBuilt(facts: Facts, plan: LanguagePlan, choice: BaseChoice): void {
  const nothing = plan.nothingToGain;
  if (nothing && choice.same && choice.slice.left.length === 0) throw new Stop('nothing-to-gain', nothing);
  const builds = choice.slice.artifacts.length > 0 || plan.builderSteps.length > 0;
  if (!builds) throw new Stop('nothing-to-gain', { why: whyNothingCrosses(facts), advice: smallerBase(facts, choice) });
}

function isHardlySmaller(sizes: Estimate): boolean {
  return sizes.afterBytes > sizes.beforeBytes * WORTH;
}

function whyNothingCrosses({ labelled }: Facts): string {
  const builds = allEffects(labelled).some(({ role }) => role === 'build');
  return builds ? 'nothing that is built or installed is seen to be started or read' : 'nothing is built or installed';
}

function whyNothingGoes({ reference }: Facts, { slice, considered }: BaseChoice): string {
  const smaller = considered.find((one) => !one.taken);
  if (smaller) return `only the same base image serves (${smaller.reference}: ${smaller.why})`;
  return slice.packages.length > 0 ? 'all that is installed is needed at run time' : `no smaller image beside ${reference} is known to serve`;
}

function smallerBase(facts: Facts, choice: BaseChoice): string {
  return choice.same
    ? 'Leave this Dockerfile as it is.'
    : `Leave it in one stage; FROM ${choice.reference} in place of ${facts.reference} would make it smaller.`;
}
