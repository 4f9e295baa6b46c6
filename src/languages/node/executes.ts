import { programsIn } from '../command-lines.ts';
import type { NodeSource } from './sources.ts';

/** A program that a source starts; undefined where its name is computed. */
export interface Execution {
  file: string;
  line: number;
  program: string | undefined;
}

/** Functions of child_process, execa, shelljs, cross-spawn and zx that start a program. `fork` starts Node itself. */
const FUNCTIONS = 'exec|execSync|execFile|execFileSync|spawn|spawnSync|execa|execaSync|execaCommand|execaCommandSync|\\$';
const MODULES =
  /["'`](?:node:)?(child_process|execa|shelljs|cross-spawn|zx|promisify-child-process|child-process-promise|tinyexec|teen_process|nano-spawn)["'`]/;
const SHELLS = new Set(['sh', 'bash', '/bin/sh', '/bin/bash', 'ash', 'dash']);
const SELF = /^\s*(process\.(execPath|argv0|argv\[0\])|["'`](node|nodejs|npm|npx|yarn)\b)/;

/** The programs that a source starts, by literal names as far as they are. https://nodejs.org/api/child_process.html */
export function findExecutions({ file, text }: NodeSource): Execution[] {
  if (!MODULES.test(text)) return [];
  const names = new Set(FUNCTIONS.split('|'));
  for (const match of text.matchAll(/(?:const|let|var)\s+(\w+)\s*=\s*(?:util\.)?promisify\(\s*(?:[\w.]+\.|require\([^()]*\)\.)?(?:exec|execFile|spawn)\s*\)/g))
    names.add(match[1] ?? '');
  for (const match of text.matchAll(/\b(?:exec|execSync|execFile|execFileSync|spawn|spawnSync|execa)\s*(?::|\bas\b)\s*(\w+)/g)) names.add(match[1] ?? '');
  const receivers = ['child_process', 'childProcess', 'cp', 'proc', 'process_', 'shell', 'sh', 'shelljs', 'execa', 'crossSpawn'];
  for (const match of text.matchAll(
    /(?:import\s+(?:\*\s+as\s+)?(\w+)\s+from|(?:const|let|var)\s+(\w+)\s*=\s*require\()\s*["'`](?:node:)?(?:child_process|shelljs|cross-spawn|execa)["'`]/g,
  )) {
    const name = match[1] ?? match[2] ?? '';
    receivers.push(name);
    if (/cross-spawn|execa/.test(match[0])) names.add(name);
  }
  const calls = new RegExp(
    `(?:(?<![.\\w$])|\\b(?:${receivers.join('|')}|require\\(["'\`](?:node:)?child_process["'\`]\\))\\.)(?:${[...names].map((name) => (name.startsWith('\\') ? name : name.replace(/\$/g, '\\$&'))).join('|')})\\s*(?:\\(\\s*|(?=\`))`,
    'g',
  );
  const found = [...text.matchAll(calls)].filter((match) => !/\bfunction\s+$/.test(text.slice(Math.max(0, match.index - 12), match.index)));
  const executions = found.flatMap((match) => {
    const line = text.slice(0, match.index).split('\n').length;
    return programsOf(text.slice(match.index + match[0].length, match.index + match[0].length + 400), text).map((program) => ({ file, line, program }));
  });
  const hidden =
    found.length === 0 && /["'`](node:)?child_process["'`]/.test(text) && !/\bfork\s*\(/.test(text) && !/\bimport\s+type\b[^\n]*child_process/.test(text);
  return hidden ? [{ file, line: 1, program: undefined }] : executions;
}

function programsOf(argument: string, text: string): (string | undefined)[] {
  if (SELF.test(argument) && !/^\s*["'`][^"'`]*[|;&]/.test(argument)) return [];
  const literal = literalStart(argument);
  const named = /^(\w+)\s*[,)]/.exec(argument)?.[1];
  const value = literal ?? (named === undefined ? undefined : constantOf(named, text));
  if (value === undefined) return [undefined];
  const list = programsIn(value);
  const shell = list.length === 1 && list[0] !== undefined && SHELLS.has(list[0]) ? shellText(argument) : undefined;
  if (shell !== undefined) return shell === '' ? [undefined] : programsIn(shell);
  return list;
}

/** A literal up to the first part that is computed: a word that is cut there is not known. */
function literalStart(argument: string): string | undefined {
  const [, quote, body] = /^\s*(["'`])((?:\\.|(?!\1)[\s\S])*)/.exec(argument) ?? [];
  if (quote === undefined || body === undefined) return undefined;
  const known = quote === '`' && body.includes('${') ? body.slice(0, body.indexOf('${')) : body;
  const joined = /^\s*\+/.test(argument.slice(argument.indexOf(quote) + body.length + 2));
  return (known !== body || joined) && !/\S\s/.test(known) ? undefined : known;
}

/** The value of a constant of the same source. */
function constantOf(name: string, text: string): string | undefined {
  const assigned = [...text.matchAll(new RegExp(`\\b(const|let|var)\\s+${name}\\s*(?::\\s*\\w+\\s*)?=\\s*`, 'g'))];
  const [only] = assigned;
  return only && assigned.length === 1 && only[1] === 'const'
    ? literalStart(text.slice(only.index + only[0].length, only.index + only[0].length + 400))
    : undefined;
}

/** `spawn('sh', ['-c', 'git pull'])` → `git pull`; '' where it is computed. */
function shellText(argument: string): string {
  return /["'`]-\w*c["'`]\s*,\s*(["'])([^"'\n]*)\1/.exec(argument)?.[2] ?? '';
}
