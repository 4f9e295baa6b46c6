import type { Conversion, Evidence } from '../../index.ts';
import type { Colors } from '../color.ts';
import { printable } from './text.ts';

const TEXT_WIDTH = 56;

/** Why the conversion is as it is: what was detected, each instruction, each need, each base. */
export function reportExplanation({ explanation }: Conversion, colors: Colors): string {
  if (!explanation) return '';
  const { detections, instructions, needs, bases } = explanation;
  const sections = [
    section(
      'Detected',
      detections.map(({ language, packageManager, framework, version, evidence }) => [
        [language, version, framework, packageManager].filter(Boolean).join(' '),
        evidence.map(place).join(', '),
      ]),
      colors,
    ),
    section(
      'Instructions',
      instructions.map(({ line, role, text, why }) => [String(line).padStart(4), role, clip(text), why]),
      colors,
    ),
    section(
      'Needs at run time',
      needs.map(({ kind, name, evidence }) => [kind, name, `${place(evidence)}: ${evidence.note}`]),
      colors,
    ),
    section(
      'Bases',
      bases.map(({ reference, taken, why }) => [taken ? 'taken' : 'left', reference, why]),
      colors,
    ),
  ];
  return `${sections.flat().join('\n')}\n`;
}

/** Rows with their columns aligned; the last may be of any length. */
function section(title: string, rows: string[][], colors: Colors): string[] {
  if (rows.length === 0) return [];
  const cells = rows.map((row) => row.map(printable));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) => row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  '));
  return [colors.bold(title), ...lines.map((line) => `  ${line}`), ''];
}

function place({ file, line }: Evidence): string {
  return line === undefined ? file : `${file}:${line}`;
}

function clip(text: string): string {
  return text.length > TEXT_WIDTH ? `${text.slice(0, TEXT_WIDTH - 1)}…` : text;
}
