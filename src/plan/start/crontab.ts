import { posix } from 'node:path';
import { optionValue, pathOf } from '../../effects/effect.ts';
import type { ShellCommand } from '../../types.ts';
import { fileAt, filesLike, type ImageFile, type ImageFiles } from './files.ts';
import { outputOf } from './output.ts';
import type { Part, Started, StartInput } from './started.ts';

/** Crontabs whose lines name a user, those whose lines do not, and directories of scripts. */
const WITH_USER = ['/etc/crontab', '/etc/cron.d/*'];
const OF_USERS = ['/var/spool/cron/*', '/var/spool/cron/crontabs/*', '/etc/crontabs/*'];
const SCRIPTS = ['/etc/cron.hourly/*', '/etc/cron.daily/*', '/etc/cron.weekly/*', '/etc/cron.monthly/*', '/etc/periodic/*/*'];

/** What cron runs: the crontabs that are brought to where it looks, or that `crontab` installs. */
export function cronJobs(command: ShellCommand, files: ImageFiles, input: StartInput): Started {
  const own = optionValue(command, '-c');
  const named = posix.basename(command.name) === 'supercronic' ? command.args.findLast((word) => !word.value.startsWith('-')) : undefined;
  if (named) return inFile(named.value, command, files);
  const places = own ? [`${pathOf(command, own) ?? '/etc/crontabs'}/*`] : OF_USERS;
  const parts = [
    ...WITH_USER.flatMap((pattern) => tables(pattern, files)).flatMap((file) => jobsOf(file, command, true)),
    ...places.flatMap((pattern) => tables(pattern, files)).flatMap((file) => jobsOf(file, command, false)),
    ...SCRIPTS.flatMap((pattern) => filesLike(files, pattern)).map((path): Part => ({ text: path, cwd: '/', env: command.env, words: [] })),
    ...installed(command, files, input),
  ];
  return parts.length > 0 ? { parts } : { parts, open: `${posix.basename(command.name)} runs crontabs, and no instruction is seen to bring one` };
}

function inFile(name: string, command: ShellCommand, files: ImageFiles): Started {
  const file = fileAt(files, pathOf(command, { value: name, known: true }) ?? name);
  return file
    ? { parts: jobsOf(file, command, false) }
    : { parts: [], open: `${posix.basename(command.name)} reads ${name}, which no instruction is seen to bring` };
}

function tables(pattern: string, files: ImageFiles): ImageFile[] {
  return filesLike(files, pattern).flatMap((path) => (path.endsWith('/crontabs') ? [] : (fileAt(files, path) ?? [])));
}

/** What `crontab FILE` installs, or `… | crontab -` in a RUN. */
export function tabInstalled(tab: ShellCommand, files: ImageFiles): Started {
  const path = fileOf(tab);
  return path === undefined || path === '-' ? { parts: [] } : inFile(path, tab, files);
}

function fileOf(tab: ShellCommand): string | undefined {
  if (tab.args.some((word) => word.value === '-l' || word.value === '-r')) return undefined;
  return tab.args.find((word, at) => (!word.value.startsWith('-') || word.value === '-') && tab.args[at - 1]?.value !== '-u')?.value ?? '-';
}

function installed(command: ShellCommand, files: ImageFiles, { labelled, source }: StartInput): Part[] {
  const tabs = labelled.flatMap(({ index, segments }) =>
    (segments ?? []).flatMap(({ segment }) =>
      segment.commands.flatMap((tab, at) => (tab.name === 'crontab' ? [{ tab, before: segment.commands.slice(0, at), index }] : [])),
    ),
  );
  return tabs.flatMap(({ tab, before, index }) => {
    const path = fileOf(tab);
    if (path !== '-') return path === undefined ? [] : inFile(path, { ...command, cwd: tab.cwd }, files).parts;
    const instruction = source.instructions[index];
    const text = before.map((one) => (one.piped ? (outputOf(one, instruction?.shell?.text ?? '')?.text ?? '') : '')).join('');
    return jobsOf({ path, text, file: source.path, line: instruction?.line ?? 1, inline: true }, command, false);
  });
}

/** The commands of a crontab: five fields or one `@word`, perhaps a user, and what the shell runs. */
function jobsOf(file: ImageFile, command: ShellCommand, withUser: boolean): Part[] {
  const env = { ...command.env };
  return file.text.split(/\r?\n/).flatMap((line, at): Part[] => {
    const [, name, value = ''] = /^\s*(\w+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined) env[name] = value.replace(/^(["'])(.*)\1$/, '$2');
    const rest = /^\s*(?:@\w+|(?:[\d*/,\-a-zA-Z]+\s+){4}[\d*/,\-a-zA-Z]+)\s+(.+)$/.exec(line)?.[1];
    if (name !== undefined || rest === undefined || line.trim().startsWith('#')) return [];
    const text = withUser ? rest.replace(/^\S+\s+/, '') : rest;
    const place = { file: file.file, line: file.inline ? file.line : file.line + at, inline: true };
    return [{ text: text.replace(/(?<!\\)%.*$/, '').replace(/\\%/g, '%'), cwd: '/root', env: { ...env }, words: [], place, shell: env.SHELL ?? '/bin/sh' }];
  });
}
