import type { Heredoc } from '../types.ts';
import type { Line } from './lines.ts';

export interface OpenedHeredoc {
  name: string;
  /** `<<-`: tabs before its lines are no part of them. */
  chomp: boolean;
  /** Where it is named in the head: `<<-"EOF"`. */
  start: number;
  end: number;
}

/** The heredocs that the first line of a RUN, COPY or ADD opens: https://docs.docker.com/reference/dockerfile/#here-documents */
export function openedHeredocs(head: string): OpenedHeredoc[] {
  if (!head.includes('<<')) return [];
  return wordsOf(head).flatMap(({ text, start }) => {
    const [, dash, rest] = /^\d*<<(-?)\s*([^<]*)$/s.exec(text) ?? [];
    if (rest === undefined || rest === '') return [];
    return [{ name: rest.replace(/\\(.)|["']/gs, '$1'), chomp: dash === '-', start, end: start + text.length }];
  });
}

/** Words as the shell parts them, quotes and all; blanks after `<<` are part of the word. None where a quote is left open. */
function wordsOf(head: string): { text: string; start: number }[] {
  const word = /(?:<<[ \t\r]*|\\[\s\S]|'[^']*'|"(?:\\[\s\S]|[^"\\])*"|\$\{[^}]*\}|[^\s'"\\]|\\$)+/g;
  const words = [...head.matchAll(word)].map((match) => ({ text: match[0], start: match.index }));
  return head.replace(word, '').trim() === '' ? words : [];
}

/** The text of a heredoc from the row on, and the row after its end; undefined where it is not closed. */
export function readHeredoc(
  text: string,
  lines: readonly Line[],
  row: number,
  { name, chomp }: OpenedHeredoc,
): { heredoc: Heredoc; after: number } | undefined {
  for (let at = row; at < lines.length; at++) {
    const { start, end } = lines[at] as Line;
    const line = text.slice(start, end).replace(/[\r\n]+$/, '');
    if ((chomp ? line.replace(/^\t+/, '') : line) === name) return { heredoc: { name, body: text.slice((lines[row] as Line).start, start) }, after: at + 1 };
  }
  return undefined;
}
