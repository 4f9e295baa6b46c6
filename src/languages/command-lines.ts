import { posix } from 'node:path';

/** The programs that a command line in a source starts, one after the other; undefined where a name is computed. */
export function programsIn(text: string): (string | undefined)[] {
  return text.split(/\|\||&&|[|;&\n]/).map(firstWord);
}

function firstWord(command: string): string | undefined {
  const words = command
    .trim()
    .split(/\s+/)
    .filter((word) => !/^\w+=/.test(word) && !['sudo', 'env', 'exec', 'nohup', 'time'].includes(word));
  const [first] = words;
  return first === undefined || first === '' || /[$`]/.test(first) ? undefined : first;
}

/** Programs that change the system: accounts, packages, what the loader and the system's own settings know. */
const CHANGES =
  /^(useradd|adduser|usermod|groupadd|addgroup|apt|apt-get|apk|yum|dnf|microdnf|zypper|pacman|dpkg|ldconfig|update-[\w-]+|locale-gen|setcap|pip[\d.]*|gem)$/;

/** The program of a command line, or of one of several, that changes the system; undefined where none does. */
export function systemChange(text: string): string | undefined {
  return programsIn(text)
    .map((program) => posix.basename(program ?? ''))
    .find((name) => CHANGES.test(name));
}
