import { Stop } from '../errors.ts';
import { within } from '../effects/effect.ts';
import type { Facts } from '../languages/language.ts';
import { parseDockerfile } from '../parse/dockerfile.ts';
import type { StagePlan } from '../types.ts';

const CONTRACT = ['CMD', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'HEALTHCHECK', 'LABEL', 'MAINTAINER', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR'];

/**
 * Reads the emitted text again and compares it with the source: the same contract, every stage used, every COPY --from
 * naming an earlier stage and a path that something wrote. Throws Stop for a plan that must not be handed over.
 */
export function checkOutput(facts: Facts, plan: StagePlan, text: string): void {
  const output = parseDockerfile(text, facts.source.path);
  const froms = output.instructions.filter((instruction) => instruction.keyword === 'FROM');
  const last = froms.at(-1);
  const final = output.instructions.filter((instruction) => instruction.index > (last?.index ?? 0));
  for (const keyword of CONTRACT) {
    const before = facts.source.instructions.filter((instruction) => instruction.keyword === keyword).map(({ value }) => value);
    const after = final.filter((instruction) => instruction.keyword === keyword).map(({ value }) => value);
    const lost = keyword === 'WORKDIR' ? [before.at(-1)].filter((value) => value !== undefined && value !== after.at(-1)) : before.filter((value) => !after.includes(value));
    if (plan.replaced === keyword) continue;
    if (lost.length > 0 || (keyword === 'USER' && after.at(-1) !== before.at(-1) && !facts.options.harden.includes('nonroot'))) differs(`${keyword} ${lost[0] ?? ''} is not in the final stage`);
  }
  const names = new Set(plan.stages.map((stage) => stage.name));
  const used = new Set<string>();
  for (const instruction of output.instructions) {
    const from = instruction.flags.find((flag) => flag.name === 'from')?.value;
    if (from !== undefined && names.has(from)) used.add(from);
  }
  for (const stage of plan.stages.slice(0, -1)) {
    const base = froms.some((from) => new RegExp(`^${stage.name}(\\s|$)`, 'i').test(from.value));
    if (!used.has(stage.name) && !base) differs(`the stage ${stage.name} is not used`);
  }
  checkVolumes(facts, plan);
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
