import { codeOf, type Expression, valuesOf } from './expressions.ts';
import type { PythonSource } from './sources.ts';

/** Where a value comes from that no literal of the sources has: a variable, a file that is read, or whoever calls. */
export type Origin =
  | { kind: 'variable'; name: string; instead?: string | undefined }
  | { kind: 'file'; source: PythonSource }
  | { kind: 'argument'; instead?: string | undefined }
  | { kind: 'caller' };

const VARIABLE =
  /\b(?:environ(?:\.get\s*\(|\.setdefault\s*\(|\s*\[)|getenv\s*\()\s*(["'])(\w+)\1\s*(?:,\s*[rbuf]{0,2}(["'])(.*?)\3)?(?:\s*[)\]]\s*or\s+(["'])(.*?)\5)?/g;
const READS =
  /\bConfigParser\(|\b(?:json|yaml|toml|tomllib|tomli|dotenv)\.(?:safe_|full_)?(?:loads?|load_all|dotenv_values)\(|(?<![\w.])open\(|\.(?:read_text|read_bytes|readlines?)\(/;
const CALLER =
  /\bsys\.argv\b|(?<![\w.])input\(|\brequest\.(?:args|form|json|values|data|GET|POST|get_json|query_params|body|json\(|match_info)|\.fetch(?:one|all|many)\(|\.recv(?:from)?\(|\brequests\.(?:get|post)\(/;
const DEPTH = 6;

/** Follows an expression to what it is made of; [] where all of it stands in the sources, or cannot be followed. */
export function originsOf(expression: Expression, sources: readonly PythonSource[], depth = 0, seen = new Set<string>()): Origin[] {
  const { code: whole, raw } = codeOf(expression);
  const code = withoutKeys(whole);
  if (startsLiteral(raw) || /^\s*sys\.executable\b/.test(code)) return [];
  const variables = [...raw.matchAll(VARIABLE)].filter((match) => /^(?:environ|getenv)/.test(code.slice(match.index)) || raw.includes('{'));
  if (variables.length > 0) return variables.map((match): Origin => ({ kind: 'variable', name: match[2] ?? '', instead: match[4] ?? match[6] }));
  if (READS.test(code)) return [{ kind: 'file', source: expression.source }];
  if (CALLER.test(code)) return [{ kind: 'caller' }];
  if (depth >= DEPTH) return [];
  return namesIn(code, raw).flatMap((name) => {
    const key = `${expression.source.file} ${name}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return nameOrigins(name, expression, sources, depth, seen);
  });
}

function nameOrigins(name: string, expression: Expression, sources: readonly PythonSource[], depth: number, seen: Set<string>): Origin[] {
  const [root = '', attribute] = name.split('.');
  const values = valuesOf(attribute === undefined || root === 'self' || root === 'cls' ? name : root, expression, sources);
  if (values.some((value) => /\.parse_(?:known_)?args\(/.test(codeOf(value).code))) return [{ kind: 'argument', instead: defaultOf(attribute, sources) }];
  const found = values.flatMap((value) => originsOf(value, sources, depth + 1, seen));
  if (found.length > 0 || values.length > 0 || attribute === undefined) return found;
  return valuesOf(name, expression, sources).flatMap((value) => originsOf(value, sources, depth + 1, seen));
}

/** A literal that names the program: `"git " + x`, not `" ".join(x)` or `"{}".format(x)`. */
function startsLiteral(raw: string): boolean {
  const [, prefix = '', value = '', rest = ''] = /^\s*([rbuf]{0,2})(?:"""|'''|["'])([^"'\n]*)["']+([\s\S]*)$/i.exec(raw) ?? [];
  if (/^\s*\.join\(/.test(rest) || value.trim() === '') return false;
  return !(/f/i.test(prefix) || /^\s*(?:%|\.format\()/.test(rest)) || !/^\s*(?:\{|%s)/.test(value);
}

/** What is looked up by a key is what counts, wherever the key comes from. */
function withoutKeys(code: string): string {
  return code.replace(/(?<=[\w)\]]|\.get)(?:\[(?:[^[\]]|\[[^[\]]*\])*\]|(?<=\.get)\([^()]*\))/g, (key) => ' '.repeat(key.length));
}

const WORDS = new Set('and or not in is if else for lambda None True False str list tuple shlex os path sys await self cls Path pathlib'.split(' '));

/** The names that an expression is made of, with an attribute; functions and what is handed to those of its own are left out. */
function namesIn(code: string, raw: string): string[] {
  const fields = /^\s*[rbu]?f/i.test(raw) ? [...raw.matchAll(/\{\s*([A-Za-z_][\w.]*)/g)].slice(0, 1).map((match) => match[1] ?? '') : [];
  const bare = code.replace(/(?<![\w.])(?!shlex|str|list|tuple|os\.|map|Path|pathlib)[\w.]+\([^()]*\)/g, (call) => /^(\w+)\.[\w.]*\(/.exec(call)?.[1] ?? '');
  const names = [...bare.matchAll(/(?<![\w.])([A-Za-z_]\w*(?:\.\w+)?)(?!\w*\s*\()/g)].map((match) => match[1] ?? '');
  const roots = [...bare.matchAll(/(?<![\w.])([A-Za-z_]\w*)\.\w+\s*\(/g)].map((match) => match[1] ?? '');
  return [...fields, ...names, ...roots].filter((name) => !WORDS.has(name) && !WORDS.has(name.split('.')[0] === 'self' ? '' : (name.split('.')[0] ?? '')));
}

/** The literal that an option of the command line stands for where nobody gives it. */
function defaultOf(attribute: string | undefined, sources: readonly PythonSource[]): string | undefined {
  if (attribute === undefined) return undefined;
  const option = new RegExp(`add_argument\\([^)]*["'](?:--?)?${attribute.replaceAll('_', '[_-]')}["'][^)]*default\\s*=\\s*(["'])(.*?)\\1`);
  return sources.map(({ text }) => option.exec(text)?.[2]).find((value) => value !== undefined);
}
