const LINE_START = /^\s*(\{\{[^}]*\}\}|\{%.*%\}|<%.*%>|%%\w+%%|@[A-Z_][A-Z0-9_]*@)/;
const ANYWHERE = /\{%.*?%\}|<%.*?%>|%%[A-Z_]+%%/;
const PLAIN_INSTRUCTION = /^\s*(FROM|COPY|ADD|WORKDIR|EXPOSE|ENV|USER|ARG|VOLUME)\b.*?(\{\{.*?\}\}|@[A-Z_][A-Z0-9_]*@)/i;

/** The first mark of a template language that stands where Docker could not read it; Go templates within commands are left alone. */
export function findTemplateMark(text: string): { text: string; line: number } | undefined {
  if (!/\{\{|\{%|<%|%%|@[A-Z]/.test(text)) return undefined;
  for (const [row, line] of text.split('\n').entries()) {
    if (/^\s*#/.test(line)) continue;
    const found = LINE_START.exec(line)?.[1] ?? ANYWHERE.exec(line)?.[0] ?? PLAIN_INSTRUCTION.exec(line)?.[2];
    if (found !== undefined) return { text: found.slice(0, 40), line: row + 1 };
  }
  return undefined;
}
