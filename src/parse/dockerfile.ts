import { Stop } from '../errors.ts';
import type { Flag, Heredoc, SourceDockerfile, SourceInstruction } from '../types.ts';
import { maskForShell } from './continuation.ts';
import { type OpenedHeredoc, openedHeredocs, readHeredoc } from './heredocs.ts';
import { escapeOf, type Head, isBlankOrComment, type Line, linesOf, placeOf, readHead } from './lines.ts';
import { splitWords } from './variables.ts';

const KEYWORDS = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(' '),
);
const EXEC_KEYWORDS = new Set(['ADD', 'CMD', 'COPY', 'ENTRYPOINT', 'RUN', 'SHELL', 'VOLUME']);
const HEREDOC_KEYWORDS = new Set(['ADD', 'COPY', 'RUN']);
const TAKES_FLAGS = new Set(['ADD', 'COPY', 'FROM', 'HEALTHCHECK', 'ONBUILD', 'RUN']);
const NEEDS_ARGUMENTS = new Set([...KEYWORDS].filter((keyword) => keyword !== 'CMD' && keyword !== 'ENTRYPOINT'));

/** What an instruction is read from. */
interface Place {
  text: string;
  lines: readonly Line[];
  escape: '\\' | '`';
  index: number;
  /** Where what is above the instruction starts. */
  from: number;
}

/**
 * Parses a Dockerfile without loss, as BuildKit does: leading + text of each instruction, and the tail, make up the input.
 * Throws Stop for what Docker itself would not read: https://docs.docker.com/reference/dockerfile/#format
 */
export function parseDockerfile(text: string, path: string): SourceDockerfile {
  const lone = /\r(?!\n)/.exec(text);
  if (lone && text.slice(lone.index + 1).trim() !== '') stopAtReturn(text, lone.index);
  const lines = linesOf(text);
  const escape = escapeOf(text, lines);
  const instructions: SourceInstruction[] = [];
  let from = 0;
  for (let row = 0; row < lines.length; ) {
    const { start, end } = lines[row] as Line;
    if (isBlankOrComment(text.slice(start, end))) {
      row++;
      continue;
    }
    const head = readHead(text, lines, row, escape);
    const { instruction, after } = readInstruction(head, { text, lines, escape, index: instructions.length, from });
    instructions.push(instruction);
    from = (lines[after - 1] as Line).end;
    row = after;
  }
  if (instructions.length === 0) throw new Stop('empty');
  return { path, text, lineEnd: /\r\n/.test(text) ? '\r\n' : '\n', escape, instructions, tail: text.slice(from) };
}

/** Docker breaks lines at \n alone. */
function stopAtReturn(text: string, at: number): never {
  const advice = 'Save the file with the line ends of Unix (LF) or Windows (CRLF).';
  throw new Stop('syntax', { what: 'a carriage return stands within a line', advice }, text.slice(0, at).split('\n').length);
}

function readInstruction(head: Head, place: Place): { instruction: SourceInstruction; after: number } {
  const { text, lines, escape, from } = place;
  const line = head.first + 1;
  const start = head.pieces[0]?.start ?? 0;
  const [written = ''] = /^[^ \t\v\f\r]*/.exec(head.text) ?? [];
  const keyword = written.toUpperCase();
  if (!KEYWORDS.has(keyword)) throw new Stop('unknown-instruction', { keyword: written }, line);
  const { flags, end } = readFlags(head.text, written.length, escape);
  const rest = head.text.slice(end).trim();
  const exec = EXEC_KEYWORDS.has(keyword) ? execForm(rest, line) : undefined;
  const opened = HEREDOC_KEYWORDS.has(keyword) && !exec ? openedHeredocs(head.text) : [];
  const { heredocs, after } = readHeredocs(opened, head.after, line, place);
  const value = opened
    .reduceRight((left, { name, start, end }) => left.slice(0, start) + name + left.slice(end), head.text)
    .slice(end)
    .trim();
  checkArguments(keyword, value, line, escape);
  checkFlags(keyword, flags, line);
  const stop = (lines[after - 1] as Line).end;
  const own = text.slice(start, stop);
  const common = { index: place.index, leading: text.slice(from, start), text: own, line, keyword, flags, value, heredocs, ...(exec && { exec }) };
  if (keyword !== 'RUN' || exec) return { instruction: common, after };
  const headEnd = (lines[head.after - 1] as Line).end - start;
  const [only] = opened.length === 1 && rest === head.text.slice(opened[0]?.start, opened[0]?.end) ? heredocs : [];
  const shell = only ? scriptOf(only, headEnd) : shellOf(own, placeOf(head, end) - start, headEnd, escape);
  return { instruction: { ...common, ...(shell && { shell }) }, after };
}

