import { posix } from 'node:path';
import type { PathWrite, ShellCommand } from '../../types.ts';
import { effect, hasOption, operands, optionValue, pathOf, writesOf } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

const DIRECTORIES = new Set([
  '/',
  '/bin',
  '/etc',
  '/home',
  '/lib',
  '/opt',
  '/root',
  '/sbin',
  '/srv',
  '/tmp',
  '/usr',
  '/usr/bin',
  '/usr/lib',
  '/usr/local',
  '/usr/local/bin',
  '/usr/local/lib',
  '/usr/local/sbin',
  '/usr/sbin',
  '/usr/share',
  '/var',
  '/var/lib',
]);

const mkdir: CommandRule = (command) => {
  const writes = writesOf(command, operands(command, ['-m', '--mode']).flatMap(braces), 'tree');
  return writes && effect('both', 'makes directories', { action: 'make-directory', writes });
};

const touch: CommandRule = (command) => {
  const writes = writesOf(command, operands(command, ['-d', '-t', '-r']), 'file');
  return writes && effect('both', 'makes files', { writes });
};

/** chmod, chown, chgrp: the first operand is the mode or owner. */
const attributes: CommandRule = (command) => {
  const [value, ...paths] =
    /^[-+=]/.test(command.args[0]?.value ?? '') && !/^-[RLHPvfch]+$/.test(command.args[0]?.value ?? '') ? command.args : operands(command, []);
  const writes =
    value &&
    writesOf(
      command,
      paths.filter((word) => !/^-[RLHPvfch]+$/.test(word.value)),
      hasOption(command, '-R', '--recursive') ? 'tree' : 'file',
      { edited: true },
    );
  return (
    writes &&
    effect('both', `changes the ${command.name === 'chmod' ? 'mode' : 'owner'} of files`, {
      action: command.name,
      writes,
      ...(command.name === 'chown' && value.known && { owner: value.value }),
    })
  );
};

const edit: CommandRule = (command) => {
  const inPlace = command.args.some((word) => /^(-[nEr]*i|--in-place)/.test(word.value));
  if (!inPlace) return effect('neutral', 'only prints');
  const script = hasOption(command, '-e', '-f', '--expression') ? 0 : 1;
  const writes = writesOf(command, operands(command, ['-e', '-f', '--expression']).slice(script), 'file', { edited: true });
  return writes && effect('both', 'edits files', { action: 'edit', writes });
};

const link: CommandRule = (command) => {
  const [target, name] = operands(command, ['-t']);
  if (!target) return undefined;
  const place = name ? intoDirectory(command, target.value, name) : pathOf(command, { value: posix.basename(target.value), known: target.known });
  return place === undefined
    ? undefined
    : effect('both', 'makes a link', {
        action: 'link',
        writes: [{ path: place, kind: 'file' }],
        reads: target.known && target.value.startsWith('/') ? [target.value] : [],
      });
};

const copy: CommandRule = (command) => {
  const words = operands(command, ['-t', '-S', '-m', '-o', '-g']);
  const into = optionValue(command, '-t', '--target-directory');
  const target = into ?? words.pop();
  if (!target || (words.length === 0 && !into)) return undefined;
  const recursive = command.args.some((word) => /^-\w*[raR]/.test(word.value));
  const places = words.map((word) => (words.length > 1 || into ? join(pathOf(command, target), word.value) : intoDirectory(command, word.value, target)));
  const reads = words.map((word) => pathOf(command, word));
  if (places.some((path) => path === undefined)) return undefined;
  const kind: PathWrite['kind'] = recursive || command.name === 'mv' ? 'tree' : 'file';
  return effect('both', `${command.name === 'mv' ? 'moves' : 'copies'} files`, {
    action: 'copy',
    writes: places.map((path) => ({ path: path as string, kind })),
    reads: reads.filter((path) => path !== undefined),
  });
};

const install: CommandRule = (command, scope) => (hasOption(command, '-d', '--directory') ? mkdir(command, scope) : copy(command, scope));

const remove: CommandRule = (command) => {
  const paths = operands(command).map((word) => pathOf(command, word));
  if (paths.some((path) => path === undefined))
    return effect('both', 'removes files', { action: 'remove', writes: [{ path: '/', kind: 'tree', edited: true }] });
  return effect('both', 'removes files', { action: 'remove', writes: paths.map((path) => ({ path: path as string, kind: 'tree', edited: true })) });
};

const tee: CommandRule = (command) => {
  const writes = writesOf(command, operands(command), 'file');
  return writes && effect('both', 'writes files', { writes });
};

function intoDirectory(command: ShellCommand, source: string, target: { value: string; known: boolean }): string | undefined {
  const path = pathOf(command, target);
  if (path === undefined) return undefined;
  return target.value.endsWith('/') || target.value === '.' || DIRECTORIES.has(path) ? join(path, source) : path;
}

function join(directory: string | undefined, source: string): string | undefined {
  if (directory === undefined) return undefined;
  // `cp -r dist/. place` and `cp dist/* place` fill the place itself.
  if (/(^|\/)\.$|[*?]/.test(source)) return directory;
  return posix.join(directory, posix.basename(source));
}

function braces(word: ShellCommand['args'][number]): ShellCommand['args'] {
  const [, head, list, tail] = /^([^{]*)\{([^{}]*,[^{}]*)\}(.*)$/.exec(word.value) ?? [];
  return list === undefined ? [word] : list.split(',').flatMap((item) => braces({ ...word, value: `${head}${item}${tail}` }));
}

/** Commands on files. */
export const files: Record<string, CommandRule> = {
  mkdir,
  rmdir: remove,
  touch,
  chmod: attributes,
  chown: attributes,
  chgrp: attributes,
  sed: edit,
  ln: link,
  cp: copy,
  mv: copy,
  install,
  rm: remove,
  unlink: remove,
  tee,
};
