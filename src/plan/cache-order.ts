import { posix } from 'node:path';
import { within } from '../effects/effect.ts';
import { labelledAt } from '../effects/labelled.ts';
import type { Facts, LanguagePlan } from '../languages/language.ts';
import type { PlannedInstruction, StagePlan } from '../types.ts';
import { spellFlags } from './spell.ts';

/**
 * Puts an install before the COPY of the sources in the builder, with only its manifests copied ahead, so that a change of
 * the sources does not install anew. The language says which commands need nothing but the manifests.
 */
export function cacheOrder(facts: Facts, language: LanguagePlan, plan: StagePlan): StagePlan {
  const early = language.earlyInstall;
  if (!early) return plan;
  const stage = plan.stages.slice(0, -1).find((one) => one.instructions.some((planned) => planned.kind === 'carried' && planned.index === early.run));
  const at = stage?.instructions.findIndex((planned) => planned.kind === 'carried' && planned.index === early.run) ?? -1;
  const before = stage?.instructions[at - 1];
  if (!stage || before?.kind !== 'carried') return plan;
  const ahead = manifestCopy(before.index, early.manifests, facts);
  const [install, rest] = divide(early, facts) ?? [];
  if (!ahead || !install) return plan;
  const moved = [ahead, install, before, ...(rest ? [rest] : [])];
  const instructions = [...stage.instructions.slice(0, at - 1), ...moved, ...stage.instructions.slice(at + 1)];
  const line = facts.source.instructions[early.run]?.line;
  const decision = {
    code: 'cache-order',
    message: `${early.manifests.join(', ')} are copied and installed before the sources, so that a change of these keeps the cache`,
    ...(line !== undefined && { line }),
  };
  return { ...plan, stages: plan.stages.map((one) => (one === stage ? { ...stage, instructions } : one)), decisions: [...plan.decisions, decision] };
}

/** A COPY of the manifests to where the COPY of everything would put them. */
function manifestCopy(index: number, manifests: readonly string[], facts: Facts): PlannedInstruction | undefined {
  const copy = labelledAt(facts.labelled, index)?.copy;
  const source = facts.source.instructions[index];
  const [placed] = copy?.placed ?? [];
  if (!source || copy?.from !== 'context' || copy.unpacks || copy.placed.length !== 1 || placed?.kind !== 'directory') return undefined;
  if (source.flags.some((flag) => flag.name !== 'chown')) return undefined;
  const directories = new Set(manifests.map((manifest) => posix.dirname(manifest)));
  const [directory] = directories;
  if (
    directories.size !== 1 ||
    directory === undefined ||
    !manifests.every((manifest) => within(`/${manifest}`, `/${placed.source}`.replace(/\/$/, '') || '/'))
  )
    return undefined;
  const below = posix.relative(placed.source, directory === '.' ? '' : directory);
  const target = posix.join(placed.path, below);
  const cwd = labelledAt(facts.labelled, index)?.state.cwd;
  const flags = spellFlags(source.flags);
  return {
    kind: 'added',
    template: 'copy',
    data: { flags, from: [...manifests], to: target === cwd ? './' : `${target.replace(/\/$/, '')}/` },
    why: 'the install reads these alone',
  };
}

/** The install by itself, and what else its RUN does. */
function divide(early: NonNullable<LanguagePlan['earlyInstall']>, facts: Facts): [PlannedInstruction, PlannedInstruction | undefined] | undefined {
  const source = facts.source.instructions[early.run];
  const segments = labelledAt(facts.labelled, early.run)?.segments ?? [];
  if (segments.length === early.segments) return [{ kind: 'carried', index: early.run }, undefined];
  const last = segments[early.segments - 1]?.segment;
  const next = segments[early.segments]?.segment;
  if (!source?.shell || !last || !next || source.heredocs.length > 0 || source.flags.length > 0) return undefined;
  const { start } = source.shell;
  const why = 'the install stands by itself for the cache';
  const first = {
    kind: 'split' as const,
    index: early.run,
    text: `RUN ${source.text.slice(start + (segments[0]?.segment.start ?? 0), start + last.end)}\n`,
    why,
  };
  return [first, { kind: 'split', index: early.run, text: `RUN ${source.text.slice(start + next.start)}`, why }];
}
