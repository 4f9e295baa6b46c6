import { posix } from 'node:path';
import type { PathWrite, ShellCommand, ShellWord } from '../../types.ts';
import {
  braces,
  effect,
  hasOption,
  isPackageSource,
  isShared,
  operands,
  optionValue,
  output,
  parseOptions,
  pathOf,
  type RunScope,
  valueOf,
  writesOf,
} from '../effect.ts';
import type { CommandRule } from '../rule.ts';

const DIRECTORIES = new Set(
  ['/', '/bin', '/etc', '/home', '/lib', '/opt', '/root', '/sbin', '/srv', '/tmp', '/usr', '/usr/bin', '/usr/lib', '/usr/local'].concat(
    ['/usr/local/bin', '/usr/local/include', '/usr/local/lib', '/usr/local/sbin', '/usr/local/share', '/usr/include', '/usr/sbin', '/usr/share', '/var'],
    ['/var/lib', '/var/tmp', '/var/www', '/etc/apt/sources.list.d', '/etc/apt/trusted.gpg.d', '/etc/apt/keyrings', '/etc/yum.repos.d', '/etc/apk/keys'],
    ['/etc/profile.d', '/etc/cron.d', '/etc/init.d', '/etc/ssl', '/etc/ssl/certs', '/usr/share/keyrings', '/usr/local/share/ca-certificates'],
  ),
);

const mkdir: CommandRule = (command) => {
  const writes = writesOf(command, parseOptions(command.args, 'mZgo', ['--mode', '--group', '--owner']).words.flatMap(braces), 'tree');
  return writes && effect('both', 'makes directories', { action: 'make-directory', writes });
};

const touch: CommandRule = (command) => {
  const writes = writesOf(command, parseOptions(command.args, 'dtr', ['--date', '--reference']).words.flatMap(braces), 'file');
  return writes && effect('both', 'makes files', { writes });
};

/** chmod, chown, chgrp: the first operand is the mode or owner. */
const attributes: CommandRule = (command) => {
  // `chmod -x FILE` and `chmod -R 755 DIR` both begin with a dash.
  const isFlag = (word: ShellCommand['args'][number]) => /^(-[RLHPvfch]+|--.*)$/.test(word.value);
  const [value, ...paths] = command.args.filter((word) => !isFlag(word));
  if (hasOption(command, '--version', '--help')) return effect('neutral', 'only prints');
  const all = command.args.some((word) => /^(-[LHPvfch]*R[LHPvfch]*|--recursive)$/.test(word.value));
  const like = optionValue(command, '--reference');
  const words = like && value ? [value, ...paths] : paths;
  const writes = value && writesOf(command, words.flatMap(braces), all ? 'tree' : 'file', { edited: true });
  return (
    writes &&
    effect('both', `changes the ${command.name === 'chmod' ? 'mode' : 'owner'} of files`, {
      action: posix.basename(command.name),
      writes,
      ...(command.name === 'chown' && !like && value.known && { owner: value.value }),
    })
  );
};

