import type { BuildContext } from '../../types.ts';

export interface PythonSource {
  file: string;
  /** Modules that it imports, by their first part, with the line. */
  imports: Map<string, number>;
  /** String literals; of an f-string what stands before its first field. */
  literals: { value: string; line: number }[];
  /** Programs it starts: the words of the literal, or undefined where they are computed; `start` is where that expression begins. */
  executes: { words: string | undefined; line: number; start?: number }[];
  /** Shared libraries it loads by a literal name. */
  libraries: { name: string; line: number }[];
  /** Where the names of libraries begin that it computes. */
  opens: { start: number; line: number }[];
  /** The code with comments and strings blanked. */
  code: string;
  text: string;
}

const TOKENS = /#[^\n]*|[rbuf]{0,2}("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*')/gi;
const FUNCTIONS = 'run|call|Popen|check_call|check_output|getoutput|getstatusoutput';
const EXECUTES = new RegExp(
  `\\b(?:subprocess\\.(?:${FUNCTIONS})|(?<![\\w.])(?:Popen|check_output|check_call)|os\\.(?:system|popen|exec[lv]p?e?|spawn[lv]p?e?|posix_spawnp?)|shutil\\.which|(?<![\\w.])which|asyncio\\.create_subprocess_(?:exec|shell)|pexpect\\.spawn)\\(\\s*`,
  'g',
);
const LIBRARIES = /\b(?:CDLL|cdll\.LoadLibrary|find_library|dlopen)\(\s*/g;

/** Reads what a Python file says of the programs, modules and libraries that it needs. */
export function readPythonSource(file: string, text: string): PythonSource {
  const strings: { value: string; start: number; whole: boolean }[] = [];
  const code = text.replace(TOKENS, (token, quoted: string | undefined, start: number) => {
    if (quoted === undefined) return token.replace(/[^\n]/g, ' ');
    const prefix = token.length - quoted.length;
    const quotes = /^("""|''')/.test(quoted) ? 3 : 1;
    const value = quoted.slice(quotes, -quotes);
    const isTemplate = /f/i.test(token.slice(0, prefix));
    strings.push({ value: isTemplate ? value.replace(/\{[\s\S]*$/, '') : value, start, whole: !isTemplate || !value.includes('{') });
    return `"${token.slice(1, -1).replace(/[^\n]/g, ' ')}"`;
  });
  const lineOf = (at: number) => text.slice(0, at).split('\n').length;
  const at = (start: number) => strings.find((one) => one.start === start);
  const libraries = [...code.matchAll(LIBRARIES)].map((match) => ({ start: match.index + match[0].length, line: lineOf(match.index) }));
  return {
    file,
    text,
    code,
    imports: importsOf(code, lineOf),
    literals: strings.map(({ value, start }) => ({ value, line: lineOf(start) })),
    executes: withAliases(
      callsOf(code).flatMap((match) => executed(match, code, at, lineOf)),
      code,
      lineOf,
    ),
    libraries: libraries.flatMap(({ start, line }) => {
      const found = at(start);
      return found ? [{ name: found.value, line }] : [];
    }),
    opens: libraries.filter(({ start }) => at(start) === undefined),
  };
}

function importsOf(code: string, lineOf: (at: number) => number): Map<string, number> {
  const found = new Map<string, number>();
  for (const match of code.matchAll(/^[ \t]*(?:import[ \t]+([^\n;]+)|from[ \t]+([\w.]+)[ \t]+import)/gm)) {
    const names = match[2] !== undefined ? [match[2]] : (match[1] ?? '').split(',').map((one) => one.trim().split(/\s+as\s+/)[0] ?? '');
    for (const name of names) if (!found.has(name)) found.set(name, lineOf(match.index));
  }
  return found;
}

/** The calls that start a program: by the names of their modules, and by those that an import gives them. */
function callsOf(code: string): RegExpMatchArray[] {
  const modules = [...code.matchAll(/^[ \t]*import[ \t]+subprocess[ \t]+as[ \t]+(\w+)/gm)].map((match) => `${match[1]}\\.(?:${FUNCTIONS})`);
  const named = [...code.matchAll(/^[ \t]*from[ \t]+(?:subprocess|os)[ \t]+import[ \t]+(\([^)]*\)|[^\n]+)/gm)].flatMap((match) =>
    (match[1] ?? '').split(/[(),]/).flatMap((one) => {
      const [, name = '', alias] = /^\s*(\w+)(?:\s+as\s+(\w+))?\s*$/.exec(one) ?? [];
      return new RegExp(`^(?:${FUNCTIONS}|system|popen)$`).test(name) ? [`(?<![\\w.])${alias ?? name}`] : [];
    }),
  );
  const others = [...modules, ...named.filter((name) => !/Popen|check_(?:output|call)$/.test(name))];
  const found = others.length === 0 ? [] : [...code.matchAll(new RegExp(`\\b(?:${others.join('|')})\\(\\s*`, 'g'))];
  return [...code.matchAll(EXECUTES), ...found];
}

/** Functions of subprocess, os and asyncio under another name are called where nobody looks: what they start counts as computed. */
const ALIASED =
  /^[ \t]*(?:from[ \t]+(?:subprocess|asyncio\.subprocess|sh|plumbum\S*)[ \t]+import\b|from[ \t]+os[ \t]+import[ \t].*\b(?:system|popen)\b|import[ \t]+subprocess[ \t]+as\b|import[ \t]+sh\b)/m;

function withAliases(executes: PythonSource['executes'], code: string, lineOf: (at: number) => number): PythonSource['executes'] {
  const starts = ALIASED.exec(code);
  const wrapped = executes.find(({ words }) => /^\(?\s*(sudo|env|bash|sh|timeout|nice|xargs|nohup)\b|^\(/.test(words ?? ''));
  const line = starts ? lineOf(starts.index) : wrapped?.line;
  return line === undefined ? executes : [...executes, { words: undefined, line }];
}

/** The first argument: a literal, a list that begins with one, a name that is given a literal once, or something computed. */
function executed(
  match: RegExpMatchArray,
  code: string,
  at: (start: number) => { value: string } | undefined,
  lineOf: (at: number) => number,
): PythonSource['executes'] {
  const start = (match.index ?? 0) + match[0].length;
  const line = lineOf(match.index ?? 0);
  const first = literalAt(start, code, at);
  if (first !== undefined) return [{ words: /^\s*(?:$|\{|%s)/.test(first) ? undefined : first, line, start }];
  if (/^(\[\s*)?sys\.executable\b/.test(code.slice(start, start + 40))) return [];
  const name = /^(?:args=)?([A-Za-z_]\w*)\s*[,)]/.exec(code.slice(start, start + 120))?.[1];
  const given = name === undefined ? [] : [...code.matchAll(new RegExp(`(?<![\\w.])${name}\\s*(?::\\s*[\\w\\[\\]., ]+)?=(?!=)\\s*`, 'g'))];
  const values = given.map(
    (one) =>
      literalAt(one.index + one[0].length, code, at) ?? (/^(\[\s*)?sys\.executable\b/.test(code.slice(one.index + one[0].length)) ? 'python' : undefined),
  );
  return values.length === 0 ? [{ words: undefined, line, start }] : values.map((words) => ({ words, line, start }));
}

function literalAt(start: number, code: string, at: (start: number) => { value: string } | undefined): string | undefined {
  const open = /^\(?\s*\[?\s*(?:shlex\.split\(\s*)?[rbuf]{0,2}(?=")/i.exec(code.slice(start, start + 80));
  if (!open) return undefined;
  for (let place = start; place <= start + open[0].length; place++) {
    const found = at(place);
    if (found) return found.value;
  }
  return undefined;
}

/** Directories of the context that hold no sources of the program. */
const OUTSIDE = /(^|\/)(\.git|\.venv|venv|node_modules|__pycache__|site-packages)\/|^(tests?|docs?|examples?)\//;
const FILES = 2000;

/** The Python files of the context among the given paths, tests and environments left out. */
export function readSources(context: BuildContext, isCopied: (file: string) => boolean): PythonSource[] {
  const files = (context.files() ?? []).filter((file) => file.endsWith('.py') && !OUTSIDE.test(file) && isCopied(file));
  return files.slice(0, FILES).map((file) => readPythonSource(file, context.read(file) ?? ''));
}
