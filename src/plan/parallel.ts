import { posix } from 'node:path';
import { within } from '../effects/effect.ts';
import { labelledAt } from '../effects/labelled.ts';
import type { Facts } from '../languages/language.ts';
import type { PlannedInstruction, PlannedStage, StagePlan } from '../types.ts';

interface Block {
  directory: string;
  languages: Set<string>;
  instructions: PlannedInstruction[];
  indices: number[];
}

/**
 * Makes a stage each of builds that have nothing to do with each other (a back end and a front end), so that BuildKit runs
 * them side by side. Leaves the plan as it is where one build could see the other.
 */
export function parallel(facts: Facts, plan: StagePlan): StagePlan {
  const [builder, final] = plan.stages;
  if (!builder || !final || plan.stages.length !== 2) return plan;
  const { prefix, blocks } = blocksOf(builder, facts);
  if (blocks.length < 2 || !areIndependent(blocks, facts)) return plan;
  const names = blocks.map(
    (block) =>
      `${posix
        .basename(block.directory)
        .toLowerCase()
        .replace(/[^a-z0-9_.-]/g, '-')}-builder`,
  );
  if (new Set(names).size !== names.length) return plan;
  const shared = prefix.some((planned) => planned.kind !== 'added');
  const stages: PlannedStage[] = blocks.map((block, at) => ({
    name: names[at] as string,
    from: shared ? 'base' : builder.from,
    instructions: block.instructions,
  }));
  const nameOf = (index: number) => names[blocks.findIndex((block) => block.indices.includes(index))] ?? (names[0] as string);
  const instructions = final.instructions.map((planned) => renamed(planned, builder.name, plan, nameOf));
  const base: PlannedStage[] = shared ? [{ name: 'base', from: builder.from, instructions: prefix }] : [];
  const decision = { code: 'parallel', message: `${names.join(' and ')} do not need each other and build side by side` };
  return { ...plan, stages: [...base, ...stages, { ...final, instructions }], decisions: [...plan.decisions, decision] };
}

/** A block begins with a WORKDIR and holds the builds of one directory. */
function blocksOf(builder: PlannedStage, facts: Facts): { prefix: PlannedInstruction[]; blocks: Block[] } {
  const prefix: PlannedInstruction[] = [];
  const blocks: Block[] = [];
  for (const planned of builder.instructions) {
    const directory = planned.kind === 'added' ? undefined : entered(planned.index, facts);
    if (directory !== undefined && directory !== blocks.at(-1)?.directory) blocks.push({ directory, languages: new Set(), instructions: [], indices: [] });
    const last = blocks.at(-1);
    if (last) add(planned, last, facts);
    else prefix.push(planned);
  }
  return { prefix, blocks };
}

/** The directory that a WORKDIR with an absolute path leads to. */
function entered(index: number, facts: Facts): string | undefined {
  const source = facts.source.instructions[index];
  return source?.keyword === 'WORKDIR' && source.value.startsWith('/') ? labelledAt(facts.labelled, index)?.state.cwd : undefined;
}

function add(planned: PlannedInstruction, block: Block, facts: Facts): void {
  block.instructions.push(planned);
  if (planned.kind === 'added') return;
  block.indices.push(planned.index);
  const segments = labelledAt(facts.labelled, planned.index)?.segments ?? [];
  for (const effect of segments.flatMap((segment) => segment.effects))
    if (effect.role === 'build') block.languages.add((effect.action ?? '').split('-')[0] ?? '');
}

function areIndependent(blocks: readonly Block[], facts: Facts): boolean {
  if (blocks.some((block) => block.languages.size !== 1 || block.directory === '/')) return false;
  if (new Set(blocks.map((block) => [...block.languages][0])).size !== blocks.length) return false;
  return blocks.every((block) => {
    const others = blocks.filter((other) => other !== block);
    if (others.some((other) => within(other.directory, block.directory))) return false;
    return block.indices.every((index) => staysInside(index, others, facts));
  });
}

/** Neither changes what later stages would see nor names a path of another block. */
function staysInside(index: number, others: readonly Block[], facts: Facts): boolean {
  const source = facts.source.instructions[index];
  if (!source || ['ENV', 'ARG', 'USER', 'SHELL'].includes(source.keyword)) return false;
  const labelled = labelledAt(facts.labelled, index);
  const words = (labelled?.segments ?? []).flatMap(({ segment }) =>
    segment.commands.flatMap((command) => [command.name, ...command.args.map((word) => word.value)]),
  );
  if (words.some((word) => word.includes('..') || others.some((other) => word.includes(other.directory)))) return false;
  return !others.some((other) => labelled?.copy && within(labelled.copy.destination, other.directory));
}

function renamed(planned: PlannedInstruction, builder: string, plan: StagePlan, nameOf: (index: number) => string): PlannedInstruction {
  if (planned.kind !== 'added' || planned.data.stage !== builder) return planned;
  const artifact = plan.artifacts.find((one) => one.from === planned.data.from);
  return { ...planned, data: { ...planned.data, stage: nameOf(artifact?.after ?? -1) } };
}
