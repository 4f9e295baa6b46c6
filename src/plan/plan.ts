import { labelledAt } from '../effects/labelled.ts';
import { oncePer } from '../effects/once.ts';
import { putUnder } from '../effects/path-index.ts';
import { pinnedTag } from '../knowledge/siblings.ts';
import type { AddedStep, Facts, LanguagePlan } from '../languages/language.ts';
import type { Artifact, Decision, Effect, LabelledInstruction, PlannedInstruction, PlannedStage, StagePlan } from '../types.ts';
import { artifactsByPath } from './artifact-places.ts';
import type { BaseChoice } from './bases.ts';
import { earlyPart, keptSegments } from './early-part.ts';
import { earlyTools, type Joined } from './early-tools.ts';
import { INSTALLS_LIST } from './linked.ts';
import { narrowedCopies } from './narrowed.ts';
import { givesAwayPart } from './owners.ts';
import type { FinalPart } from './slice.ts';
import { escapePattern, spellFlags } from './spell.ts';

/** Instructions that only the final image's configuration has; the builder does without. */
const FINAL_ONLY = new Set(['CMD', 'ENTRYPOINT', 'EXPOSE', 'HEALTHCHECK', 'LABEL', 'MAINTAINER', 'STOPSIGNAL', 'VOLUME']);
const BUILDER_NAME = /^(build|builder|build-?env|builder?-?stage|compile|compiler|base|deps|development|dev)$/i;

/** Puts the builder and the final stage together. */
export function assemble(facts: Facts, language: LanguagePlan, choice: BaseChoice): StagePlan {
  const from = facts.source.instructions.find((instruction) => instruction.keyword === 'FROM');
  const own = /\s+AS\s+(\S+)\s*$/i.exec(from?.value ?? '')?.[1];
  const builder = builderName(facts);
  const builderSteps = [...language.builderSteps, ...choice.builderSteps];
  const lastBuild = Math.max(from?.index ?? 0, ...choice.slice.artifacts.map((artifact) => artifact.after), ...builderSteps.map((step) => step.after));
  const decisions: Decision[] = [...language.decisions];
  const stages: PlannedStage[] = [
    { name: builder, from: builderFrom(facts, choice, decisions), instructions: builderInstructions(facts, builderSteps, lastBuild) },
    {
      name: own !== undefined && own !== builder ? own : '',
      from: finalFrom(facts, choice),
      instructions: finalInstructions(facts, language, choice, builder),
    },
  ];
  decisions.push(...dropped(facts, choice.slice.parts, lastBuild));
  if (choice.slice.left.length > 0) decisions.push({ code: 'packages-left', message: `stay in the builder: ${choice.slice.left.join(', ')}` });
  if (choice.supply.packages.length > 0)
    decisions.push({ code: 'packages-added', message: `installed in the final stage: ${choice.supply.packages.join(', ')}` });
  return {
    preamble: facts.source.instructions.filter((instruction) => instruction.index < (from?.index ?? 0)).map(({ index }) => index),
    stages,
    artifacts: choice.slice.artifacts,
    decisions: [...new Map(decisions.map((decision) => [`${decision.code} ${decision.message}`, decision])).values()],
    ...(language.start && { replaced: language.start.keyword }),
  };
}

/**
 * The stage keeps a name that says that it builds; another name is what users build with --target, and goes to the final stage.
 * A name that the source uses for an image or a named context is not taken.
 */
export function builderName(facts: Facts): string {
  const { instructions } = facts.source;
  const own = /\s+AS\s+(\S+)\s*$/i.exec(instructions.find(({ keyword }) => keyword === 'FROM')?.value ?? '')?.[1];
  if (own !== undefined && BUILDER_NAME.test(own)) return own;
  const used = instructions.flatMap(({ text }) => [...text.matchAll(/\bfrom=([\w./:-]+)/g)].map((match) => match[1]?.toLowerCase()));
  return (
    ['builder', 'build', 'build-stage', 'builder-stage', 'compile'].find((name) => !used.includes(name) && own?.toLowerCase() !== name) ?? 'restage-builder'
  );
}

