import { posix } from 'node:path';
import { labelledAt } from '../effects/labelled.ts';
import type { Facts } from '../languages/language.ts';
import type { CopyEffect, PlannedInstruction } from '../types.ts';
import { spellFlags } from './spell.ts';

/** A COPY of named paths of the context only, each to where the wide COPY of that index put it. */
export function narrowedCopies(sources: readonly string[], index: number, facts: Facts): PlannedInstruction[] {
  const copy = labelledAt(facts.labelled, index)?.copy;
  const instruction = facts.source.instructions[index];
  if (!copy || !instruction) return [];
  const flags = spellFlags(instruction.flags.filter((flag) => KEPT.has(flag.name)));
  const groups = new Map<string, string[]>();
  for (const source of sources) {
    const to = targetOf(source, copy, facts);
    if (to !== undefined) groups.set(to, [...(groups.get(to) ?? []), source]);
  }
  return [...groups].map(([to, from]) => ({ kind: 'added', ...written(from.map(literally), to, flags), why: 'read at run time' }));
}

/** Flags that say the same of a COPY of named paths: each of these is given its own place, and ADD has flags that COPY does not know. */
const KEPT = new Set(['chown', 'chmod', 'link', 'exclude']);

/** Blanks and quotes need the JSON form: https://docs.docker.com/reference/dockerfile/#copy */
function written(from: string[], to: string, flags: string): Pick<Extract<PlannedInstruction, { kind: 'added' }>, 'template' | 'data'> {
  const words = [...from, to];
  if (!words.some((word) => /[\s"'\\]/.test(word))) return { template: 'copy', data: { flags, from, to } };
  return { template: 'copy-json', data: { flags, words: `[${words.map((word) => JSON.stringify(word)).join(', ')}]` } };
}

/** A name of a file is no pattern and holds no variable. */
function literally(path: string): string {
  return path.replace(/[*?[$]/g, '[$&]');
}

/** A directory goes to its own place, a file into its directory unless it was given another name. */
function targetOf(source: string, copy: CopyEffect, facts: Facts): string | undefined {
  const placed = copy.placed.find((one) => one.source === source || one.source === '' || source.startsWith(`${one.source}/`));
  if (!placed) return undefined;
  const target = placed.kind === 'file' ? placed.path : posix.join(placed.path, posix.relative(placed.source, source));
  if (facts.context.kind(source) === 'directory' || posix.basename(target) !== posix.basename(source)) return target;
  return posix.dirname(target) === '/' ? '/' : `${posix.dirname(target)}/`;
}