const link: CommandRule = (command) => {
  const parsed = parseOptions(command.args, 'tS', ['--target-directory', '--suffix']);
  const into = valueOf(parsed, '-t', '--target-directory');
  const targets = into || parsed.words.length < 2 ? parsed.words : parsed.words.slice(0, -1);
  const last = into ?? (parsed.words.length > 1 ? parsed.words.at(-1) : undefined);
  if (targets.length === 0) return undefined;
  const plain = parsed.flags.has('-T') || parsed.flags.has('--no-target-directory');
  const places = targets.map((target) => {
    if (!last) return pathOf(command, { value: posix.basename(target.value), known: target.known });
    if (into || targets.length > 1) return join(pathOf(command, last), target);
    return plain ? pathOf(command, last) : intoDirectory(command, target, last);
  });
  if (places.some((path) => path === undefined) || targets.some((target) => /[*?]/.test(target.value))) return undefined;
  const devices = targets.every((target) => /^\/(dev|proc)\//.test(target.value));
  return effect(devices ? 'runtime' : 'both', devices ? 'sends a log to the output' : 'makes a link', {
    action: 'link',
    writes: places.map((path) => ({ path: path as string, kind: 'file' })),
    reads: targets.flatMap((target) => (target.known && target.value.startsWith('/') ? [target.value] : [])),
  });
};

const copy: CommandRule = (command) => {
  const parsed = parseOptions(command.args, command.name === 'install' ? 'tSmog' : 'tS', ['--target-directory', '--suffix', '--mode', '--owner', '--group']);
  const words = parsed.words.flatMap(braces);
  const into = valueOf(parsed, '-t', '--target-directory');
  const target = into ?? words.pop();
  if (!target || (words.length === 0 && !into)) return undefined;
  const place = pathOf(command, target);
  const places = words.map((word) => {
    if (parsed.flags.has('--parents')) return place === undefined || !word.known ? undefined : posix.join(place, word.value);
    return words.length > 1 || into ? join(place, word) : intoDirectory(command, word, target);
  });
  const mixed = places.some((path) => path !== undefined && isShared(path));
  if (mixed || places.some((path) => path === undefined)) return undefined;
  const reads = words.map((word) => pathOf(command, word)).filter((path) => path !== undefined);
  const recursive = ['-r', '-a', '-R', '--recursive', '--archive'].some((flag) => parsed.flags.has(flag));
  const kind: PathWrite['kind'] = recursive || command.name === 'mv' ? 'tree' : 'file';
  const writes = places.map((path, at): PathWrite => ({ path: path as string, kind: fillsPlace(words[at]?.value ?? '') ? 'tree' : kind }));
  const owner = command.name === 'install' ? valueOf(parsed, '-o', '--owner') : undefined;
  if (writes.length > 0 && writes.every(({ path }) => isPackageSource(path)))
    return effect('runtime', 'changes where packages come from', { action: 'package-source', writes, reads });
  return effect('both', `${command.name === 'mv' ? 'moves' : 'copies'} files`, { action: 'copy', writes, reads, ...(owner?.known && { owner: owner.value }) });
};

const install: CommandRule = (command, scope) => {
  const { flags } = parseOptions(command.args, 'tSmog', ['--target-directory', '--suffix', '--mode', '--owner', '--group']);
  return flags.has('-d') || flags.has('--directory') ? mkdir(command, scope) : copy(command, scope);
};

const remove: CommandRule = (command) => {
  const paths = operands(command)
    .flatMap(braces)
    .map((word) => pathOf(command, word));
  if (paths.some((path) => path === undefined))
    return effect('both', 'removes files', { action: 'remove', writes: [{ path: '/', kind: 'tree', edited: true }] });
  return effect('both', 'removes files', { action: 'remove', writes: paths.map((path) => ({ path: path as string, kind: 'tree', edited: true })) });
};

const tee: CommandRule = (command, scope: RunScope) => {
  const added = hasOption(command, '-a', '--append');
  const words = operands(command).filter((word) => !word.value.startsWith('/dev/'));
  const writes = writesOf(command, words.flatMap(braces), 'file', added ? { edited: true } : {});
  return writes && output(command, scope.input ?? [], writes);
};

const dd: CommandRule = (command) => {
  const into = command.args.find((word) => word.value.startsWith('of='));
  if (!into || into.value.startsWith('of=/dev/')) return effect('neutral', 'only prints');
  const writes = writesOf(command, [{ ...into, value: into.value.slice(3) }], 'file');
  const told = command.args.some((word) => /^if=\/dev\//.test(word.value));
  return writes && effect('both', 'writes files', { writes, ...(!told && { action: 'copy' }) });
};

/** truncate, fallocate. */
const sized: CommandRule = (command) => {
  const writes = writesOf(command, parseOptions(command.args, 'srlo', ['--size', '--reference', '--length', '--offset']).words, 'file');
  return writes && effect('both', 'makes files', { writes });
};

/** Pipes and devices cannot be copied: they are made again. */
const special: CommandRule = (command) => {
  const { words } = parseOptions(command.args, 'm', ['--mode']);
  const writes = writesOf(command, command.name === 'mknod' ? words.slice(0, 1) : words, 'file');
  return writes && effect('runtime', 'makes pipes and devices', { writes });
};

/** What Jupyter's images have: gives a directory to a group. */
const permissions: CommandRule = (command) => {
  const writes = writesOf(command, operands(command), 'tree', { edited: true });
  return writes && writes.length > 0 ? effect('both', 'changes the mode of files', { action: 'chmod', writes }) : undefined;
};

function intoDirectory(command: ShellCommand, source: ShellWord, target: ShellWord): string | undefined {
  const path = pathOf(command, target);
  if (path === undefined) return undefined;
  return target.value.endsWith('/') || /^\.\.?(\/\.\.)*$/.test(target.value) || DIRECTORIES.has(path) ? join(path, source) : path;
}

/** `cp -r dist/. place` and `cp dist/* place` fill the place itself. */
function fillsPlace(source: string): boolean {
  return /(^|\/)\.{1,2}\/?$/.test(source) || /[*?]/.test(posix.basename(source));
}

function join(directory: string | undefined, { value, known }: ShellWord): string | undefined {
  if (directory === undefined) return undefined;
  const name = posix.basename(value);
  if (fillsPlace(value)) return directory;
  // What is not known may stand before the last part.
  return known || /^[\w.+@-]+$/.test(name) ? posix.join(directory, name) : undefined;
}

/** Commands on files. */
export const files: Record<string, CommandRule> = {
  ...{ mkdir, rmdir: remove, touch, chmod: attributes, chown: attributes, chgrp: attributes, ln: link, cp: copy, mv: copy, install },
  ...{ rm: remove, unlink: remove, shred: remove, tee, dd, truncate: sized, fallocate: sized, mkfifo: special, mknod: special },
  ...{ mktemp: () => effect('neutral', 'makes a file to work with'), 'fix-permissions': permissions },
};
