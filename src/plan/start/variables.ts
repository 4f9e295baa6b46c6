import type { ShellCommand } from '../../types.ts';

/**
 * The texts that a command's name stands for where it holds a variable: `$CMD` is what the script gives it, `${ARGS[@]}` an
 * array, `$(which x)` a program. Undefined where nobody can tell; none for `$0`, the script itself.
 */
export function textsOfName(name: string, script: string): string[] | undefined {
  const found = /^(?:\$\(|`)\s*(?:which|command -v|type -p)\s+([\w./+-]+)\s*[)`](.*)$/s.exec(name);
  if (found) return [`${found[1]}${found[2]}`];
  if (/^\$(0|\{0\}|BASH_SOURCE|\{BASH_SOURCE(\[0\])?\})/.test(name)) return [];
  const array = /^\$\{(\w+)\[[@*]\]\}$/.exec(name)?.[1];
  if (array !== undefined) return arrayText(array, script);
  const variable = /^\$(?:(\w+)|\{(\w+)(?::?[-+=?][^}]*)?\})$/.exec(name);
  const plain = variable?.[1] ?? variable?.[2];
  return plain === undefined || /^\d+$/.test(plain) ? undefined : assigned(plain, script);
}

/** `CMD=(gunicorn app)`, `CMD+=(--reload)`: one after the other. */
function arrayText(name: string, script: string): string[] | undefined {
  const parts = [...script.matchAll(new RegExp(`(?:^|[\\s;])${name}\\+?=\\(([^()]*)\\)`, 'g'))].map(([, inside]) => inside ?? '');
  return parts.length === 0 ? undefined : [parts.join(' ')];
}

/** Every text that a script gives a variable, but for what adds to it. */
function assigned(name: string, script: string): string[] | undefined {
  const values = [...script.matchAll(new RegExp(`(?:^|[\\s;&|(])${name}=("(?:[^"\\\\]|\\\\.)*"|'[^']*'|[^\\s;&|)]*)`, 'g'))].map(([, value = '']) =>
    value.replace(/^(["'])(.*)\1$/s, '$2').trim(),
  );
  const own = values.filter((value) => value !== '' && !new RegExp(`^\\$\\{?${name}\\b`).test(value));
  if (own.length === 0 || own.some((value) => /^(\$\(|`)/.test(value) && !/which|command -v/.test(value))) return undefined;
  return [...new Set(own)];
}

/** The words of the `for` loop whose variable a word is: `for f in /d/*.sh; do . "$f"`. */
export function loopWords(word: string, script: string): string[] | undefined {
  const name = /^"?\$\{?(\w+)\}?"?$/.exec(word)?.[1];
  const words = name === undefined ? undefined : new RegExp(`\\bfor\\s+${name}\\s+in\\s+([^;\\n]+)`).exec(script)?.[1];
  return words?.trim().split(/\s+/);
}

/** Functions of a script: the span of each. */
export function functionsOf(script: string): { name: string; start: number; end: number }[] {
  return [...script.matchAll(/^[ \t]*(?:function[ \t]+)?([\w.:-]+)[ \t]*(?:\([ \t]*\))?\s*\{/gm)]
    .filter(([whole]) => /\(|function/.test(whole))
    .map((match) => ({ name: match[1] ?? '', start: match.index, end: closing(script, match.index + match[0].length) }));
}

function closing(script: string, from: number): number {
  let depth = 1;
  for (let at = from; at < script.length; at++) {
    if (script[at] === '{') depth++;
    if (script[at] === '}' && --depth === 0) return at;
  }
  return script.length;
}

/** Whether a script looks first whether the path is there. */
export function testsFor(path: string, script: string): boolean {
  const plain = path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`-[efrsxdL]\\s+["']?${plain}`).test(script);
}

/** A command that only prints settings of an environment for `eval`. */
export function printsSettings(command: ShellCommand): boolean {
  const text = command.args.map((word) => word.text).join(' ');
  return /\$\(\s*(\S*\/)?(ssh-agent|pyenv|rbenv|nodenv|goenv|jenv|conda|micromamba|mamba|opam|luarocks|dircolors|fixuid|dbus-launch|resize|brew|direnv|mise|fnm)\b/.test(
    text,
  );
}
