import { matchesPattern } from './shell-pattern.ts';

type Values = Record<string, string | undefined>;

interface Reader {
  text: string;
  at: number;
  values: Values;
  escape: '\\' | '`';
  unknown: string[];
  /** How much of values may still be put in. */
  room: number;
}

/** Longer values are taken for unknown: variables that double each other would fill any memory. */
const ROOM = 65_536;
const PATTERN_ROOM = 1024;

/**
 * A Dockerfile word with its quotes and escapes removed and its variables replaced, by Docker's rules:
 * https://docs.docker.com/reference/dockerfile/#environment-replacement. A name without a known value stays as written, and
 * is reported in `unknown`. In `values` a name with the value undefined is set, but nobody can know to what.
 */
export function expand(text: string, values: Values, escape: '\\' | '`' = '\\'): { text: string; unknown: string[] } {
  if (!/[$"'\\`]/.test(text)) return { text, unknown: [] };
  const reader: Reader = { text, at: 0, values, escape, unknown: [], room: ROOM };
  return { text: readUntil(reader, ''), unknown: reader.unknown };
}

/** Reads up to the character `stop`, which is passed. `raw` keeps escape characters, as patterns do. */
function readUntil(reader: Reader, stop: string, raw = false): string {
  let result = '';
  while (reader.at < reader.text.length) {
    const next = reader.text.charAt(reader.at);
    if (next === '$') {
      result += readDollar(reader);
      continue;
    }
    reader.at++;
    if (next === stop) return result;
    if (next === "'") result += readQuoted(reader);
    else if (next === '"') result += readDoubleQuoted(reader, raw);
    else if (next === reader.escape) result += (raw ? next : '') + reader.text.charAt(reader.at++);
    else result += next;
  }
  return result;
}

function readQuoted(reader: Reader): string {
  const found = reader.text.indexOf("'", reader.at);
  const end = found < 0 ? reader.text.length : found;
  const text = reader.text.slice(reader.at, end);
  reader.at = end + 1;
  return text;
}

function readDoubleQuoted(reader: Reader, raw: boolean): string {
  let result = '';
  while (reader.at < reader.text.length) {
    const next = reader.text.charAt(reader.at);
    if (next === '$') {
      result += readDollar(reader);
      continue;
    }
    reader.at++;
    if (next === '"') return result;
    const escaped = next === reader.escape && ['"', '$', reader.escape].includes(reader.text.charAt(reader.at));
    result += escaped ? (raw ? next : '') + reader.text.charAt(reader.at++) : next;
  }
  return result;
}

const NAME = /[A-Za-z_]\w*|\d+|[@*#?$!-]/y;

function readDollar(reader: Reader): string {
  const start = reader.at++;
  const braced = reader.text.charAt(reader.at) === '{';
  if (braced) reader.at++;
  NAME.lastIndex = reader.at;
  const [name] = NAME.exec(reader.text) ?? [];
  if (name === undefined) {
    reader.at = start + 1;
    return '$';
  }
  reader.at += name.length;
  const value = braced ? readModifier(reader, name) : reader.values[name];
  reader.room -= value?.length ?? 0;
  if (value !== undefined && reader.room >= 0) return value;
  reader.unknown.push(name);
  return reader.text.slice(start, reader.at);
}

/** What follows the name in `${name…}`, to the brace; undefined where the value cannot be known. */
function readModifier(reader: Reader, name: string): string | undefined {
  const { values } = reader;
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  const [operator = ''] = /^(?:\}|:?[-+?]|##?|%%?|\/\/?)?/.exec(reader.text.slice(reader.at, reader.at + 2)) ?? [];
  reader.at += operator.length;
  if (operator === '}') return value;
  const kind = operator.at(-1);
  if (kind === '#' || kind === '%' || kind === '/') return readPattern(reader, value, operator);
  const before = reader.unknown.length;
  const word = readUntil(reader, '}');
  const hidden = operator === '' || (value === undefined && Object.hasOwn(values, name));
  const set = operator.startsWith(':') ? Boolean(value) : value !== undefined;
  if (!hidden && kind !== '?' && set === (kind === '+')) return word;
  reader.unknown.length = before;
  if (hidden) return undefined;
  return kind === '+' ? '' : set ? value : undefined;
}

/** `${name#pattern}`, `${name%pattern}`, `${name/pattern/word}` and their doubled forms. */
function readPattern(reader: Reader, value: string | undefined, operator: string): string | undefined {
  const pattern = readUntil(reader, operator.startsWith('/') ? '/' : '}', true);
  const word = operator.startsWith('/') ? readUntil(reader, '}', true) : '';
  return value === undefined || value.length > PATTERN_ROOM ? undefined : matchesPattern(value, pattern, operator, word);
}

/** Splits the words of an instruction as Docker does: blanks separate, quotes and escapes hold together. Nothing is removed. */
export function splitWords(text: string, escape: '\\' | '`' = '\\'): string[] {
  const mark = escape === '`' ? '`' : '\\\\';
  return text.match(new RegExp(`(?:"(?:${mark}[\\s\\S]|[^"${mark}])*"?|'[^']*'?|${mark}[\\s\\S]|[^\\s"'${mark}])+|${mark}$`, 'g')) ?? [];
}

/** The name=value pairs of an ARG or LABEL, values as written; of an ARG without value it is undefined. */
export function splitPairs(value: string, escape: '\\' | '`' = '\\'): { name: string; value: string | undefined }[] {
  return splitWords(value, escape).map((word) => {
    const at = word.indexOf('=');
    return at < 0 ? { name: word, value: undefined } : { name: word.slice(0, at), value: word.slice(at + 1) };
  });
}

/** The pairs of an ENV, values as written; its old form `ENV name some value` gives one. */
export function splitSettings(value: string, escape: '\\' | '`' = '\\'): { name: string; value: string | undefined }[] {
  const [first = ''] = splitWords(value, escape);
  if (first.includes('=')) return splitPairs(value, escape);
  const [, name = first, rest] = /^(\S+)\s+([\s\S]*)$/.exec(value) ?? [];
  return [{ name, value: rest }];
}
