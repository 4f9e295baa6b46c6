import { posix } from 'node:path';
import { pathOf } from '../../effects/effect.ts';
import { plainCommand } from '../../effects/run.ts';
import type { ShellCommand } from '../../types.ts';
import { fileAt, filesLike, type ImageFiles } from './files.ts';
import type { Started } from './started.ts';

/** The directories whose services runit, s6, daemontools and phusion's my_init start, and their scripts that run once before. */
const SERVICES = ['/etc/service/*/run', '/service/*/run', '/etc/sv/*/run'];
const MY_INIT = ['/etc/my_init.d/*', '/etc/rc.local', '/etc/service/*/run'];
const S6_OVERLAY = [
  '/etc/cont-init.d/*',
  '/etc/services.d/*/run',
  '/etc/s6-overlay/s6-rc.d/*/run',
  '/etc/s6-overlay/s6-rc.d/*/up',
  '/etc/s6-overlay/scripts/*',
  '/custom-cont-init.d/*',
];

/** The run scripts of the services below the directory that the command names, or below the usual ones. */
export function servicesRun(command: ShellCommand, files: ImageFiles): Started {
  const name = posix.basename(command.name);
  const given = command.args.filter((word) => word.value.startsWith('/') || word.value.startsWith('.')).map((word) => pathOf(command, word));
  const patterns = name === 'my_init' ? MY_INIT : name === 'init' ? S6_OVERLAY : given[0] === undefined ? SERVICES : [`${given[0]}/*/run`];
  const paths = [...new Set(patterns.flatMap((pattern) => filesLike(files, pattern)))];
  const own = handedOn(name, command);
  if (paths.length === 0 && own.length === 0) return { parts: [], open: `${name} starts services, and no instruction is seen to bring one` };
  const found = scripts(paths, command, files);
  return { ...found, commands: [...found.commands, ...own] };
}

/** `my_init -- prog`, `/init prog`: what is started beside the services. */
function handedOn(name: string, command: ShellCommand): ShellCommand[] {
  const dashes = command.args.findIndex((word) => word.value === '--');
  const words = name === 'init' || dashes >= 0 ? command.args.slice(dashes + 1) : name === 'my_init' ? command.args : [];
  const [program, ...args] = words.slice(
    Math.max(
      0,
      words.findIndex((word) => !word.value.startsWith('-')),
    ),
  );
  return program && !program.value.startsWith('-') ? [{ ...command, name: program.value, args }] : [];
}

/** Each of the files as a command of its own, with what of them is no text left open. */
function scripts(paths: readonly string[], command: ShellCommand, files: ImageFiles): Started & { commands: ShellCommand[] } {
  const unread = paths.find((path) => fileAt(files, path) === undefined);
  return {
    parts: [],
    commands: paths.map((path) => plainCommand(path, [], posix.dirname(path), command.env)),
    ...(unread !== undefined && { open: `\`${unread}\` is not a file of the build context` }),
  };
}

/** `run-parts DIR`: every script in it. */
export function partsRun(command: ShellCommand, files: ImageFiles): Started {
  const directory = command.args.findLast((word) => !word.value.startsWith('-'));
  const path = directory && pathOf(command, directory);
  if (path === undefined) return { parts: [], open: '`run-parts` runs a directory whose name is not known' };
  const found = scripts(filesLike(files, `${path}/*`), command, files);
  return { ...found, commands: found.commands.map((one) => ({ ...one, cwd: command.cwd })) };
}