/** Flags and reference of the source's FROM, its stage name left out. */
function writtenFrom(facts: Facts): { flags: string; reference: string } {
  const from = facts.source.instructions.find((instruction) => instruction.keyword === 'FROM');
  const flags = spellFlags(from?.flags ?? []);
  return { flags, reference: /^\S+/.exec(from?.value ?? '')?.[0] ?? '' };
}

/** A builder whose tag may move to another release is pinned where the final base names that release. */
function builderFrom(facts: Facts, choice: BaseChoice, decisions: Decision[]): string {
  const { flags, reference } = writtenFrom(facts);
  const { release } = choice.base;
  const linked = !choice.same && release !== '' && release === facts.base.release && choice.reference.includes(release) && !facts.reference.includes(release);
  const pinned = linked && facts.base.floating && reference === facts.reference ? pinnedTag(facts.reference) : undefined;
  if (pinned === undefined) return `${flags}${reference}`;
  decisions.push({ code: 'release-pinned', message: `${reference} is ${facts.base.release} today: ${pinned} keeps builder and final stage on one release` });
  return `${flags}${pinned}`;
}

/** The final base keeps a variable of the tag (`node:${VERSION}` → `node:${VERSION}-slim`). */
function finalFrom(facts: Facts, choice: BaseChoice): string {
  const { flags, reference } = writtenFrom(facts);
  const platform = choice.reference === 'scratch' ? '' : flags;
  if (choice.same) return `${platform}${reference}`;
  const suffix = choice.reference.startsWith(facts.reference) ? choice.reference.slice(facts.reference.length) : undefined;
  return `${platform}${reference !== facts.reference && suffix?.startsWith('-') ? `${reference}${suffix}` : choice.reference}`;
}

function builderInstructions(facts: Facts, steps: readonly AddedStep[], lastBuild: number): PlannedInstruction[] {
  const planned: PlannedInstruction[] = [];
  const hasAdded = new Map<number, AddedStep[]>();
  for (const step of steps) hasAdded.set(step.after, [...(hasAdded.get(step.after) ?? []), step]);
  for (const { index } of facts.labelled) {
    const instruction = facts.source.instructions[index];
    if (!instruction || instruction.keyword === 'FROM' || index > lastBuild) continue;
    if (!FINAL_ONLY.has(instruction.keyword)) planned.push({ kind: 'carried', index });
    for (const step of hasAdded.get(index) ?? []) planned.push(step.instruction);
  }
  return planned;
}

function finalInstructions(facts: Facts, language: LanguagePlan, choice: BaseChoice, builder: string): PlannedInstruction[] {
  const planned: PlannedInstruction[] = [];
  const joined = joinedAt(choice, facts);
  const early = earlyTools(choice, facts, joined);
  const late = choice.supply.packages.filter((name) => !early.includes(name));
  const merged = joined && joinInstall(joined, choice, facts, late);
  const first = merged ? early : [...new Set([...late, ...early])].sort();
  if (first.length > 0) {
    const template = choice.base.packageManager === 'apk' ? 'apk-add' : 'apt-install';
    const why = early.length > 0 ? 'commands below call them' : 'what the program needs at run time';
    planned.push({ kind: 'added', template, data: { packages: first }, why });
  }
  // A language does not know what the builder is called.
  const own = language.finalSteps.map((step) => ({ ...step, instruction: { ...step.instruction, data: { stage: builder, ...step.instruction.data } } }));
  const steps = afterSources([...choice.supply.steps, ...own], choice.slice.parts, facts);
  planned.push(...steps.filter((step) => step.after < 0).map((step) => step.instruction));
  const parts = merged ?? choice.slice.parts;
  const { early: looked, crossings } = arrivals(choice.slice.artifacts, parts, facts);
  for (const [at, part] of parts.entries()) {
    const crossing = crossings.get(at) ?? [];
    const first = new Set(crossing.filter((artifact) => artifact.after !== part.index || comesFirst(artifact, part, facts)));
    const copies = (isFirst: boolean) => crossing.filter((artifact) => first.has(artifact) === isFirst).map((artifact) => copyFrom(artifact, builder));
    const isLater = (artifact: Artifact) => (looked.get(artifact) ?? at + 1) > at && artifact.after >= part.index && !first.has(artifact);
    planned.push(...aheadOf(part, choice.slice.artifacts, isLater, facts), ...copies(true));
    planned.push(...(language.start?.index === part.index ? [startStep(language.start)] : planPart(part, facts)));
    planned.push(...copies(false));
    if (parts[at + 1]?.index !== part.index) planned.push(...steps.filter((step) => step.after === part.index).map((step) => step.instruction));
  }
  return planned;
}

