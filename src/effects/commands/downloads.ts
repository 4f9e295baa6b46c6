import { posix } from 'node:path';
import type { ShellCommand } from '../../types.ts';
import { effect, operands, optionValue, pathOf } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

const CURL_VALUED = [
  '-o',
  '--output',
  '-H',
  '--header',
  '-X',
  '--request',
  '-d',
  '--data',
  '-u',
  '--user',
  '-A',
  '--user-agent',
  '--retry',
  '--connect-timeout',
  '--max-time',
  '-m',
  '-e',
  '--retry-delay',
];
const WGET_VALUED = ['-O', '--output-document', '-P', '--directory-prefix', '--header', '-t', '--tries', '-T', '--timeout'];

const curl: CommandRule = (command) => {
  const shortNames = command.args.filter((word) => /^-[a-zA-Z]+$/.test(word.value));
  const bundled = shortNames.find((word) => /o$/.test(word.value) && word.value.length > 2);
  const named = optionValue(command, '-o', '--output') ?? (bundled && command.args[command.args.indexOf(bundled) + 1]);
  if (named) return written(pathOf(command, named));
  const remote = shortNames.some((word) => word.value.includes('O')) || command.args.some((word) => word.value === '--remote-name');
  const [url] = operands(command, CURL_VALUED);
  if (remote) return url?.known ? written(pathOf(command, { value: posix.basename(url.value), known: true })) : undefined;
  return effect('neutral', 'prints a download');
};

const wget: CommandRule = (command) => {
  const bundled = command.args.find((word) => /^-[a-zA-Z]*O$/.test(word.value));
  const named = optionValue(command, '--output-document') ?? (bundled ? command.args[command.args.indexOf(bundled) + 1] : optionValue(command, '-O'));
  if (named) return named.value === '-' ? effect('neutral', 'prints a download') : written(pathOf(command, named));
  const [url] = operands(command, WGET_VALUED);
  const into = optionValue(command, '-P', '--directory-prefix');
  const directory = into ? pathOf(command, into) : command.cwd;
  return url?.known && directory !== undefined ? written(posix.join(directory, posix.basename(url.value.replace(/[?#].*$/, '')))) : undefined;
};

function written(path: string | undefined) {
  return path === undefined ? undefined : effect('both', 'downloads a file', { action: 'download', writes: [{ path, kind: 'file' }] });
}

const clone: CommandRule = (command) => {
  const [verb, url, directory] = operands(command, ['-b', '--branch', '--depth', '-C', '-c', '-o', '--origin', '-j', '--jobs']);
  if (verb?.value === 'config') return effect('both', 'configures git', { action: 'git-config' });
  if (verb?.value !== 'clone') return undefined;
  const name = directory ?? (url && { value: posix.basename(url.value).replace(/\.git$/, ''), known: url.known });
  const path = name && pathOf(command, name);
  return path === undefined ? undefined : effect('both', 'clones a repository', { action: 'download', writes: [{ path, kind: 'tree' }] });
};

/** Unpacking into a directory of its own is known; into a shared one nobody knows which files are the archive's. */
const tar: CommandRule = (command) => {
  const mode = command.args.map((word) => word.value).find((word) => /^-?[a-zA-Z]*[xct][a-zA-Z]*$/.test(word) || /^--(extract|create|list)$/.test(word));
  if (mode === undefined || !/x|extract/.test(mode)) return undefined;
  const into = optionValue(command, '-C', '--directory');
  const directory = into ? pathOf(command, into) : command.cwd;
  const named = members(command, mode);
  if (directory === undefined || named.length === 0 || named.some((word) => !word.known || /[*?]/.test(word.value))) return unpacked(directory);
  const strips = command.args.some((word) => word.value.startsWith('--strip'));
  return effect('both', 'unpacks an archive', {
    action: 'download',
    writes: named.map((word) => ({ path: posix.join(directory, strips ? posix.basename(word.value) : word.value), kind: 'tree' })),
  });
};

/** The names of what is taken out of the archive, if it is not all. */
function members(command: ShellCommand, mode: string): ShellCommand['args'] {
  const words = operands(command, ['-C', '--directory', '-f', '--file', '--exclude', '-X']).filter((word) => word.value !== mode);
  const archive = /f$/.test(mode) || /^-?[a-zA-Z]*f[a-zA-Z]*$/.test(mode);
  const short = command.args.some((word) => word.value === '-f' || word.value.startsWith('--file'));
  return archive && !short ? words.slice(1) : words;
}

const unzip: CommandRule = (command) => {
  const into = optionValue(command, '-d');
  return unpacked(into ? pathOf(command, into) : command.cwd);
};

const SHARED = new Set(['/', '/usr', '/usr/local', '/usr/bin', '/usr/local/bin', '/bin', '/etc', '/var', '/lib', '/usr/lib', '/root']);

function unpacked(directory: string | undefined) {
  if (directory === undefined || SHARED.has(directory)) return undefined;
  return effect('both', 'unpacks an archive', { action: 'download', writes: [{ path: directory, kind: 'tree' }] });
}

/** What brings files from elsewhere. */
export const downloads: Record<string, CommandRule> = { curl, wget, git: clone, tar, unzip };
