import { posix } from 'node:path';
import { allEffects, within } from '../../effects/effect.ts';
import type { ShellCommand } from '../../types.ts';
import type { Facts } from '../language.ts';
import type { PackageSet } from './packages.ts';
import type { PythonSource } from './sources.ts';
import { type StayingPlan, stays } from './staying.ts';

/** Servers and runners of a program that is given by the name of its module. */
const RUNNERS = /^(gunicorn|uvicorn|hypercorn|daphne|waitress-serve|uwsgi|flask|fastapi|celery|streamlit|django-admin)$/;

/** A program that no instruction puts into the image: it comes with a volume, and may start whatever the whole image has. */
export function absentProgram(facts: Facts, set: PackageSet, sources: readonly PythonSource[]): StayingPlan | undefined {
  const missing = facts.start.commands.find((command) => isAbsent(command, facts) || (sources.length === 0 && runsUnseen(command, facts, set)));
  if (!missing) return undefined;
  const { instructions } = facts.source;
  const line = instructions[facts.start.cmd ?? facts.start.entrypoint ?? 0]?.line;
  const shown = [missing.name, ...missing.args.map((word) => word.text)].join(' ');
  const note = `\`${shown}\` runs a program that no instruction puts into the image, so that nobody knows what it needs`;
  return stays('programs', { file: facts.source.path, ...(line !== undefined && { line }) }, note, {
    why: note,
    advice: 'Copy the program into the image with COPY, and a small base can be proved to serve.',
  });
}

function isAbsent(command: ShellCommand, facts: Facts): boolean {
  if (!/^python[\d.]*$/.test(posix.basename(command.name)) || command.cwd === undefined) return false;
  const [first] = command.args;
  if (!first?.known || !/^[^-].*\.py$/.test(first.value)) return false;
  return !isInImage(posix.resolve(command.cwd, first.value), facts);
}

function isInImage(path: string, { sourceOf, context, labelled }: Facts): boolean {
  const source = sourceOf(path);
  if (source !== undefined && context.kind(source) !== undefined) return true;
  if (labelled.some(({ copy }) => copy && copy.from !== 'context' && within(path, copy.destination))) return true;
  return allEffects(labelled).some(({ writes }) => writes.some((write) => within(path, write.path)));
}

/** A module that comes with no source of the context, no package and no download. */
function runsUnseen({ name }: ShellCommand, { labelled }: Facts, set: PackageSet): boolean {
  if (!RUNNERS.test(posix.basename(name)) || set.opaque || set.projects.size > 0) return false;
  const brought = labelled.some(({ copy }) => copy && copy.from !== 'context') || allEffects(labelled).some(({ action }) => action === 'download');
  return !brought;
}
