import { posix } from 'node:path';
import { operands } from '../../effects/effect.ts';
import type { ShellCommand } from '../../types.ts';

const SHELLS = /^(sh|bash|ash|dash|zsh|fish|ksh|csh|tcsh|pwsh)$/;
const INTERPRETERS =
  /^(i?python[\d.]*|pypy3?|bpython|node|nodejs|deno|bun|irb|pry|ruby|perl|php[\d.]*|jshell|ghci|iex|erl|scala|julia|R|lua[\d.]*|luajit|swipl|racket|guile|clj|clojure|sbt|utop|ocaml|octave|groovysh|kotlinc|nu|bc|cat|redis-cli|sqlite3)$/;
const CLIENTS = /^(psql|mysql|mariadb|mongo|mongosh|cqlsh)$/;
const VALUED = ['-o', '-O', '--rcfile', '--init-file', '-X', '-W', '-r', '--require', '--import', '-I'];
const CODE = /^(-[a-zA-Z]*[ceEpmfVvhl]|--(eval|print|command|file|execute|version|help|list|run|repl))(=|$)/;

/** Whether a shell, an interpreter or a client of a database is started with nothing to do but to wait for what is typed. */
export function waits(command: ShellCommand): boolean {
  const name = posix.basename(command.name);
  if (name === 'su' || name === 'login') return !command.args.some((word) => word.value === '-c' || word.value === '--command');
  if (command.redirects.some(({ operator }) => operator.startsWith('<'))) return false;
  if (name === 'php') return command.args.length === 0 || command.args.some((word) => word.value === '-a');
  const words = operands(command, VALUED).filter((word) => word.value !== '-');
  if (SHELLS.test(name)) return words.length === 0 && !command.args.some((word) => /^-[a-z]*c$|^--(version|help|command)$/.test(word.value));
  const tells = command.args.some((word) => CODE.test(word.value));
  return INTERPRETERS.test(name) ? words.length === 0 && !tells : CLIENTS.test(name) && !tells;
}

/** What only prepares: it is no program that an image is there for. */
const TRIVIAL = new Set(
  ': . [ [[ alias cat cd chmod chown clear cp date declare dirname echo env exit export false find getent grep head hostname id kill ln local ls mkdir mktemp mv print printenv printf pwd read readonly return rm sed set shift shopt sleep source stat sync tail test touch trap tr true tty ulimit umask unset wait which whoami sh bash ash dash tini tini-static dumb-init catatonit eval exec nohup'.split(
    ' ',
  ),
);

/** Whether nothing is started but what keeps the image alive: `sleep infinity`, `tail -f`. */
export function isIdle(commands: readonly ShellCommand[]): boolean {
  return commands.some(keepsAlive) && commands.every((command) => TRIVIAL.has(posix.basename(command.name)) || keepsAlive(command));
}

function keepsAlive(command: ShellCommand): boolean {
  const name = posix.basename(command.name);
  const words = command.args.map((word) => word.value);
  if (name === 'pause') return words.length === 0;
  if (name === 'tail') return words.some((word) => /^-\w*[fF]|^--follow/.test(word));
  return name === 'sleep' && words.some((word) => /^(inf(inity)?|\d{4,}|\d+[dh])$/.test(word));
}
