import type { PlannedInstruction, PlannedStage, SourceDockerfile, SourceInstruction, StagePlan } from '../types.ts';
import type { Renderer } from './templates.ts';

/** The Dockerfile of a plan: source instructions byte for byte, added ones through templates, the source's line ends and escape character. */
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
  const own = (text: string) => (source.escape === '\\' ? text : text.replace(/\\(?=[ \t]*\n)/g, source.escape));
  switch (planned.kind) {
    case 'carried':
      return carried(source, planned.index, written);
    case 'split': {
      const text = planned.text.replace(/\r/g, '');
      // Within a heredoc the shell joins the lines.
      const heredoc = (source.instructions[planned.index]?.heredocs.length ?? 0) > 0;
      return `${leadingOf(source, planned.index, written)}${native(heredoc ? text : own(text))}`;
    }
    case 'added':
      return native(own(render(planned.template, planned.data)));
  }
}

/** Comments stay with the first place where their instruction stands. */
function leadingOf(source: SourceDockerfile, index: number, written: Set<number>): string {
  const leading = written.has(index) ? '' : source.instructions[index]?.leading;
  written.add(index);
  return leading ?? '';
}

function carried(source: SourceDockerfile, index: number, written: Set<number>): string {
  const instruction = source.instructions[index];
  if (!instruction) return '';
  const text = index === source.instructions.length - 1 ? closed(instruction, source) : instruction.text;
  return `${leadingOf(source, index, written)}${text.endsWith('\n') ? text : `${text}${source.lineEnd}`}`;
}

/** The last instruction may end in a line that says that it goes on: nothing may follow that. */
function closed({ text, heredocs }: SourceInstruction, { escape }: SourceDockerfile): string {
  if (heredocs.length > 0) return text;
  const mark = escape === '`' ? '`' : '\\\\';
  return text.replace(new RegExp(`${mark}[ \\t]*\\r?(?:\\n[ \\t]*(?:#[^\\n]*)?)*$`), '');
}
