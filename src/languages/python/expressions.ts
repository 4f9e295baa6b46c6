import type { PythonSource } from './sources.ts';

/** A piece of a source: where it begins and ends. */
export interface Expression {
  source: PythonSource;
  from: number;
  to: number;
}

/** The code of an expression, strings blanked; `raw` has them as written. */
export function codeOf({ source, from, to }: Expression): { code: string; raw: string } {
  return { code: source.code.slice(from, to), raw: source.text.slice(from, to) };
}

/** The expression that begins at a place: up to the comma, bracket or line end that closes it; of a list its first element. */
export function expressionAt(source: PythonSource, start: number): Expression {
  const opened = /^\s*(?:[rbuf]{0,2}\[\s*|\(\s*)?/.exec(source.code.slice(start, start + 200))?.[0].length ?? 0;
  const from = start + opened;
  return { source, from, to: endOf(source, from, 600, opened === 0 ? ',:\n' : ',:') };
}

/** Where what begins at a place is closed: by a bracket that it does not open, or by one of the signs outside of its own brackets. */
function endOf({ code }: PythonSource, from: number, limit: number, signs: string): number {
  let depth = 0;
  let to = from;
  for (; to < code.length && to < from + limit; to++) {
    const sign = code[to] ?? '';
    if ('([{'.includes(sign)) depth++;
    else if (')]}'.includes(sign)) depth--;
    if (depth < 0 || (depth === 0 && signs.includes(sign))) break;
  }
  return to;
}

/** Where a name gets its values: assignments, loops and `with` of its source, arguments of the calls of a function that has it as a parameter, and module-level assignments elsewhere where it is imported. */
export function valuesOf(name: string, { source, from }: Expression, sources: readonly PythonSource[]): Expression[] {
  const plain = name.replaceAll('.', '\\.');
  const own = [
    ...after(source, new RegExp(`(?<![\\w.])${plain}\\s*(?::[^=\\n]+)?:?=(?!=)\\s*`, 'g')),
    ...after(source, new RegExp(`\\bfor\\s+(?:\\w+\\s*,\\s*)*${plain}\\s*(?:,\\s*\\w+\\s*)*in\\s+`, 'g')),
    ...opened(source, plain),
  ];
  const given = name.includes('.') ? [] : parametersOf(name, source, from, sources);
  if (own.length + given.length > 0) return [...own, ...given];
  const last = name.replace(/^.*\./, '');
  const imported = [...source.code.matchAll(/^[ \t]*(?:from[^\n]*)?import\b([^\n]*)/gm)].some(([, names]) =>
    new RegExp(`\\b${name.replace(/\..*$/, '')}\\b`).test(names ?? ''),
  );
  return imported
    ? sources.filter((other) => other !== source).flatMap((other) => after(other, new RegExp(`^[ \\t]*${last}\\s*(?::[^=\\n]+)?=(?!=)\\s*`, 'gm')))
    : [];
}

function after(source: PythonSource, pattern: RegExp): Expression[] {
  return [...source.code.matchAll(pattern)].map((match) => expressionAt(source, match.index + match[0].length));
}

/** `with EXPRESSION as NAME` */
function opened(source: PythonSource, name: string): Expression[] {
  return [...source.code.matchAll(new RegExp(`\\bwith\\s+([^\\n]*?)\\s+as\\s+${name}\\b`, 'g'))].map((match) => {
    const from = match.index + match[0].indexOf(match[1] ?? '');
    return { source, from, to: from + (match[1] ?? '').length };
  });
}

/** What the calls of a function hand over as one of its parameters. */
function parametersOf(name: string, source: PythonSource, at: number, sources: readonly PythonSource[]): Expression[] {
  const heads = [...source.code.slice(0, at).matchAll(/\bdef\s+(\w+)\s*\(([^)]*)\)/g)];
  const head = heads.at(-1);
  const names = (head?.[2] ?? '').split(',').map((one) => one.trim().replace(/\s*[:=].*$/s, ''));
  if (!head || !names.includes(name)) return [];
  const place = names.filter((one) => one !== 'self' && one !== 'cls').indexOf(name);
  return sources.flatMap((other) =>
    [...other.code.matchAll(new RegExp(`(?<!def\\s+)\\b${head[1]}\\s*\\(`, 'g'))].flatMap((call) =>
      argumentOf(other, call.index + call[0].length, name, place),
    ),
  );
}

function argumentOf(source: PythonSource, start: number, name: string, place: number): Expression[] {
  let from = start;
  for (let at = 0; at < 12; at++) {
    const keyword = /^\s*(\w+)\s*=(?!=)\s*/.exec(source.code.slice(from, from + 100));
    if (keyword ? keyword[1] === name : at === place) return [expressionAt(source, from + (keyword?.[0].length ?? 0))];
    const to = endOf(source, from, 2000, ',');
    if (source.code[to] !== ',') return [];
    from = to + 1;
  }
  return [];
}
