import { posix } from 'node:path';
import type { ShellCommand, ShellWord } from '../../types.ts';
import { operands, parseOptions, valueOf } from '../effect.ts';

/** What stands behind a command that runs another: as a command, or as text for a shell. */
export interface Inner {
  command: ShellCommand;
  script?: string;
  /** The user that it runs as, if that is another one. */
  user?: string;
}

const HELD =
  'eatmydata nohup setsid linux32 linux64 i386 fakeroot ccache unbuffer chronic dbus-run-session busybox time tini dumb-init catchsegv stdbuf setarch ionice faketime'.split(
    ' ',
  );

/** How many words stand between the options and the command. */
const WORDS: Record<string, number> = { timeout: 1, setarch: 1, faketime: 1 };
/** Short options with a value. */
const LETTERS: Record<string, string> = { timeout: 'ks', ionice: 'cnp', 'xvfb-run': 'sefnpw', time: 'fo' };

/** Programs that run a command behind a verb, and how many words stand before it. */
const VERBS: Record<string, { verb: string; words: number }> = {
  bundle: { verb: 'exec', words: 1 },
  opam: { verb: 'exec', words: 1 },
  rustup: { verb: 'run', words: 2 },
};

/** The command that a prefix runs: `gosu app make` → `make`; undefined where the command is no prefix. */
export function innerOf(command: ShellCommand): Inner | undefined {
  const name = posix.basename(command.name);
  const { args } = command;
  if (name === 'gosu' || name === 'su-exec' || name === 'setuidgid') return as(args[0], args.slice(1), command);
  if (name === 'su') return su(command);
  if (name === 'runuser') return args.some((word) => word.value === '-u') ? runuser(command) : su(command);
  const verb = VERBS[name];
  if (verb && args[0]?.value === verb.verb) return held(args.slice(verb.words), command);
  if (name === 'scl' && args[0]?.value === 'enable') return scl(command);
  if (name !== 'timeout' && name !== 'xvfb-run' && !HELD.includes(name)) return undefined;
  return held(behind(args, LETTERS[name] ?? '').slice(WORDS[name] ?? 0), command);
}

/** The words from the first that is no option on. */
function behind(args: ShellCommand['args'], letters: string): ShellCommand['args'] {
  for (let at = 0; at < args.length; at++) {
    const value = args[at]?.value ?? '';
    if (value === '--') return args.slice(at + 1);
    if (!value.startsWith('-')) return args.slice(at);
    if (/^-[a-zA-Z]$/.test(value) && letters.includes(value[1] as string)) at++;
    if (/^--(server-args|server-num|signal|kill-after|error-file|auth-file)$/.test(value)) at++;
  }
  return [];
}

function held(words: ShellCommand['args'], command: ShellCommand): Inner | undefined {
  const [name, ...args] = words[0]?.value === '--' ? words.slice(1) : words;
  return name?.known ? { command: { ...command, name: name.value, args } } : undefined;
}

function as(user: ShellWord | undefined, words: ShellCommand['args'], command: ShellCommand): Inner | undefined {
  const inner = user?.known ? held(words, asUser(command, user.value)) : undefined;
  return inner && { ...inner, ...owned(user?.value) };
}

function owned(user = 'root'): { user?: string } {
  const name = user.split(':')[0] ?? '';
  return /^(root|0|)$/.test(name) ? {} : { user };
}

/** What the command sees as another user: of homes only root's is known. */
function asUser(command: ShellCommand, user: string): ShellCommand {
  return { ...command, env: { ...command.env, HOME: owned(user).user === undefined ? '/root' : undefined } };
}

/** `su - USER -c CMD`, `su -c CMD USER`: a login begins in the home directory. */
function su(command: ShellCommand): Inner | undefined {
  const parsed = parseOptions(
    command.args.map((word) => (word.value === '-' ? { ...word, value: '-l' } : word)),
    'csgGw',
    ['--command', '--shell', '--session-command', '--group'],
  );
  const script = valueOf(parsed, '-c', '--command', '--session-command');
  const [user] = parsed.words;
  if (!script?.known || (user && !user.known)) return undefined;
  const inner = asUser(command, user?.value ?? 'root');
  const logsIn = parsed.flags.has('-l') || parsed.flags.has('--login');
  return { command: logsIn ? { ...inner, cwd: inner.env.HOME } : inner, script: script.value, ...owned(user?.value) };
}

function runuser(command: ShellCommand): Inner | undefined {
  const at = command.args.findIndex((word) => word.value === '-u');
  const rest = command.args.slice(at + 2);
  return as(command.args[at + 1], rest, command);
}

/** Red Hat's software collections put other programs first on PATH, of languages too. */
function scl(command: ShellCommand): Inner | undefined {
  const at = command.args.findIndex((word) => word.value === '--');
  const script = at < 0 ? command.args.at(-1) : undefined;
  const text = (script ? [script] : command.args.slice(at + 1)).map((word) => word.value).join(' ');
  if (/\b(pip|python|gem|npm|node|bundle|php|ruby)/.test(text) || command.args.some((word) => !word.known)) return undefined;
  return script ? { command, script: script.value } : held(command.args.slice(at + 1), command);
}

/** The command that xargs runs, with a word that nobody knows in the place of what it reads. */
export function xargsInner(command: ShellCommand): ShellCommand | undefined {
  const rest = command.args.slice();
  let mark: string | undefined;
  while (rest[0]?.value.startsWith('-')) {
    const { value } = rest.shift() as ShellWord;
    if (/^-[0rtxp]*I$/.test(value)) mark = rest.shift()?.value;
    else if (/^-I./.test(value)) mark = value.slice(2);
    else if (/^-[0rtxp]*[nPLsdEa]$/.test(value) || /^--(max-args|max-procs|delimiter|max-lines|arg-file)$/.test(value)) rest.shift();
    else if (value === '-i' || value === '--replace') mark = '{}';
  }
  const [name, ...args] = rest;
  if (!name) return { ...command, name: 'echo', args: [] };
  const found: ShellWord = { text: '$found', value: '$found', known: false };
  const place = mark;
  const words = place === undefined ? [...args, found] : args.map((word) => (word.value.includes(place) ? { ...word, known: false } : word));
  return name.known ? { ...command, name: name.value, args: words } : undefined;
}

/** `sudo -u USER CMD`; the rest of sudo is looked through as any wrapper. */
export function sudoUser(command: ShellCommand): string | undefined {
  if (posix.basename(command.name) !== 'sudo') return undefined;
  const at = operands(command, ['-u', '--user', '-g', '-h', '-p', '-C', '-D'])[0];
  const before = command.args.slice(0, at ? command.args.indexOf(at) : 0);
  const user = valueOf(parseOptions(before, 'ughpCDrT', ['--user', '--group']), '-u', '--user');
  return owned(user?.value).user;
}
