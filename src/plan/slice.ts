import { allEffects, within } from '../effects/effect.ts';
import { labelledAt } from '../effects/labelled.ts';
import { type PathMap, putUnder, upwards } from '../effects/path-index.ts';
import { programsOfPackage } from '../knowledge/programs.ts';
import type { Facts, LanguagePlan } from '../languages/language.ts';
import type { Artifact, LabelledInstruction, LabelledSegment, Need, SourceInstruction } from '../types.ts';
import { artifactsAfter } from './artifact-places.ts';
import { type CopyVerdict, carriedBy, isCarried, judgeCopy } from './copies.ts';
import { findArtifacts } from './crossing.ts';
import { crossingPart, looksInto } from './cut.ts';
import { DISTRIBUTIONS, INSTALLS_LIST, isListed } from './linked.ts';
import { type PackageInput, splitPackages } from './packages.ts';
import { judgeSegment, type SegmentScope } from './segments.ts';
import { type FinalRun, type JudgedSegment, splitRun } from './split.ts';

/** What the final stage takes of each source instruction. */
export type FinalPart = { index: number; why: string } & (FinalRun | { kind: 'narrowed'; sources: string[] });

export interface Slice {
  artifacts: Artifact[];
  parts: FinalPart[];
  /** Packages that the final stage installs by instructions of the source. */
  packages: string[];
  /** Packages that stay in the builder. */
  left: string[];
  /** Headers among these whose libraries the builder has to list. */
  unlisted: string[];
}

