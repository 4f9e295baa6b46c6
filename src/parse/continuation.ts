import { continuationAt, isBlankOrComment } from './lines.ts';

/**
 * The text of an instruction as a shell can read it, each character at its old place: comment lines between continued
 * lines and blank ones become continuations, CRLF after the escape character too, and another escape character a backslash.
 * https://docs.docker.com/reference/dockerfile/#escape
 */
export function maskForShell(text: string, escape: '\\' | '`'): string {
  if (!text.includes('\n') || text.indexOf('\n') === text.length - 1) return text.replace(/\r(?=\n)/g, ' ');
  const lines = text.split('\n');
  let continued = false;
  const masked = lines.map((line, row) => {
    if (row === lines.length - 1) return line;
    if (continued && isBlankOrComment(line)) return line.length > 0 ? `${' '.repeat(line.length - 1)}\\` : CONTINUE;
    const at = continuationAt(line, escape);
    continued = at >= 0;
    if (!continued) return line.replace(/\r$/, ' ');
    return `${line.slice(0, at)}${' '.repeat(line.length - at - 1)}\\`;
  });
  return masked.join('\n').replaceAll(`${CONTINUE}\n`, ' ');
}

/** Stands for an empty line, whose line break alone has to go. */
const CONTINUE = '\u0000';
