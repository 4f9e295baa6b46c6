import { posix } from 'node:path';

/** Programs that change the system: accounts, packages, what the loader and the system's own settings know. */
const CHANGES =
  /^(useradd|adduser|usermod|groupadd|addgroup|apt|apt-get|apk|yum|dnf|microdnf|zypper|pacman|dpkg|ldconfig|update-[\w-]+|locale-gen|setcap|pip[\d.]*|gem)$/;

/** The program of a command line, or of one of several, that changes the system; undefined where none does. */
export function systemChange(text: string): string | undefined {
  const commands = text.split(/\|\||&&|[;|&\n]/).map((part) => part.trim().split(/\s+/));
  const programs = commands.flatMap((words) => words.find((word) => !/^\w+=/.test(word) && word !== 'sudo') ?? []);
  return programs.map((program) => posix.basename(program)).find((name) => CHANGES.test(name));
}
