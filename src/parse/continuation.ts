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
    const bare = line.replace(/\r$/, '');
    if (continued && /^\s*(#|$)/.test(bare)) return line.length > 0 ? `${' '.repeat(line.length - 1)}\\` : CONTINUE;
    continued = new RegExp(`${escape === '`' ? '`' : '\\\\'}[ \\t]*$`).test(bare);
    if (!continued) return line.replace(/\r$/, ' ');
    const at = bare.lastIndexOf(escape);
    return `${bare.slice(0, at)}${' '.repeat(line.length - at - 1)}\\`;
  });
  return masked.join('\n').replaceAll(`${CONTINUE}\n`, ' ');
}

/** Stands for an empty line, whose line break alone has to go. */
const CONTINUE = '\u0000';
