import type { Effect, PathWrite, ShellCommand } from '../../types.ts';
import { effect, pathOf, type RunScope } from '../effect.ts';
import type { CommandRule } from '../rule.ts';
import { edits } from './text.ts';

const LOOKS = /^(echo|ls|grep|egrep|cat|file|stat|du|head|wc|ldd|scanelf|printf|test|\[|basename|dirname|md5sum|sha256sum|readlink|sort|diff|true|dpkg-query)$/;
const REMOVES = /^(rm|rmdir|unlink|shred)$/;
const CHANGES = /^(sed|touch|gzip|gunzip|strip|dos2unix|perl|rename|patchelf|convmv|setfattr|paxmark|pngcrush|optipng|zstd|xz|bzip2)$/;

/** find: only looks, unless an action of it removes or changes what it finds. */
const find: CommandRule = (command) => {
  const places = startsOf(command);
  const does = actionsOf(command);
  if (does.length === 0) return effect('neutral', 'only looks');
  if (does.some(({ name }) => name === '-fprint' || name === '?')) return undefined;
  const results = does.map(({ name, args }) => onFound(name, args, command, places));
  return results.find((one) => one === undefined || one.role === 'unknown') ?? (results.every(Boolean) ? strongest(results as Effect[]) : undefined);
};

function strongest(results: Effect[]): Effect | undefined {
  return results.find(({ action }) => action === 'copy') ?? results.find(({ role }) => role !== 'neutral') ?? results[0];
}

/** Where find begins: the words before the first test. */
function startsOf(command: ShellCommand): ShellCommand['args'] {
  const options = command.args.findIndex((word) => !/^-([HLP]|O\d)$/.test(word.value));
  const rest = options < 0 ? [] : command.args.slice(options);
  const end = rest.findIndex((word) => /^[-(!]/.test(word.value));
  const starts = end < 0 ? rest : rest.slice(0, end);
  return starts.length > 0 ? starts : [{ text: '.', value: '.', known: true }];
}

function actionsOf(command: ShellCommand): { name: string; args: ShellCommand['args'] }[] {
  return command.args.flatMap(({ value }, at) => {
    if (value === '-delete') return [{ name: 'rm', args: [] }];
    if (/^-f(print|ls)/.test(value)) return [{ name: '-fprint', args: [] }];
    if (!/^-(exec|execdir|ok|okdir)$/.test(value)) return [];
    const rest = command.args.slice(at + 1);
    const end = rest.findIndex((word) => word.value === ';' || word.value === '+' || word.value === '\\;');
    const [name, ...args] = end < 0 ? rest : rest.slice(0, end);
    return [{ name: name?.value.replace(/^.*\//, '') ?? '?', args }];
  });
}

/** What a command does to files of these directories. */
export function onFound(name: string, args: ShellCommand['args'], command: ShellCommand, places: ShellCommand['args']): Effect | undefined {
  if (LOOKS.test(name)) return effect('neutral', 'only looks');
  const paths = places.map((word) => pathOf(command, word));
  if (paths.some((path) => path === undefined)) return undefined;
  const writes = paths.map((path): PathWrite => ({ path: path as string, kind: 'tree', edited: true }));
  if (name === 'chmod' || name === 'chown' || name === 'chgrp') {
    const owner = args.find((word) => !word.value.startsWith('-'));
    const given = name === 'chown' && owner?.known ? { owner: owner.value } : {};
    return effect('both', `changes files below ${paths.join(' ')}`, { action: name, writes, ...given });
  }
  if (name === 'cp' || name === 'install') return copied(args, command);
  return scripted(namesRun(name, args), writes);
}

/** The programs that are run: the one that is named, or those of the small script that it is given. */
function namesRun(name: string, args: ShellCommand['args']): string[] {
  if (!/^(sh|bash|ash)$/.test(name)) return [name];
  const at = args.findIndex((word) => /^-\w*c$/.test(word.value));
  return namesIn(args[at + 1]?.value ?? '?');
}

function scripted(names: string[], writes: PathWrite[]): Effect | undefined {
  if (names.length > 0 && names.every((one) => LOOKS.test(one))) return effect('neutral', 'only looks');
  if (!names.every((one) => REMOVES.test(one) || CHANGES.test(one) || LOOKS.test(one))) return undefined;
  return edits(writes, `${names.some((one) => REMOVES.test(one)) ? 'removes' : 'changes'} files below ${writes.map(({ path }) => path).join(' ')}`);
}

/** The first words of the commands of a small script. */
function namesIn(script: string): string[] {
  return script
    .split(/;|&&|\|\||\||\bdo\b|\bthen\b|\n/)
    .map((part) => part.trim().split(/\s+/)[0] ?? '')
    .filter((name) => name !== '' && !/^(if|fi|for|done|while|else|echo|\w+=.*)$/.test(name));
}

/** `-exec cp {} DIR`: nobody knows which files, so the directory has to be the copy's own. */
function copied(args: ShellCommand['args'], command: ShellCommand): Effect | undefined {
  const words = args.filter((word) => !word.value.startsWith('-') && word.value !== '{}');
  const path = words.length === 1 && words[0] ? pathOf(command, words[0]) : undefined;
  if (path === undefined || /^\/(usr|etc|lib|bin|sbin|var)(\/(local|lib|bin|share|include|sbin))*$/.test(path) || path === '/') return undefined;
  return effect('both', 'copies files', { action: 'copy', writes: [{ path, kind: 'tree' }] });
}

/** `find DIR … | xargs rm`: what xargs is given the names of. */
export function foundBy(scope: RunScope): { command: ShellCommand; places: ShellCommand['args'] } | undefined {
  const source = scope.input?.find((command) => command.name === 'find');
  return source && { command: source, places: startsOf(source) };
}

export const search: Record<string, CommandRule> = { find };
