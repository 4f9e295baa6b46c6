import type { PlannedInstruction, PlannedStage, SourceDockerfile, StagePlan } from '../types.ts';
import type { Renderer } from './templates.ts';

/** The Dockerfile of a plan: source instructions byte for byte, added ones through templates, the source's line ends. */
export function emit(source: SourceDockerfile, plan: StagePlan, render: Renderer): string {
  const native = (text: string) => (source.lineEnd === '\n' ? text : text.replace(/\r?\n/g, '\r\n'));
  const written = new Set<number>();
  const preamble = plan.preamble.map((index) => carried(source, index, written)).join('');
  const stages = plan.stages.map((stage, at) => emitStage(source, stage, at, native, render, written));
  return `${preamble}${stages.join(native('\n'))}${source.tail}`;
}

function emitStage(
  source: SourceDockerfile,
  stage: PlannedStage,
  at: number,
  native: (text: string) => string,
  render: Renderer,
  written: Set<number>,
): string {
  const body = stage.instructions.map((planned) => emitInstruction(source, planned, native, render, written));
  return `${emitFrom(source, stage, at, native, render)}${body.join('')}`;
}

/** The first FROM keeps its place, comments and spelling; others are added. */
function emitFrom(source: SourceDockerfile, stage: PlannedStage, at: number, native: (text: string) => string, render: Renderer): string {
  const first = source.instructions.find((instruction) => instruction.keyword === 'FROM');
  const line = native(render('from', { from: stage.from, name: stage.name, lower: first?.text.trimStart().startsWith('from') ?? false }));
  return at === 0 ? `${first?.leading ?? ''}${line}` : line;
}

function emitInstruction(
  source: SourceDockerfile,
  planned: PlannedInstruction,
  native: (text: string) => string,
  render: Renderer,
  written: Set<number>,
): string {
  switch (planned.kind) {
    case 'carried':
      return carried(source, planned.index, written);
    case 'split':
      return native(planned.text.replace(/\r/g, ''));
    case 'added':
      return native(render(planned.template, planned.data));
  }
}

/** Comments stay with the first place where their instruction stands. */
function carried(source: SourceDockerfile, index: number, written: Set<number>): string {
  const instruction = source.instructions[index];
  if (!instruction) return '';
  const leading = written.has(index) ? '' : instruction.leading;
  written.add(index);
  const text = instruction.text.endsWith('\n') ? instruction.text : `${instruction.text}${source.lineEnd}`;
  return `${leading}${text}`;
}
