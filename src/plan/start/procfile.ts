import { posix } from 'node:path';
import { optionValue, pathOf } from '../../effects/effect.ts';
import type { ShellCommand } from '../../types.ts';
import { fileAt, type ImageFiles } from './files.ts';
import { NOTHING, type Started } from './started.ts';

const VERBS = new Set(['start', 's', 'local', 'run', 'local:start']);

/** The processes that `foreman start`, `honcho start`, `overmind start` or `heroku local` take from a Procfile. */
export function procfile(command: ShellCommand, files: ImageFiles): Started {
  const [verb, ...names] = command.args.map((word) => word.value).filter((word, at, all) => !word.startsWith('-') && !/^-[a-zA-Z]$/.test(all[at - 1] ?? ''));
  if (verb !== undefined && !VERBS.has(verb)) return NOTHING;
  if (verb === 'run') return { parts: [{ text: names.join(' '), cwd: command.cwd, env: command.env, words: [] }] };
  const directory = optionValue(command, '-d', '--root', '--app-root')?.value ?? '.';
  const named = optionValue(command, '-f', '--procfile')?.value ?? posix.join(directory, 'Procfile');
  const path = pathOf(command, { value: named, known: true });
  const file = path === undefined ? undefined : fileAt(files, path);
  if (!file) return { parts: [], open: `${posix.basename(command.name)} reads ${path ?? named}, which no instruction is seen to bring` };
  const chosen = new Set(names.flatMap((name) => name.split(',')));
  const parts = file.text.split(/\r?\n/).flatMap((line, at) => {
    const [, name = '', text] = /^([\w-]+):\s*(.+)$/.exec(line) ?? [];
    if (text === undefined || (chosen.size > 0 && !chosen.has(name))) return [];
    const place = { file: file.file, line: file.inline ? file.line : file.line + at, inline: true };
    return [{ text, cwd: posix.dirname(file.path), env: command.env, words: [], place, shell: '/bin/sh' }];
  });
  return { parts };
}
