/** A string literal of a source: what it says, and the span of its token. */
export interface GoString {
  value: string;
  start: number;
  end: number;
}

/** A source with comments and the insides of strings blanked, its strings, and the rest of its package. */
export interface GoText {
  code: string;
  strings: readonly GoString[];
  /** The other sources of the package, as written. */
  siblings: () => string;
}

/** A part of `code`. */
export interface Span {
  start: number;
  end: number;
}

const NOWHERE = ['', '.', '/', './', '..', '../'];
const SAME = /^(?:filepath\.(?:Clean|FromSlash|ToSlash)|path\.Clean|http\.Dir|string)\(/;
const JOIN = /^(?:file)?path\.Join\(/;

/** The paths that an expression may stand for, or the directory they are all below; undefined where only the running program knows. */
export function pathsOf(span: Span, source: GoText): string[] | undefined {
  const { start, end } = trimmed(span, source.code);
  const text = source.code.slice(start, end);
  const literal = literalAt({ start, end }, source);
  if (literal !== undefined) return [literal];
  if (/^\w+$/.test(text)) return namedValues(text, source);
  const path = joined(text, start, source) ?? formatted(text, start, source) ?? concatenated({ start, end }, source);
  return path === undefined ? undefined : [path];
}

/** The parts of a list between its brackets; `open` is right after the opening one. */
export function argumentsAt(code: string, open: number): Span[] {
  return split(code, open, Math.min(code.length, open + 4000), ',', true);
}

function literalAt({ start, end }: Span, { strings }: GoText): string | undefined {
  return strings.find((one) => one.start === start && one.end === end)?.value;
}

function only(span: Span, source: GoText): string | undefined {
  const found = pathsOf(span, source);
  return found?.length === 1 ? found[0] : undefined;
}

/** `filepath.Join("dir", name)` is below `dir`; functions that only tidy a path give it back. */
function joined(text: string, start: number, source: GoText): string | undefined {
  const call = JOIN.exec(text) ?? SAME.exec(text);
  if (!call || !isOneCall(text, call[0].length)) return undefined;
  const parts: string[] = [];
  for (const argument of argumentsAt(source.code, start + call[0].length)) {
    const value = only(argument, source);
    if (value === undefined) return below(parts.join('/'));
    parts.push(value);
  }
  return parts.join('/');
}

function isOneCall(text: string, open: number): boolean {
  return (argumentsAt(text, open).at(-1)?.end ?? -1) === text.length - 1;
}

/** `fmt.Sprintf("dir/%s.html", name)` is below `dir`. */
function formatted(text: string, start: number, source: GoText): string | undefined {
  const call = /^fmt\.Sprintf\(/.exec(text);
  const [format] = call && isOneCall(text, call[0].length) ? argumentsAt(source.code, start + call[0].length) : [];
  const value = format && only(format, source);
  return value?.includes('%') ? directoryOf(value.slice(0, value.indexOf('%'))) : undefined;
}

/** `"a/" + "b"`; `"dir/" + name` is below `dir`. */
function concatenated({ start, end }: Span, source: GoText): string | undefined {
  const parts = split(source.code, start, end, '+', false);
  if (parts.length < 2) return undefined;
  let value = '';
  for (const part of parts) {
    const next = only(part, source);
    if (next === undefined) return directoryOf(value);
    value += next;
  }
  return value;
}

/** The directory that a path is in of which only the beginning is known. */
function directoryOf(beginning: string): string | undefined {
  const path = beginning.replace(/^file:(\/\/)?/, '');
  return path.includes('/') ? below(path.slice(0, path.lastIndexOf('/'))) : undefined;
}

/** A directory that says something of where a path is. */
function below(directory: string): string | undefined {
  return NOWHERE.includes(directory) || directory.split('/').includes('..') ? undefined : directory;
}

/** The values of a name that is given whole literals only, and that nothing else in sight may change. */
function namedValues(name: string, source: GoText): string[] | undefined {
  const { code } = source;
  const given = [...code.matchAll(new RegExp(`(?<![.\\w])${name}(?:[ \\t]+string)?[ \\t]*:?=(?!=)[ \\t]*`, 'g'))];
  if (given.length === 0 || isElsewhere(name, code)) return undefined;
  const values = given.map((match) => wholeLiteral(match.index + match[0].length, source));
  if (values.some((value) => value === undefined)) return undefined;
  const isLocal = given.every((match) => match[0].includes(':='));
  const isConstant = given.length === 1 && inConstant(given[0]?.index ?? 0, code);
  return isLocal || isConstant || !isSetOutside(name, source) ? (values as string[]) : undefined;
}

/** A literal that ends its statement: one that is followed by `+` is but a part. */
function wholeLiteral(at: number, { code, strings }: GoText): string | undefined {
  const literal = strings.find(({ start }) => start === at);
  return literal && /^[ \t]*([\n;)}]|$)/.test(code.slice(literal.end, literal.end + 200)) ? literal.value : undefined;
}

/** A parameter, a result, a variable of a list or one whose address is taken. */
function isElsewhere(name: string, code: string): boolean {
  return [
    `[(,]\\s*${name}(?:\\s*,\\s*\\w+)*\\s+(?:\\.\\.\\.)?[\\w.*\\[\\]]+\\s*[,)]`,
    `(?<![.\\w])${name}\\s*,[\\w\\s,.]*:?=(?!=)`,
    `&${name}\\b`,
    `(?<![.\\w])${name}\\s*\\+=`,
  ].some((pattern) => new RegExp(pattern).test(code));
}

function inConstant(at: number, code: string): boolean {
  return [...code.matchAll(/\bconst\s*(?:\([^)]*\)|[^\n]*)/g)].some((match) => at > match.index && at < match.index + match[0].length);
}

/** Whether another file may set a variable of the package: an exported one, any other package may. */
function isSetOutside(name: string, { siblings }: GoText): boolean {
  return /^[A-Z]/.test(name) || new RegExp(`(?<![.\\w])${name}\\s*(?:,[\\w\\s,]*)?\\+?=(?!=)|&${name}\\b`).test(siblings());
}

function trimmed({ start, end }: Span, code: string): Span {
  const text = code.slice(start, end);
  return { start: start + (text.length - text.trimStart().length), end: start + text.trimEnd().length };
}

/** The parts between separators outside of brackets and strings, up to `end` or to the bracket that closes around them. */
function split(code: string, from: number, end: number, separator: string, closes: boolean): Span[] {
  const found: Span[] = [];
  let depth = 0;
  let start = from;
  for (let at = from; at < end; at++) {
    const character = code[at] as string;
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) {
      if (depth === 0) return [...found, { start, end: at }];
      depth--;
    } else if (character === separator && depth === 0) {
      found.push({ start, end: at });
      start = at + 1;
    }
  }
  return closes ? found : [...found, { start, end }];
}
