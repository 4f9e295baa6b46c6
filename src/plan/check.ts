import { within } from '../effects/effect.ts';
import { Stop } from '../errors.ts';
import type { Facts } from '../languages/language.ts';
import { parseDockerfile } from '../parse/dockerfile.ts';
import type { SourceInstruction, StagePlan } from '../types.ts';

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
  checkStages(plan, instructions);
  checkVolumes(facts, plan);
}

/** Indices of the instructions that make up the image's configuration. */
export function configurationOf(facts: Facts): number[] {
  return facts.source.instructions.filter((instruction) => CONTRACT.includes(instruction.keyword)).map(({ index }) => index);
}

function checkKeyword(keyword: string, facts: Facts, final: readonly SourceInstruction[]): void {
  const valuesIn = (instructions: readonly SourceInstruction[]) =>
    instructions.filter((instruction) => instruction.keyword === keyword).map(({ value }) => value);
  const before = valuesIn(facts.source.instructions);
  const after = valuesIn(final);
  const allowed = keyword === 'USER' && facts.options.harden.includes('nonroot');
  const last = ['USER', 'WORKDIR'].includes(keyword) && !allowed && before.length > 0 && before.at(-1) !== after.at(-1) ? before.at(-1) : undefined;
  // Only the last directory is seen from outside; those on the way there may be the builder's alone.
  const lost = last ?? (keyword === 'WORKDIR' ? undefined : before.find((value) => !after.includes(value)));
  if (lost !== undefined) differs(`${keyword} ${lost} is not in the final stage`);
}

function checkStages(plan: StagePlan, instructions: readonly SourceInstruction[]): void {
  const names = plan.stages.map((stage) => stage.name);
  const used = new Set<string>();
  let stage = -1;
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') stage++;
    const from = instruction.keyword === 'FROM' ? instruction.value.split(/\s/)[0] : instruction.flags.find((flag) => flag.name === 'from')?.value;
    if (from === undefined || !names.includes(from) || from === '') continue;
    if (names.indexOf(from) >= stage) differs(`${from} is used before it is built`);
    used.add(from);
  }
  const idle = names.slice(0, -1).find((name) => !used.has(name));
  if (idle !== undefined) differs(`the stage ${idle} is not used`);
}

/** Docker throws away what a RUN writes below a VOLUME that stands above it. */
function checkVolumes(facts: Facts, plan: StagePlan): void {
  for (const instruction of facts.source.instructions) {
    if (instruction.keyword !== 'VOLUME') continue;
    for (const path of instruction.exec ?? instruction.value.split(/\s+/)) {
      const artifact = plan.artifacts.find((one) => one.after > instruction.index && within(one.from, path));
      if (artifact) throw new Stop('volume-over-build', { path }, instruction.line);
    }
  }
}

function differs(why: string): never {
  throw new Stop('contract-differs', { why: why.trim() });
}