/** A list of packages may name some of other places than the base knows: it is installed where these are known. */
function afterSources(steps: readonly AddedStep[], parts: readonly FinalPart[], facts: Facts): AddedStep[] {
  const last = parts.findLast((part) => part.kind !== 'none' && effectsAt(part.index, facts).some(({ action }) => action === 'package-source'));
  return steps.map((step) => (step.after < 0 && last && INSTALLS_LIST.has(step.instruction.template) ? { ...step, after: last.index } : step));
}

/** The part at which each artifact crosses: one that looks into it early, or the last of the instruction that it exists after. */
function arrivals(artifacts: readonly Artifact[], parts: readonly FinalPart[], facts: Facts) {
  const last = new Map(parts.map((part, at) => [part.index, at]));
  const early = new Map<Artifact, number>();
  const crossings = new Map<number, Artifact[]>();
  for (const artifact of artifacts) {
    const looked = earlyPart(artifact, parts, facts);
    if (looked !== undefined) early.set(artifact, looked);
    putUnder(crossings, [looked ?? last.get(artifact.after) ?? -1], artifact);
  }
  return { early, crossings };
}

/** Whether what crosses has to be there before a part of a RUN: one that follows what made it, or gives a part of it to somebody. */
function comesFirst(artifact: Artifact, part: FinalPart, facts: Facts): boolean {
  if (part.kind === 'none') return false;
  if (part.kind === 'split' && part.afterCrossing) return true;
  return effectsAt(part.index, facts).some((effect) => effect.writes.some((write) => givesAwayPart(effect, write, artifact)));
}

function copyFrom(artifact: Artifact, stage: string): PlannedInstruction {
  return { kind: 'added', template: 'copy-from', data: { stage, from: artifact.from, to: artifact.to, owner: artifact.owner ?? '' }, why: artifact.why };
}

function effectsAt(index: number, facts: Facts): Effect[] {
  return labelledAt(facts.labelled, index)?.segments?.flatMap((segment) => segment.effects) ?? [];
}

/** An install, and its part of the final stage. */
interface JoinedPart extends Joined {
  at: number;
  part: FinalPart;
}

/** The install that the final stage has anyway. */
function joinedAt(choice: BaseChoice, facts: Facts): JoinedPart | undefined {
  for (const [at, part] of choice.slice.parts.entries()) {
    const name = part.kind === 'split' || part.kind === 'carried' ? installed(part, choice, facts) : undefined;
    if (name !== undefined) return { at, part, index: part.index, name };
  }
  return undefined;
}

/** The packages that a need adds go into that install. */
function joinInstall({ at, part, name }: JoinedPart, choice: BaseChoice, facts: Facts, packages: readonly string[]): FinalPart[] | undefined {
  if (packages.length === 0) return undefined;
  const text = part.kind === 'split' ? part.text : (facts.source.instructions[part.index]?.text ?? '');
  return choice.slice.parts.with(at, { ...part, kind: 'split', text: text.replace(wordOutsideComments(name), `$1 ${packages.join(' ')}`) });
}

