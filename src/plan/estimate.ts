import { Stop } from '../errors.ts';
import type { Facts, LanguagePlan } from '../languages/language.ts';
import type { BaseChoice } from './bases.ts';

const MEGABYTE = 1024 * 1024;
/** What an installed build package weighs on average, with what it pulls in; build-essential and the like weigh more. */
const PACKAGE_MEGABYTES = 15;
const HEAVY: Record<string, number> = {
  'build-essential': 280,
  'build-base': 220,
  gcc: 180,
  'g++': 220,
  golang: 250,
  'golang-go': 250,
  go: 250,
  cmake: 60,
  git: 60,
  npm: 120,
  rustc: 400,
  cargo: 400,
};

/** Sizes before and after without the program itself, in bytes, from what is known of the bases and packages. */
export function estimate(facts: Facts, choice: BaseChoice): { beforeBytes: number; afterBytes: number } {
  const left = choice.slice.left.reduce((sum, name) => sum + (HEAVY[name] ?? PACKAGE_MEGABYTES), 0);
  const kept = choice.slice.packages.length * PACKAGE_MEGABYTES;
  return {
    beforeBytes: (facts.base.megabytes + left + kept) * MEGABYTE,
    afterBytes: (choice.base.megabytes + kept + choice.supply.packages.length * PACKAGE_MEGABYTES) * MEGABYTE,
  };
}

/** Throws Stop where a second stage would save nothing worth having. */
export function worthIt(facts: Facts, plan: LanguagePlan, choice: BaseChoice): void {
  const nothing = plan.nothingToGain;
  if (nothing && choice.same && choice.slice.left.length === 0) throw new Stop('nothing-to-gain', nothing);
  const builds = choice.slice.artifacts.length > 0 || plan.builderSteps.length > 0;
  const smaller = choice.considered.find((one) => !one.taken);
  if (!builds) throw new Stop('nothing-to-gain', { why: 'nothing is built or installed', advice: smallerBase(facts, choice) });
  if (choice.same && choice.slice.left.length === 0 && plan.builderSteps.length === 0) {
    throw new Stop('nothing-to-gain', {
      why: smaller ? `only the same base image serves (${smaller.reference}: ${smaller.why})` : 'all that is installed is needed at run time',
      advice: 'Leave this Dockerfile as it is.',
    });
  }
}

function smallerBase(facts: Facts, choice: BaseChoice): string {
  return choice.same
    ? 'Leave this Dockerfile as it is.'
    : `Leave it in one stage; FROM ${choice.reference} in place of ${facts.reference} would make it smaller.`;
}