const CONFIGURATION = new Set(['CMD', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'HEALTHCHECK', 'LABEL', 'MAINTAINER', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR']);

/** Finds, backwards from what the image needs, what of the source belongs to the final stage. `bare`: it has no shell. */
export function slice(facts: Facts, plan: LanguagePlan, needs: readonly Need[], bare: boolean): Slice {
  const artifacts = findArtifacts(facts.labelled, plan, bare);
  const copies = new Map(facts.labelled.flatMap((one) => (one.copy ? [[one.index, judgeCopy(one, facts, plan, artifacts)] as const] : [])));
  const carried = carriedBy(facts.labelled, copies);
  const packages = packageInput(facts, plan, needs, bare);
  const scope: SegmentScope = {
    attributed: attributedPaths(facts),
    directories: directoriesMade(facts),
    artifacts,
    buildOnly: plan.buildOnly,
    cwd: facts.labelled.at(-1)?.state.cwd ?? '/',
    packages,
    leftPrograms: leftPrograms(facts, packages),
    isCarried: (path) => isCarried(path, carried),
  };
  const unlisted = allEffects(facts.labelled).flatMap((effect) => splitPackages(effect, packages)?.unlisted ?? []);
  const lists =
    plan.finalSteps.some(({ instruction }) => INSTALLS_LIST.has(instruction.template)) ||
    isListed(facts, plan, { artifacts, unlisted }, DISTRIBUTIONS.has(facts.base.image));
  const judged = withSources(new Map(facts.labelled.flatMap((one) => (one.segments ? [[one.index, judgeRun(one, facts, scope)] as const] : []))), lists);
  const tidy = refreshersNeeded(judged, facts.labelled);
  const parts = facts.labelled.flatMap((one): FinalPart[] => {
    const parts = partsOf(one, facts, copies, judged, tidy, artifacts);
    return parts.filter((part) => part.kind !== 'none' || one.segments || one.copy);
  });
  const splits = [...judged.values()].flat().flatMap(({ verdict }) => (verdict.kind === 'packages' ? [verdict.split] : []));
  const installed = facts.labelled.flatMap(staysInstalled);
  const kept = new Set(splits.flatMap((split) => split.kept));
  return {
    artifacts,
    parts: keepArguments(passedDirectories(parts, facts, plan), facts),
    packages: [...kept],
    left: installed.filter((name) => !kept.has(name)),
    unlisted,
  };
}

/** Programs of the packages that stay behind. */
function leftPrograms({ labelled }: Facts, packages: PackageInput): Set<string> {
  const splits = allEffects(labelled).flatMap((effect) => splitPackages(effect, packages) ?? []);
  return new Set(splits.flatMap(({ manager, left }) => left.flatMap((name) => [name, ...programsOfPackage(manager, name)])));
}

function directoriesMade({ labelled, source }: Facts): SegmentScope['directories'] {
  const directories: PathMap<number> = new Map();
  for (const { index, state, segments } of labelled) {
    const effects = (segments ?? []).flatMap((segment) => segment.effects);
    const made = effects.flatMap((effect) => (effect.action === 'make-directory' ? effect.writes.map((write) => write.path) : []));
    if (source.instructions[index]?.keyword === 'WORKDIR') made.push(state.cwd);
    for (const path of made) putUnder(directories, upwards(path), index);
  }
  return directories;
}

function attributedPaths({ labelled }: Facts): Set<string> {
  const effects = allEffects(labelled).filter(({ action }) => ['chown', 'chmod', 'chgrp'].includes(action ?? ''));
  return new Set(effects.flatMap((effect) => effect.writes.map((write) => write.path)));
}

/** The packages that a RUN installs and does not remove itself: what it removes takes no room even in one stage. */
function staysInstalled({ segments }: LabelledInstruction): string[] {
  const effects = (segments ?? []).flatMap((segment) => segment.effects);
  const named = (action: string) => effects.flatMap((effect) => (effect.action?.endsWith(action) ? [...(effect.packages?.names ?? [])] : []));
  const removed = new Set(named('-remove'));
  return effects
    .flatMap((effect) =>
      effect.action?.endsWith('-install') && !(effect.group !== undefined && removed.has(effect.group)) ? (effect.packages?.names ?? []) : [],
    )
    .filter((name) => !removed.has(name));
}

function judgeRun(one: LabelledInstruction, facts: Facts, scope: SegmentScope): JudgedSegment[] {
  const line = facts.source.instructions[one.index]?.line ?? 1;
  if (one.role === 'neutral' && one.why === 'a comment says so') return [];
  return (one.segments ?? []).map((part) => ({
    part,
    verdict: one.why === 'a comment says so' ? { kind: one.role === 'runtime' ? 'keep' : 'leave' } : judgeSegment(part, one, line, scope),
  }));
}

function packageInput(facts: Facts, plan: LanguagePlan, needs: readonly Need[], bare: boolean): PackageInput {
  const needed = needs.flatMap((need) => (need.kind === 'packages' ? [need.name] : need.kind === 'program' ? [need.name] : []));
  return {
    labelled: facts.labelled,
    release: facts.base.release,
    needed: new Set([...needed, ...sourcePrograms(facts)]),
    compiles: plan.keepsPackages === true || allEffects(facts.labelled).some((effect) => effect.compiles && effect.role === 'runtime'),
    links: plan.links,
    buildTools: new Set(plan.buildTools),
    instead: plan.instead ?? {},
    bare,
  };
}

/** Programs that set up where packages come from. */
function sourcePrograms({ labelled }: Facts): string[] {
  const parts = labelled.flatMap(({ segments }) => segments ?? []).filter(({ effects }) => effects.some((effect) => effect.action === 'package-source'));
  return parts.flatMap(({ segment }) => segment.commands.map((command) => command.name));
}

/**
 * What says where packages come from goes along with the last install that the final stage does, and whatever stands before
 * it. `lists`: the final stage installs what the builder has listed, which may come from any of these places.
 */
function withSources(judged: Map<number, JudgedSegment[]>, lists: boolean): Map<number, JudgedSegment[]> {
  const all = [...judged.values()].flat();
  const last = lists ? all.length : all.findLastIndex(({ verdict }) => verdict.kind === 'packages');
  const settled = all.map((one, at): JudgedSegment => (one.verdict.kind === 'source' ? { ...one, verdict: { kind: at < last ? 'keep' : 'leave' } } : one));
  let at = 0;
  return new Map([...judged].map(([index, segments]) => [index, segments.map(() => settled[at++] as JudgedSegment)]));
}

/** RUNs that refresh package lists for an install of another RUN. */
function refreshersNeeded(judged: ReadonlyMap<number, JudgedSegment[]>, labelled: readonly LabelledInstruction[]): Set<number> {
  const needed = new Set<number>();
  let refresher: number | undefined;
  for (const { index } of labelled) {
    const segments = judged.get(index) ?? [];
    const refreshes = segments.some(({ part }) => part.effects.some((effect) => effect.action === 'apt-update' || effect.action === 'apk-update'));
    const installs = segments.some(({ verdict }) => verdict.kind === 'packages');
    if (refreshes) refresher = index;
    if (installs && !refreshes && refresher !== undefined) needed.add(refresher);
  }
  return needed;
}

function partsOf(
  one: LabelledInstruction,
  facts: Facts,
  copies: ReadonlyMap<number, CopyVerdict>,
  judged: ReadonlyMap<number, JudgedSegment[]>,
  tidy: ReadonlySet<number>,
  artifacts: readonly Artifact[],
): FinalPart[] {
  const instruction = facts.source.instructions[one.index];
  const { index } = one;
  if (!instruction || instruction.keyword === 'FROM') return [{ index, kind: 'none', why: '' }];
  if (CONFIGURATION.has(instruction.keyword) || instruction.keyword === 'ARG') return [{ index, kind: 'carried', why: one.why }];
  const copy = copies.get(index);
  if (copy) return [{ index, ...copy }];
  const segments = judged.get(index) ?? [];
  const arriving = artifactsAfter(index, artifacts);
  const needsCrossing = (part: LabelledSegment) => looksInto(part, arriving);
  const runs = splitRun(instruction, segments, { tidyAnyway: tidy.has(index), crossing: crossingPart(segments, arriving), needsCrossing });
  return runs.map((run) => ({ index, ...run, why: run.kind === 'none' ? 'only the build needs it' : one.why }));
}

/** A WORKDIR in which only the build works is left out where another, absolute one follows before anything is done in it. */
function passedDirectories(parts: readonly FinalPart[], facts: Facts, plan: LanguagePlan): FinalPart[] {
  let follower: SourceInstruction | undefined;
  return backwards(parts, (part) => {
    const instruction = facts.source.instructions[part.index];
    const next = follower;
    if (part.kind !== 'none' && ['WORKDIR', 'RUN', 'COPY', 'ADD', 'USER'].includes(instruction?.keyword ?? '')) follower = instruction;
    if (instruction?.keyword !== 'WORKDIR' || next?.keyword !== 'WORKDIR' || !next.value.startsWith('/')) return part;
    const cwd = labelledAt(facts.labelled, part.index)?.state.cwd ?? '/';
    return plan.buildOnly.some((directory) => within(cwd, directory)) ? { index: part.index, kind: 'none', why: 'only the build works there' } : part;
  });
}

/** An ARG goes along only where something after it reads it. */
function keepArguments(parts: readonly FinalPart[], facts: Facts): FinalPart[] {
  const read = new Set<string>();
  let runs = '';
  return backwards(parts, (part) => {
    const instruction = facts.source.instructions[part.index];
    const used = instruction?.keyword !== 'ARG' || argumentsOf(instruction).some((name) => read.has(name) || runs.includes(name));
    const text = part.kind === 'split' ? part.text : part.kind === 'none' ? '' : (instruction?.text ?? '');
    for (const [, name = ''] of text.matchAll(/\$\{?(\w+)/g)) read.add(name);
    if (/^\s*RUN/i.test(text)) runs += `${text}\n`;
    return used ? part : { index: part.index, kind: 'none', why: 'only the build reads it' };
  });
}

function argumentsOf({ value }: SourceInstruction): string[] {
  return [...value.matchAll(/(?:^|\s)([A-Za-z_]\w*)/g)].map(([, name = '']) => name);
}

/** What becomes of each part, the last one first. */
function backwards(parts: readonly FinalPart[], change: (part: FinalPart) => FinalPart): FinalPart[] {
  return parts.toReversed().map(change).toReversed();
}
