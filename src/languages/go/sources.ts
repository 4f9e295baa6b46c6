import { posix } from 'node:path';
import type { BuildContext } from '../../types.ts';
import { isBuilt } from './constraints.ts';
import { executesOf, type Started } from './executes.ts';
import type { GoString } from './literals.ts';
import { type Opened, opensOf } from './opens.ts';

export interface GoSource {
  file: string;
  /** Its build constraints hold where Linux images are built. */
  built: boolean;
  imports: string[];
  /** String literals outside of imports, with their line. */
  literals: { value: string; line: number }[];
  /** Patterns of //go:embed lines. */
  embeds: string[];
  opens: Opened[];
  /** Functions and methods that it declares. */
  declares: string[];
  /** Programs it starts: the literal, or undefined where it is computed. */
  executes: Started[];
  /** Other words of the code that say something of what it needs. */
  marks: Set<Mark>;
}

/** Other things that a source says of what it needs. */
export type Mark = 'temporary' | 'home' | 'zone' | 'network' | 'media' | 'imports' | 'goroot';

const TOKENS = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])*'/g;
const MARKS: [RegExp, Mark][] = [
  [/\b(os\.(TempDir|CreateTemp|MkdirTemp)|ioutil\.Temp(File|Dir)|ParseMultipartForm|FormFile|MultipartForm)\b/, 'temporary'],
  [/\b(os\.UserHomeDir|os\.UserConfigDir|os\.UserCacheDir|user\.(Current|Lookup)|homedir)\b|\$\{?HOME\b/, 'home'],
  [/\b(time|log|slog)\.[A-Z]/, 'zone'],
  [/\b(http\.(Get|Post|Client|NewRequest|DefaultClient|Transport|Head|PostForm)|tls\.(Dial|Config)|x509\.|smtp\.|net\.Dial|rpc\.Dial|httputil\.)/, 'network'],
  [/\b(http\.(FileServer|FileServerFS|ServeFile|ServeContent|ServeFileFS)|mime\.TypeByExtension)\b|\.(Static|StaticFS|StaticFile|SendFile)\(/, 'media'],
  [/\.Import(From)?\(/, 'imports'],
  [/\bJoin\(\s*runtime\.GOROOT\(\)|\bruntime\.GOROOT\(\)\s*\+/, 'goroot'],
];

/** Reads what a Go source says of the files, programs and services that it needs. */
export function readGoSource(context: BuildContext, file: string): GoSource {
  const text = context.read(file) ?? '';
  const strings: GoString[] = [];
  const code = text.replace(TOKENS, (token, start: number) => {
    if (token.startsWith('/')) return token.replace(/[^\n]/g, ' ');
    if (!token.startsWith("'")) strings.push({ value: token.startsWith('`') ? token.slice(1, -1) : unquote(token), start, end: start + token.length });
    return `"${' '.repeat(Math.max(0, token.length - 2))}"`.replace(/^"(.*)"$/s, (whole) => keepLines(whole, token));
  });
  const imports = importsOf(code, strings);
  const lineOf = lineCounter(text);
  return {
    file,
    built: isBuilt(file, text),
    imports,
    literals: strings.filter(({ value, start }) => !(imports.includes(value) && start < 20_000)).map(({ value, start }) => ({ value, line: lineOf(start) })),
    embeds: [...text.matchAll(/^\/\/go:embed\s+(.+)$/gm)]
      .flatMap((match) => (match[1] ?? '').trim().split(/\s+/))
      .map((pattern) => pattern.replace(/^["`]|["`]$/g, '').replace(/^all:/, '')),
    opens: opensOf({ code, strings, siblings: () => siblingsOf(context, file) }, packagesOf(code, strings, imports), lineOf),
    declares: [...code.matchAll(/\bfunc\s+(?:\([^)]*\)\s*)?(\w+)/g)].map((match) => match[1] ?? ''),
    executes: executesOf({ code, strings, siblings: () => siblingsOf(context, file) }, lineOf),
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

/** The imports by the names that the source uses, as far as paths tell these. https://go.dev/ref/spec#Import_declarations */
function packagesOf(code: string, strings: readonly GoString[], imports: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { value, start } of strings.slice(0, imports.length)) {
    const alias = /(?<!\w)(?!import\b)([\w.]+)[ \t]*$/.exec(code.slice(Math.max(0, start - 100), start))?.[1];
    const last = value
      .replace(/\/v\d+$/, '')
      .replace(/^.*\//, '')
      .replace(/\.v\d+$/, '');
    for (const name of alias === undefined ? [last, last.replace(/^go-|[-.]go$/g, ''), last.replace(/-/g, '')] : [alias]) found.set(name, value);
  }
  return found;
}

/** The other sources of a package, as written. */
function siblingsOf(context: BuildContext, file: string): string {
  const directory = posix.dirname(file);
  const others = (context.files() ?? []).filter((other) => other !== file && other.endsWith('.go') && posix.dirname(other) === directory);
  return others.map((other) => context.read(other) ?? '').join('\n');
}

function lineCounter(text: string): (at: number) => number {
  return (at) => text.slice(0, at).split('\n').length;
}
