import { Stop } from '../errors.ts';
import { type Base, describeBase } from '../knowledge/bases.ts';
import { providesProgram } from '../knowledge/programs.ts';
import type { Facts, LanguagePlan } from '../languages/language.ts';
import type { Explanation, Need } from '../types.ts';
import { candidates } from './candidates.ts';
import { environmentSteps } from './environment.ts';
import { type Slice, slice } from './slice.ts';
import { type Supply, supply } from './supply.ts';

export interface BaseChoice {
  reference: string;
  base: Base;
  same: boolean;
  slice: Slice;
  supply: Supply;
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
    const found = supply({ needs: [...needs, ...sliceNeeds(facts, sliced, base)], before: facts.base, base, same, builder, packages: sliced.packages, users: usersMade(facts), keepsEntrypoint: facts.start.entrypoint === undefined, user: facts.labelled.at(-1)?.state.user ?? '', bare });
    const lacks = [...found.lacks, ...digestLack(facts, same)];
    considered.push({ reference, taken: lacks.length === 0, why: lacks.length === 0 ? 'the first that supplies every need' : lacks.join('; ') });
    if (lacks.length === 0 && !same) found.steps.push(...environmentSteps(facts, base, sliced));
    if (lacks.length === 0) return { reference, base, same, slice: sliced, supply: found, considered };
  }
  throw new Stop('no-base-fits', {
    why: considered.map(({ reference, why }) => `${reference}: ${why}`).join('. ') || `there is no ${facts.options.targetBase} image for ${facts.reference}`,
    advice: facts.options.targetBase === 'auto' ? 'Split this Dockerfile by hand, or use --target-base same.' : 'Leave out --target-base, or name another one.',
  });
}

/** What the instructions that the final stage carries need of it. */
function sliceNeeds(facts: Facts, sliced: Slice, base: Base): Need[] {
  const needs: Need[] = [];
  for (const part of sliced.parts) {
    const instruction = facts.source.instructions[part.index];
    if (instruction?.keyword !== 'RUN' || part.kind === 'none') continue;
    const labelled = facts.labelled.find((one) => one.index === part.index);
    const effects = labelled?.segments?.flatMap((segment) => segment.effects) ?? [];
    const evidence = { file: facts.source.path, line: instruction.line, note: `line ${instruction.line} is carried` };
    if (base.shells.length === 0) needs.push({ kind: 'commands', name: String(instruction.line), evidence });
    const commands = labelled?.segments?.flatMap(({ segment }) => segment.commands) ?? [];
    for (const { name } of commands) {
      const runs = part.kind !== 'split' || new RegExp(`\\b${name.replace(/[^\w-]/g, '.')}\\b`).test(part.text);
      if (runs && /^[\w.+-]+$/.test(name) && providesProgram(facts.base, name)) needs.push({ kind: 'program', name, evidence });
    }
    const managers = effects.flatMap((effect) => (effect.action?.endsWith('-install') && effect.packages ? [effect.packages.manager] : []));
    if (sliced.packages.length > 0) for (const manager of managers) needs.push({ kind: 'package-manager', name: manager, evidence });
  }
  return [...needs, ...foreignNeeds(facts, sliced)];
}

/** A program that was downloaded or comes from another image runs with the C library it ran with so far. */
function foreignNeeds(facts: Facts, sliced: Slice): Need[] {
  const { libc } = facts.base;
  if (libc === 'none') return [];
  const carried = new Set(sliced.parts.flatMap((part) => (part.kind === 'none' ? [] : [part.index])));
  const copies = facts.labelled.filter(({ index, copy }) => carried.has(index) && copy && (copy.from === 'image' || copy.from === 'url') && mayBeProgram(copy.destination, copy.sources));
  const foreign = [...copies.map(({ index, copy }) => ({ index, path: copy?.destination ?? '' })), ...sliced.artifacts.filter((artifact) => artifact.foreign && mayBeProgram(artifact.to, [])).map((artifact) => ({ index: artifact.after, path: artifact.to }))];
  return foreign.map(({ index, path }) => {
    const line = facts.source.instructions[index]?.line ?? 1;
    return { kind: 'libc', name: libc, evidence: { file: facts.source.path, line, note: `${path} comes from elsewhere and may link to it` } };
  });
}

function mayBeProgram(destination: string, sources: readonly string[]): boolean {
  return [destination, ...sources].every((path) => !/\.(txt|json|ya?ml|toml|conf|cfg|ini|html?|css|pem|crt|key|types|csv|sql|mmdb|dat|db|png|svg|ttf|woff2?)$/.test(path));
}

function usersMade(facts: Facts): string[] {
  return facts.labelled.flatMap(({ segments }) => (segments ?? []).flatMap((segment) => segment.effects.flatMap((effect) => effect.users ?? [])));
}

function digestLack(facts: Facts, same: boolean): string[] {
  return !same && facts.reference.includes('@sha256:') && facts.base.distro !== 'scratch' && facts.options.targetBase === 'auto' && !facts.base.release ? ['the base image is pinned by digest'] : [];
}