function wordOutsideComments(word: string): RegExp {
  return new RegExp(`(^(?![ \\t]*#).*?[ \\t]${escapePattern(word)})(?=[\\s\\\\\`]|$)`, 'm');
}

/** The last package that an instruction installs, if it is one that the final stage keeps. */
function installed(part: FinalPart, choice: BaseChoice, facts: Facts): string | undefined {
  const effects = effectsAt(part.index, facts);
  const names = effects.find((effect) => effect.action?.endsWith('-install') && effect.packages)?.packages?.names ?? [];
  const text = part.kind === 'split' ? part.text : (facts.source.instructions[part.index]?.text ?? '');
  const candidates = [...names, ...choice.slice.packages];
  return names.length === 0 ? undefined : candidates.findLast((name) => choice.slice.packages.includes(name) && wordOutsideComments(name).test(text));
}

/** A directory whose owner or mode a RUN sets is there before what crosses into it. */
function aheadOf(part: FinalPart, artifacts: readonly Artifact[], isLater: (artifact: Artifact) => boolean, facts: Facts): PlannedInstruction[] {
  if (part.kind !== 'carried' && part.kind !== 'split') return [];
  const effects = keptSegments(part, facts).flatMap((one) => one.effects);
  const paths = effects.flatMap((effect) => (['chown', 'chmod', 'chgrp'].includes(effect.action ?? '') ? effect.writes.map((write) => write.path) : []));
  const made = new Set(effects.flatMap((effect) => (effect.action === 'make-directory' ? effect.writes.map((write) => write.path) : [])));
  const isThere = (path: string) => made.has(path) || (firstWorked(facts.labelled).get(path) ?? Number.POSITIVE_INFINITY) <= part.index;
  const comes = (path: string) =>
    artifactsByPath(artifacts)
      .get(path)
      ?.some((artifact) => artifact.kind === 'tree' && isLater(artifact));
  const missing = paths.filter((path) => !isThere(path) && comes(path));
  return missing.length === 0
    ? []
    : [{ kind: 'added', template: 'make-directory', data: { paths: [...new Set(missing)] }, why: 'the next command sets its owner or mode' }];
}

/** The index of the first instruction in each directory that instructions work in. */
const firstWorked = oncePer(
  (labelled: readonly LabelledInstruction[]): ReadonlyMap<string, number> => new Map(labelled.toReversed().map(({ index, state }) => [state.cwd, index])),
);

function startStep(start: NonNullable<LanguagePlan['start']>): PlannedInstruction {
  return {
    kind: 'added',
    template: 'exec',
    data: { keyword: start.keyword, words: JSON.stringify(start.words).replaceAll('","', '", "') },
    why: 'allowed by name',
  };
}

function planPart(part: FinalPart, facts: Facts): PlannedInstruction[] {
  switch (part.kind) {
    case 'none':
      return [];
    case 'carried':
      return [{ kind: 'carried', index: part.index }];
    case 'split':
      return [{ kind: 'split', index: part.index, text: part.text, why: part.why }];
    case 'narrowed':
      return narrowedCopies(part.sources, part.index, facts);
  }
}

/** Each instruction that is in no stage is named, with its why. */
function dropped(facts: Facts, parts: readonly FinalPart[], lastBuild: number): Decision[] {
  return parts.flatMap((part) => {
    const instruction = facts.source.instructions[part.index];
    if (!instruction || instruction.keyword === 'FROM' || part.index <= lastBuild) return [];
    if (part.kind === 'narrowed')
      return [{ code: 'narrowed', message: `of line ${instruction.line} only ${part.sources.join(', ')} is copied: ${part.why}`, line: instruction.line }];
    if (part.kind !== 'none') return [];
    return [{ code: 'dropped', message: `${instruction.keyword} of line ${instruction.line} is left out: ${part.why}`, line: instruction.line }];
  });
}
