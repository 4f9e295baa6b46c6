import type { Facts } from './languages/language.ts';
import type { BaseChoice } from './plan/bases.ts';
import type { Explanation, Need, Role, StagePlan } from './types.ts';

/** What `--explain` shows: each instruction with its role, each need with its evidence, each base and why it was taken or not. */
export function explain(facts: Facts, plan: StagePlan, needs: readonly Need[], choice: BaseChoice): Explanation {
  const inStage = (at: number, index: number) =>
    plan.stages.at(at)?.instructions.some((planned) => planned.kind !== 'added' && planned.index === index) ?? false;
  const parts = new Map(choice.slice.parts.map((part) => [part.index, part]));
  const instructions = facts.labelled.map(({ index, why }) => {
    const { line = 0, text = '', keyword = '' } = facts.source.instructions[index] ?? {};
    const role = keyword === 'FROM' ? 'both' : roleOf(inStage(0, index), inStage(-1, index));
    return { line, text: text.trim().split('\n')[0] ?? '', role, why: parts.get(index)?.why ?? why };
  });
  const list = needs.map(({ kind, name, evidence }) => ({ kind, name, evidence }));
  return { detections: facts.detections, instructions, needs: list, bases: choice.considered };
}

/** The same for a conversion that stopped: what was seen of each instruction until then. */
export function explainStop(facts: Omit<Facts, 'start'>, needs: readonly Need[]): Explanation {
  const instructions = facts.labelled.map(({ index, role, why }) => {
    const { line = 0, text = '' } = facts.source.instructions[index] ?? {};
    return { line, text: text.trim().split('\n')[0] ?? '', role, why };
  });
  return { detections: facts.detections, instructions, needs: needs.map(({ kind, name, evidence }) => ({ kind, name, evidence })), bases: [] };
}

function roleOf(build: boolean, run: boolean): Role {
  if (build && run) return 'both';
  if (build) return 'build';
  return run ? 'runtime' : 'neutral';
}
