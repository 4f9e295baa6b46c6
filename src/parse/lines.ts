/** The lines of a Dockerfile as BuildKit takes them together: https://docs.docker.com/reference/dockerfile/#format */

export interface Line {
  start: number;
  /** After the line break. */
  end: number;
}

/** The lines of one instruction put together: continuations joined, comment lines and blank ones dropped. */
export interface Head {
  /** Rows of the first line and of the one after the last. */
  first: number;
  after: number;
  text: string;
  /** Where each part of `text` stands: offset in it, and in the file. */
  pieces: { at: number; start: number }[];
  /** The file ends while a line was still expected. */
  open: boolean;
}

export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length; ) {
    const at = text.indexOf('\n', start);
    const end = at < 0 ? text.length : at + 1;
    lines.push({ start, end });
    start = end;
  }
  return lines;
}

/** Whether a line stands for nothing between instructions, or within a continued one. */
export function isBlankOrComment(line: string): boolean {
  return /^\s*(#|$)/.test(line);
}

/** Where the character stands that continues the line; -1 if none does. A doubled escape character does not. */
export function continuationAt(line: string, escape: '\\' | '`'): number {
  const bare = line.trimEnd();
  const blanks = line.slice(bare.length);
  return bare.endsWith(escape) && !bare.endsWith(escape + escape) && /^[ \t]*[\r\n]*$/.test(blanks) ? bare.length - 1 : -1;
}

/** Reads the instruction whose first line is that of the row. */
export function readHead(text: string, lines: readonly Line[], row: number, escape: '\\' | '`'): Head {
  const pieces: Head['pieces'] = [];
  const parts: string[] = [];
  let length = 0;
  let after = row;
  let open = true;
  for (; open && after < lines.length; after++) {
    const { start, end } = lines[after] as Line;
    const line = text.slice(start, end);
    const skip = after === row ? (/^\s*/.exec(line)?.[0].length ?? 0) : 0;
    if (after > row && isBlankOrComment(line)) continue;
    const at = continuationAt(line, escape);
    const part = at < 0 ? line.slice(skip).replace(/[\r\n]+$/, '') : line.slice(skip, Math.max(at, skip));
    pieces.push({ at: length, start: start + skip });
    parts.push(part);
    length += part.length;
    open = at >= 0;
  }
  return { first: row, after, text: parts.join(''), pieces, open };
}

/** Where an offset of the head's text stands in the file. */
export function placeOf(head: Head, offset: number): number {
  const piece = head.pieces.findLast((one) => one.at <= offset);
  return piece === undefined ? 0 : piece.start + offset - piece.at;
}

/**
 * The escape character that the directives at the top of the file name. The first line that is none ends them:
 * https://docs.docker.com/reference/dockerfile/#parser-directives
 */
export function escapeOf(text: string, lines: readonly Line[]): '\\' | '`' {
  for (const { start, end } of lines) {
    const line = text.slice(start, end).replace(/^\uFEFF/, '');
    const [, name, value] = /^\s*#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(.+?)\s*$/.exec(line) ?? [];
    if (name === undefined || !DIRECTIVES.has(name.toLowerCase())) return '\\';
    if (name.toLowerCase() === 'escape') return value === '`' ? '`' : '\\';
  }
  return '\\';
}

const DIRECTIVES = new Set(['syntax', 'escape', 'check']);
