import { within } from '../effects/effect.ts';
import { labelledAt } from '../effects/labelled.ts';
import { Stop } from '../errors.ts';
import type { Facts } from '../languages/language.ts';
import { parseDockerfile } from '../parse/dockerfile.ts';
import { expand } from '../parse/variables.ts';
import type { SourceInstruction, StagePlan } from '../types.ts';
import { spellFlags } from './spell.ts';

const CONTRACT = ['CMD', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'HEALTHCHECK', 'LABEL', 'MAINTAINER', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR'];

/**
 * Reads the emitted text again and compares it with the source: the same contract, every stage used, every COPY --from of
 * ours naming an earlier stage. Throws Stop for a plan that must not be handed over.
 */
export function checkOutput(facts: Facts, plan: StagePlan, text: string): void {
  const { instructions } = parseDockerfile(text, facts.source.path);
  const last = instructions.findLast((instruction) => instruction.keyword === 'FROM');
  const final = instructions.filter((instruction) => instruction.index > (last?.index ?? 0));
  for (const keyword of CONTRACT) if (keyword !== plan.replaced) checkKeyword(keyword, facts, final);
  checkStages(facts, plan, instructions);
  checkVolumes(facts, plan);
}

/** Indices of the instructions that make up the image's configuration. */
export function configurationOf(facts: Facts): number[] {
  return facts.source.instructions.filter((instruction) => CONTRACT.includes(instruction.keyword)).map(({ index }) => index);
}

function checkKeyword(keyword: string, facts: Facts, final: readonly SourceInstruction[]): void {
  const valuesIn = (instructions: readonly SourceInstruction[]) =>
    instructions.filter((instruction) => instruction.keyword === keyword).map(({ flags, value }) => spellFlags(flags) + value);
  const before = valuesIn(facts.source.instructions);
  const after = valuesIn(final);
  if (keyword === 'USER' && facts.options.harden.includes('nonroot')) return;
  if (LAST_COUNTS.has(keyword)) {
    if (before.length > 0 && before.at(-1) !== after.at(-1)) differs(`${keyword} ${before.at(-1)} is not in the final stage`);
    return;
  }
  // A later ENV or LABEL may build on an earlier one or replace it.
  let at = 0;
  for (const value of before) {
    const found = after.indexOf(value, at);
    if (found < 0) differs(`${keyword} ${value} is not in the final stage${after.includes(value) ? ' where it was' : ''}`);
    at = found + 1;
  }
}

/** Of these the image has one; only the last directory is seen from outside, others may be the builder's alone. */
const LAST_COUNTS = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'SHELL', 'STOPSIGNAL', 'USER', 'WORKDIR']);

function checkStages(facts: Facts, plan: StagePlan, instructions: readonly SourceInstruction[]): void {
  const names = plan.stages.map((stage) => stage.name.toLowerCase());
  const used = new Set<string>();
  let stage = -1;
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') stage++;
    for (const from of stagesNamed(instruction).filter((name) => name !== '' && names.includes(name))) {
      if (names.indexOf(from) >= stage) differs(`${from} is used before it is built`);
      used.add(from);
    }
  }
  const idle = names.slice(0, -1).find((name) => !used.has(name));
  if (idle !== undefined) differs(`the stage ${idle} is not used`);
  const source = facts.source.instructions.filter((instruction) => instruction.keyword !== 'FROM');
  const meant = source.flatMap(stagesNamed).find((name) => names.includes(name));
  if (meant !== undefined) differs(`${meant} is an image or a context that the Dockerfile names, not a stage`);
}

/** The stages, images and contexts that an instruction takes something from. */
function stagesNamed({ keyword, value, flags }: SourceInstruction): string[] {
  if (keyword === 'FROM') return [value.split(/\s/)[0]?.toLowerCase() ?? ''];
  return flags.flatMap((flag) => {
    const from = flag.name === 'from' ? flag.value : flag.name === 'mount' ? /(?:^|,)from=([^,]*)/i.exec(flag.value)?.[1] : undefined;
    return from === undefined ? [] : [from.replace(/^["']|["']$/g, '').toLowerCase()];
  });
}

/** Docker throws away what a RUN writes below a VOLUME that stands above it. */
function checkVolumes(facts: Facts, plan: StagePlan): void {
  for (const instruction of facts.source.instructions) {
    if (instruction.keyword !== 'VOLUME') continue;
    const { env = {}, args = {} } = labelledAt(facts.labelled, instruction.index)?.state ?? {};
    for (const word of instruction.exec ?? instruction.value.split(/\s+/)) {
      const path = expand(word, { ...env, ...args }, facts.source.escape).text;
      const artifact = plan.artifacts.find((one) => one.after > instruction.index && within(one.from, path));
      if (artifact) throw new Stop('volume-over-build', { path }, instruction.line);
    }
  }
}

function differs(why: string): never {
  throw new Stop('contract-differs', { why: why.trim() });
}
