import type { ShellCommand } from '../../types.ts';

/** What a command prints, as far as its words tell. */
export interface Output {
  text: string;
  /** Offset in the shell text at which it begins; absent where all of it stands within the command's own words. */
  start?: number;
}

/** What `echo`, `printf` or a `cat` of a heredoc prints; undefined where nobody can tell. `shell` is the text that the command stands in. */
export function outputOf(command: ShellCommand, shell: string): Output | undefined {
  if (command.name === 'echo') return echoed(command);
  if (command.name === 'printf') return printed(command);
  return heredocOf(command, shell);
}

function echoed(command: ShellCommand): Output | undefined {
  const first = command.args.findIndex((word) => !/^-[neE]+$/.test(word.value));
  const options = first < 0 ? command.args : command.args.slice(0, first);
  const words = first < 0 ? [] : command.args.slice(first);
  if (words.some(isComputed)) return undefined;
  const end = options.some((word) => word.value.includes('n')) ? '' : '\n';
  // Some shells read escapes without -e; a script that has them was written for one of these.
  return { text: unescaped(words.map((word) => word.value).join(' ')) + end };
}

function printed(command: ShellCommand): Output | undefined {
  const [format, ...rest] = command.args[0]?.value === '--' ? command.args.slice(1) : command.args;
  if (!format || [format, ...rest].some(isComputed) || /%(?![sbd%])/.test(format.value)) return undefined;
  const values = rest.map((word) => word.value);
  const marks = format.value.match(/%[sbd]/g)?.length ?? 0;
  let text = '';
  do {
    text += format.value.replace(/\\[\\nrt0']|%[sbd%]/g, (mark) => {
      if (mark.startsWith('\\')) return unescaped(mark);
      if (mark === '%%') return '%';
      const value = values.shift() ?? '';
      return mark === '%b' ? unescaped(value) : value;
    });
  } while (marks > 0 && values.length > 0);
  return { text };
}

/** A substitution is not known; a variable stays as its name. */
function isComputed(word: ShellCommand['args'][number]): boolean {
  return !word.known && /\$\(|`/.test(word.value);
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', '\\': '\\' };

function unescaped(text: string): string {
  return text.replace(/\\([ntr\\])/g, (_, letter: string) => ESCAPES[letter] ?? letter);
}

/** The body of the heredoc that a command reads. */
export function heredocOf(command: ShellCommand, shell: string): Output | undefined {
  const written = shell.slice(command.start, command.end);
  const mark = /(?<!<)<<(-?)[ \t]*(["'\\]?)([\w.-]+)/.exec(written);
  if (!mark) return undefined;
  const [, dash, quote, name = ''] = mark;
  const start = shell.indexOf('\n', command.start + mark.index) + 1;
  const lines = shell.slice(start).split('\n');
  const last = lines.findIndex((line) => (dash === '-' ? line.replace(/^\t+/, '') : line).trimEnd() === name);
  if (start === 0 || last < 0) return undefined;
  const body = lines
    .slice(0, last)
    .map((line) => `${dash === '-' ? line.replace(/^\t+/, '') : line}\n`)
    .join('');
  if (quote !== '') return { text: body, start };
  if (/(?<!\\)(\$\(|`)/.test(body)) return undefined;
  const text = body.replace(/\\([$`\\])|\$(?:(\w+)|\{(\w+)\})/g, (whole, plain?: string, bare?: string, braced?: string) => {
    return plain ?? command.env[bare ?? braced ?? ''] ?? whole;
  });
  return { text, start };
}
