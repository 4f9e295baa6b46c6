import { DockerfileParser, type Instruction } from 'dockerfile-ast';
import { Stop } from '../errors.ts';
import type { Flag, Heredoc, SourceDockerfile, SourceInstruction } from '../types.ts';
import { maskForShell } from './continuation.ts';

const KEYWORDS = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(' '),
);
const EXEC_KEYWORDS = new Set(['ADD', 'CMD', 'COPY', 'ENTRYPOINT', 'RUN', 'SHELL', 'VOLUME']);
const NEEDS_ARGUMENTS = new Set([...KEYWORDS].filter((keyword) => keyword !== 'CMD' && keyword !== 'ENTRYPOINT'));

/**
 * Parses a Dockerfile without loss: leading + text of each instruction, and the tail, make up the input.
 * Throws Stop for what Docker itself would not read: https://docs.docker.com/reference/dockerfile/#format
 */
export function parseDockerfile(text: string, path: string): SourceDockerfile {
  const lone = /\r(?!\n)/.exec(text);
  if (lone && text.slice(lone.index + 1).trim() !== '') stopAtReturn(text, lone.index);
  const tree = DockerfileParser.parse(text);
  const starts = lineStarts(text);
  const offset = (at: { line: number; character: number }) => (starts[at.line] ?? text.length) + at.character;
  const escape = tree.getEscapeCharacter() === '`' ? '`' : '\\';
  const nodes = tree.getInstructions();
  if (nodes.length === 0) throw new Stop('empty');

  const instructions: SourceInstruction[] = [];
  let end = 0;
  for (const [index, node] of nodes.entries()) {
    const range = node.getRange();
    const start = offset(range.start);
    const stop = endOfLine(text, offset(range.end));
    instructions.push(describe(node, { index, leading: text.slice(end, start), text: text.slice(start, stop), line: range.start.line + 1, escape }));
    end = stop;
  }
  return { path, text, lineEnd: /\r\n/.test(text) ? '\r\n' : '\n', escape, instructions, tail: text.slice(end) };
}

/** Docker breaks lines at \n alone. */
function stopAtReturn(text: string, at: number): never {
  const advice = 'Save the file with the line ends of Unix (LF) or Windows (CRLF).';
  throw new Stop('syntax', { what: 'a carriage return stands within a line', advice }, text.slice(0, at).split('\n').length);
}

interface Place {
  index: number;
  leading: string;
  text: string;
  line: number;
  escape: '\\' | '`';
}

function describe(node: Instruction, place: Place): SourceInstruction {
  const keyword = node.getKeyword().toUpperCase();
  const { escape, ...rest } = place;
  if (!KEYWORDS.has(keyword)) throw new Stop('unknown-instruction', { keyword: node.getInstruction() }, place.line);
  const flags = flagsOf(node);
  const heredocs = heredocsOf(node, place);
  const masked = maskForShell(place.text, escape);
  const bodyStart = argumentStart(masked, flags.length);
  const value = joined(heredocs.length > 0 ? firstLine(masked.slice(bodyStart)) : masked.slice(bodyStart));
  if (value === '' && NEEDS_ARGUMENTS.has(keyword)) {
    throw new Stop('syntax', { what: `${keyword} has no arguments`, advice: 'Complete or remove the instruction.' }, place.line);
  }
  const exec = EXEC_KEYWORDS.has(keyword) ? execForm(value) : undefined;
  const instruction: SourceInstruction = { ...rest, keyword, flags, value, heredocs, ...(exec && { exec }) };
  if (keyword === 'RUN' && !exec) {
    const [only] = heredocs;
    const start = only && value.trim() === only.name ? place.text.indexOf(only.body, place.text.indexOf('\n')) : bodyStart;
    const length = only && value.trim() === only.name ? only.body.length : masked.length - bodyStart;
    instruction.shell = { text: masked.slice(start, start + length), start };
  }
  return instruction;
}

function flagsOf(node: Instruction): Flag[] {
  const found = (node as { getFlags?(): { getName(): string; getValue(): string | null }[] }).getFlags?.() ?? [];
  return found.map((flag) => ({ name: flag.getName(), value: flag.getValue() ?? '' }));
}

function heredocsOf(node: Instruction, place: Place): Heredoc[] {
  if (!['RUN', 'COPY', 'ADD'].includes(node.getKeyword().toUpperCase()) || !place.text.includes('<<')) return [];
  const found = (node as unknown as { getHeredocs(): { getName(): string }[] }).getHeredocs();
  const lines = place.text.split('\n');
  let row = 1;
  return found.map((heredoc) => {
    const name = heredoc.getName();
    const first = row;
    while (row < lines.length && lines[row]?.trim() !== name) row++;
    if (row >= lines.length) {
      throw new Stop('syntax', { what: `the heredoc ${name} is not closed`, advice: `Add a line that holds only ${name}.` }, place.line);
    }
    const body = lines
      .slice(first, row)
      .map((line) => `${line}\n`)
      .join('');
    row++;
    return { name, body };
  });
}

/** Offset of what follows the keyword and its flags. */
function argumentStart(masked: string, flags: number): number {
  const gap = '(?:\\s|\\\\\\n)+';
  const head = new RegExp(`^\\s*[A-Za-z]+(?:${gap}--[^\\s]*){${flags}}(?:${gap})?`).exec(masked);
  return head ? head[0].length : masked.length;
}

function joined(masked: string): string {
  return masked.replace(/\\\n/g, '').trim();
}

function firstLine(text: string): string {
  return (
    text
      .replace(/\\\n/g, '  ')
      .split('\n', 1)[0]
      ?.replace(/<<-?\s*["']?(\w+)["']?/g, '$1') ?? ''
  );
}

/** The words of the JSON form, undefined where Docker would read the shell form. */
function execForm(value: string): string[] | undefined {
  if (!value.startsWith('[')) return undefined;
  try {
    const words: unknown = JSON.parse(value);
    return Array.isArray(words) && words.every((word) => typeof word === 'string') ? words : undefined;
  } catch {
    return undefined;
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function endOfLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}
