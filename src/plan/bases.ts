import { Stop } from '../errors.ts';
import { type Base, describeBase } from '../knowledge/bases.ts';
import type { AddedStep, Facts, LanguagePlan } from '../languages/language.ts';
import type { Explanation, Need } from '../types.ts';
import { candidates } from './candidates.ts';
import { environmentSteps } from './environment.ts';
import { cacheLibraries } from './libraries.ts';
import { type LinkedSteps, linkedSteps } from './linked.ts';
import { type Slice, slice } from './slice.ts';
import { sliceNeeds } from './slice-needs.ts';
import { ARCHIVED, type Supply, type SupplyInput, supply } from './supply.ts';

export interface BaseChoice {
  reference: string;
  base: Base;
  same: boolean;
  slice: Slice;
  supply: Supply;
  /** Steps that the base asks of the builder. */
  builderSteps: AddedStep[];
  considered: Explanation['bases'];
}

/** Takes the first base, smallest first, that supplies every need. Throws Stop where none does. */
export function chooseBase(facts: Facts, plan: LanguagePlan, needs: readonly Need[], builder: string): BaseChoice {
  const considered: Explanation['bases'] = [];
  const slices = new Map<boolean, Slice>();
  for (const { reference, same } of candidates(facts, plan)) {
    const base = same ? facts.base : describeBase(reference);
    if (!base) {
      considered.push({ reference, taken: false, why: 'nothing is known of it' });
      continue;
    }
    const bare = base.shells.length === 0;
    const sliced = slices.get(bare) ?? slice(facts, plan, needs, bare);
    slices.set(bare, sliced);
    const linked = linkedSteps(facts, plan, base, sliced, builder);
    const found = supply(supplyInput(facts, [...needs, ...sliceNeeds(facts, sliced, base), ...linkedNeeds(facts, linked, same)], base, same, builder, sliced));
    const lacks = [...found.lacks, ...digestLack(facts, same, base), ...listLack(linked, same, base), ...documentLack(facts, same, base)];
    considered.push({ reference, taken: lacks.length === 0, why: lacks.join('; ') || 'the first that supplies every need' });
    if (lacks.length === 0) return { reference, base, same, slice: sliced, considered, ...completed(facts, plan, base, same, sliced, found, linked) };
  }
  throw new Stop('no-base-fits', {
    why: considered.map(({ reference, why }) => `${reference}: ${why}`).join('. ') || `there is no ${facts.options.targetBase} image for ${facts.reference}`,
    advice: facts.options.targetBase === 'auto' ? 'Split this Dockerfile by hand, or use --target-base same.' : 'Leave out --target-base, or name another one.',
  });
}

/** Packages that programs were seen to link to; the old base has its own. */
function linkedNeeds({ base, source, observation }: Facts, { packages }: LinkedSteps, same: boolean): Need[] {
  const manager = base.packageManager;
  const added = new Set(observation?.packages.map(({ name }) => name));
  const names = packages.filter((name) => !same || added.has(name));
  const evidence = { file: source.path, note: 'was seen to be linked to' };
  return manager === 'none' ? [] : names.map((name): Need => ({ kind: 'packages', name, manager, evidence }));
}

/** The supply with what only shows once the base is chosen. */
function completed(
  facts: Facts,
  plan: LanguagePlan,
  base: Base,
  same: boolean,
  sliced: Slice,
  found: Supply,
  linked: LinkedSteps,
): Pick<BaseChoice, 'supply' | 'builderSteps'> {
  const environment = same ? [] : environmentSteps(facts, plan, base, sliced);
  const cached = base.shells.length > 0 ? cacheLibraries(facts, sliced) : [];
  return { supply: { ...found, steps: [...found.steps, ...environment, ...linked.final, ...cached] }, builderSteps: linked.builder };
}

/** Slim images leave out what packages put there: https://hub.docker.com/_/debian, and programs find examples and schemas gone. */
function documentLack({ source, start }: Facts, same: boolean, base: Base): string[] {
  if (same || base.variant !== 'slim' || base.distro !== 'debian') return [];
  const words = start.commands.flatMap(({ name, args }) => [name, ...args.map((word) => word.value)]);
  const isNamed = [...words, ...source.instructions.map(({ text }) => text)].some(
    (text) => /\/usr\/share\/(doc|locale|man)\/(?!\*)\w/.test(text) && !/rm\s+-/.test(text),
  );
  return isNamed ? ['it leaves out the documents of packages, which the Dockerfile names'] : [];
}

/** What the builder lists may have to be installed. */
function listLack({ final }: LinkedSteps, same: boolean, base: Base): string[] {
  if (final.length > 0 && base.shells.length === 0) return ['nothing can be installed in it'];
  return !same && final.length > 0 && ARCHIVED.has(base.release) ? [`${base.release} no longer has package lists to install what is linked to from`] : [];
}

function supplyInput(facts: Facts, needs: Need[], base: Base, same: boolean, builder: string, sliced: Slice): SupplyInput {
  const user = facts.labelled.at(-1)?.state.user ?? '';
  const keepsEntrypoint = facts.start.entrypoint === undefined;
  return {
    needs,
    before: facts.base,
    base,
    same,
    builder,
    packages: sliced.packages,
    users: usersMade(facts),
    keepsEntrypoint,
    user,
    bare: base.shells.length === 0,
  };
}

function usersMade(facts: Facts): string[] {
  return facts.labelled.flatMap(({ segments }) => (segments ?? []).flatMap((segment) => segment.effects.flatMap((effect) => effect.users ?? [])));
}

/** A tag of another image may have moved on since the digest was taken. */
function digestLack(facts: Facts, same: boolean, base: Base): string[] {
  return !same && base.distro !== 'scratch' && facts.reference.includes('@sha256:')
    ? ['the base image is pinned by digest, and the digest of this one is not known']
    : [];
}
