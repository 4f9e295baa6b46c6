import type { BuildContext } from '../../types.ts';
import { executesOf, type Started } from './executes.ts';

export interface GoSource {
  file: string;
  imports: string[];
  /** String literals outside of imports, with their line. */
  literals: { value: string; line: number }[];
  /** Patterns of //go:embed lines. */
  embeds: string[];
  /** Calls that open a file or directory: the text of the argument that names it. */
  opens: { argument: string; literal: string | undefined; line: number; call: string }[];
  /** Programs it starts: the literal, or undefined where it is computed. */
  executes: Started[];
  /** Other words of the code that say something of what it needs. */
  marks: Set<Mark>;
}

/** Other things that a source says of what it needs. */
export type Mark = 'temporary' | 'home' | 'zone' | 'network' | 'media';

const TOKENS = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])*'/g;
const OPENS =
  /\b((?:os|ioutil)\.(?:Open|OpenFile|ReadFile|ReadDir|Stat|Lstat|DirFS|Chdir)|http\.(?:Dir|ServeFile)|template\.(?:ParseFiles|ParseGlob)|filepath\.(?:Walk|WalkDir|Glob)|tls\.LoadX509KeyPair|\w+\.(?:ParseFiles|ParseGlob|LoadHTMLGlob|LoadHTMLFiles|StaticFile|StaticFS|Static|ServeFile|ServeFiles|SetConfigFile|AddConfigPath|SetConfigName|SendFile)|(?:c|ctx|e|g|r|router|app|echo)\.File)\(/g;
const MARKS: [RegExp, Mark][] = [
  [/\b(os\.(TempDir|CreateTemp|MkdirTemp)|ioutil\.Temp(File|Dir)|ParseMultipartForm|FormFile|MultipartForm)\b/, 'temporary'],
  [/\b(os\.UserHomeDir|os\.UserConfigDir|os\.UserCacheDir|user\.(Current|Lookup)|homedir)\b|\$\{?HOME\b/, 'home'],
  [/\b(time|log|slog)\.[A-Z]/, 'zone'],
  [/\b(http\.(Get|Post|Client|NewRequest|DefaultClient|Transport|Head|PostForm)|tls\.(Dial|Config)|x509\.|smtp\.|net\.Dial|rpc\.Dial|httputil\.)/, 'network'],
  [/\b(http\.(FileServer|FileServerFS|ServeFile|ServeContent|ServeFileFS)|mime\.TypeByExtension)\b|\.(Static|StaticFS|StaticFile|SendFile)\(/, 'media'],
];

/** Reads what a Go source says of the files, programs and services that it needs. */
export function readGoSource(context: BuildContext, file: string): GoSource {
  const text = context.read(file) ?? '';
  const strings: { value: string; start: number }[] = [];
  const code = text.replace(TOKENS, (token, start: number) => {
    if (token.startsWith('/')) return token.replace(/[^\n]/g, ' ');
    if (!token.startsWith("'")) strings.push({ value: token.startsWith('`') ? token.slice(1, -1) : unquote(token), start });
    return `"${' '.repeat(Math.max(0, token.length - 2))}"`.replace(/^"(.*)"$/s, (whole) => keepLines(whole, token));
  });
  const imports = importsOf(code, strings);
  const lineOf = lineCounter(text);
  return {
    file,
    imports,
    literals: strings.filter(({ value, start }) => !(imports.includes(value) && start < 20_000)).map(({ value, start }) => ({ value, line: lineOf(start) })),
    embeds: [...text.matchAll(/^\/\/go:embed\s+(.+)$/gm)].flatMap((match) => (match[1] ?? '').trim().split(/\s+/)).map((pattern) => pattern.replace(/^["`]|["`]$/g, '').replace(/^all:/, '')),
    opens: [...code.matchAll(OPENS)].flatMap((match) => opened(match, code, strings, lineOf)),
    executes: executesOf(code, strings, lineOf),
    marks: new Set(MARKS.flatMap(([pattern, mark]) => (pattern.test(code) ? [mark] : []))),
  };
}

function keepLines(blank: string, token: string): string {
  return token.includes('\n') ? token.replace(/[^\n]/g, ' ') : blank;
}

function unquote(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token.slice(1, -1);
  }
}

function importsOf(code: string, strings: readonly { value: string; start: number }[]): string[] {
  const spans = [...code.matchAll(/^import\s*(\([^)]*\)|[^\n]*)/gm)].map((match) => [match.index, match.index + match[0].length] as const);
  return strings.filter(({ start }) => spans.some(([from, to]) => start > from && start < to)).map(({ value }) => value);
}

function opened(match: RegExpExecArray, code: string, strings: readonly { value: string; start: number }[], lineOf: (at: number) => number): GoSource['opens'] {
  const open = match.index + match[0].length;
  const call = match[1] ?? '';
  const args = topLevelArguments(code, open);
  const named = /\.(Static|StaticFile|StaticFS)$/.test(call) ? args.slice(1, 2) : /\.ServeFile$/.test(call) ? args.slice(2, 3) : /^tls/.test(call) ? args.slice(0, 2) : /ParseFiles|LoadHTMLFiles/.test(call) ? args : args.slice(0, 1);
  return named.map(({ start, text }) => {
    const inside = strings.filter((one) => one.start >= start && one.start < start + text.length);
    const whole = inside.length === 1 && /^\s*"\s*"\s*$/.test(text) ? inside[0]?.value : (joinedPath(text, inside) ?? firstPart(text, inside) ?? namedConstant(text, code, strings));
    return { call, argument: text.trim(), literal: whole, line: lineOf(match.index) };
  });
}

/** `filepath.Join("a", "b")` of literals only. */
function joinedPath(text: string, inside: readonly { value: string }[]): string | undefined {
  return /^\s*(file)?path\.Join\((\s*"\s*"\s*,?)+\s*\)\s*$/.test(text) ? inside.map(({ value }) => value).join('/') : undefined;
}

/** The value of a name that is given a literal once and nothing else. */
function namedConstant(text: string, code: string, strings: readonly { value: string; start: number }[]): string | undefined {
  const name = /^\s*(\w+)\s*$/.exec(text)?.[1];
  if (name === undefined) return undefined;
  const given = [...code.matchAll(new RegExp(`\\b${name}(?:\\s+string)?\\s*:?=\\s*`, 'g'))];
  const [only] = given;
  return only && given.length === 1 ? strings.find(({ start }) => start === only.index + only[0].length)?.value : undefined;
}

/** `filepath.Join("dir", name)` and `"dir/" + name` stay below the directory. */
function firstPart(text: string, inside: readonly { value: string }[]): string | undefined {
  const first = inside[0]?.value;
  if (first === undefined || ['', '.', '/', './', '..'].includes(first)) return undefined;
  if (/^\s*(file)?path\.Join\(\s*"/.test(text)) return first;
  return /^\s*"\s*"\s*\+/.test(text) && first.includes('/') ? first.slice(0, first.lastIndexOf('/')) : undefined;
}

function topLevelArguments(code: string, open: number): { start: number; text: string }[] {
  const found: { start: number; text: string }[] = [];
  let depth = 0;
  let start = open;
  for (let at = open; at < Math.min(code.length, open + 2000); at++) {
    const character = code[at] as string;
    if ('([{'.includes(character)) depth++;
    if (')]}'.includes(character) && depth-- === 0) return [...found, { start, text: code.slice(start, at) }];
    if (character === ',' && depth === 0) {
      found.push({ start, text: code.slice(start, at) });
      start = at + 1;
    }
  }
  return found;
}

function lineCounter(text: string): (at: number) => number {
  return (at) => text.slice(0, at).split('\n').length;
}
