import { posix } from 'node:path';
import { pathOf } from '../../effects/effect.ts';
import { makeScript } from '../../parse/makefile.ts';
import { parseShell } from '../../parse/shell.ts';
import type { ShellCommand } from '../../types.ts';
import type { Facts } from '../language.ts';

/** The commands that `make` runs for its targets; undefined where the command is another, or its Makefile is not followed. */
export function recipesOf(command: ShellCommand, facts: Pick<Facts, 'context' | 'sourceOf'>): ShellCommand[] | undefined {
  const words = command.args.map((word) => word.value);
  if (!/^g?make$/.test(posix.basename(command.name)) || words.some((word) => /^-[^sik]|^--(?!silent|quiet)/.test(word))) return undefined;
  const path = pathOf(command, { value: 'Makefile', known: true });
  const source = path === undefined ? undefined : facts.sourceOf(path);
  const file = source === undefined ? undefined : facts.context.read(source);
  const targets = words.filter((word) => !/^-|=/.test(word));
  const text = file === undefined ? undefined : makeScript(file, targets, command.env);
  if (text === undefined) return undefined;
  return parseShell(text.replace(/^[@+-]+/gm, ''), command.cwd, command.env).segments.flatMap(({ commands }) => commands);
}