/** A RUN whose heredoc is all of it: the script, if it is one for a shell. */
function scriptOf({ body }: Heredoc, start: number): SourceInstruction['shell'] {
  return /^#!(?!\s*(\/usr\/bin\/env\s+(-S\s+)?)?\S*\b(sh|bash|ash|dash)(\s|$))/.test(body) ? undefined : { text: withoutReturns(body), start };
}

/** Continuations are joined before heredocs begin, and not within them. */
function shellOf(text: string, start: number, headEnd: number, escape: '\\' | '`'): SourceInstruction['shell'] {
  return { text: maskForShell(text.slice(0, headEnd), escape).slice(start) + withoutReturns(text.slice(headEnd)), start };
}

function withoutReturns(text: string): string {
  return text.replace(/\r(?=\n)/g, ' ');
}

/** The flags after the keyword, as written, and where what follows them starts. */
function readFlags(head: string, start: number, escape: '\\' | '`'): { flags: Flag[]; end: number } {
  const mark = escape === '`' ? '`' : '\\\\';
  const escaped = `${mark}[\\s\\S]`;
  const word = new RegExp(`\\s*(--(?:"(?:${escaped}|[^"${mark}])*"|'(?:${escaped}|[^'${mark}])*'|${escaped}|[^\\s"'${mark}])*)(?=\\s|$)|\\s*`, 'y');
  const flags: Flag[] = [];
  let end = start;
  for (;;) {
    word.lastIndex = end;
    const [whole = '', flag] = word.exec(head) ?? [];
    end += whole.length;
    if (flag === undefined || flag === '--') return { flags, end };
    const at = flag.indexOf('=');
    flags.push({ name: flag.slice(2, at < 0 ? undefined : at), value: at < 0 ? '' : flag.slice(at + 1) });
  }
}

function readHeredocs(opened: readonly OpenedHeredoc[], row: number, line: number, { text, lines }: Place): { heredocs: Heredoc[]; after: number } {
  const heredocs: Heredoc[] = [];
  let after = row;
  for (const one of opened) {
    const read = readHeredoc(text, lines, after, one);
    if (!read) throw new Stop('syntax', { what: `the heredoc ${one.name} is not closed`, advice: `Add a line that holds only ${one.name}.` }, line);
    heredocs.push(read.heredoc);
    after = read.after;
  }
  return { heredocs, after };
}

function checkArguments(keyword: string, value: string, line: number, escape: '\\' | '`'): void {
  const advice = 'Complete or remove the instruction.';
  if (value === '' && NEEDS_ARGUMENTS.has(keyword)) throw new Stop('syntax', { what: `${keyword} has no arguments`, advice }, line);
  if (keyword === 'FROM') checkFrom(value, line);
  if (keyword !== 'ENV' && keyword !== 'LABEL') return;
  const words = splitWords(value, escape);
  const bare = words[0]?.includes('=') ? words.find((word) => !word.includes('=')) : words.length < 2 ? words[0] : undefined;
  if (bare !== undefined) throw new Stop('syntax', { what: `${keyword} ${bare} has no value`, advice: `Write it as ${keyword} name=value.` }, line);
}

function checkFlags(keyword: string, [flag]: readonly Flag[], line: number): void {
  if (!flag || TAKES_FLAGS.has(keyword)) return;
  throw new Stop('syntax', { what: `${keyword} has no flag --${flag.name}`, advice: 'Remove it, or put it behind what it belongs to.' }, line);
}

function checkFrom(value: string, line: number): void {
  if (/^\S+(\s+AS\s+[A-Z][\w.-]*)?$/i.test(value)) return;
  const advice = 'Write FROM image, or FROM image AS name; a comment needs a line of its own.';
  throw new Stop('syntax', { what: `FROM ${value} is not an image and perhaps a name for the stage`, advice }, line);
}

/** The words of the JSON form, undefined where Docker would read the shell form. */
function execForm(value: string, line: number): string[] | undefined {
  if (!value.startsWith('[')) return undefined;
  let words: unknown;
  try {
    words = JSON.parse(value);
  } catch {
    return undefined;
  }
  if (Array.isArray(words) && words.every((word) => typeof word === 'string')) return words;
  throw new Stop('syntax', { what: 'the JSON form holds something else than strings', advice: 'Put each of its words in double quotes.' }, line);
}
