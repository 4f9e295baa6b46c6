import { posix } from 'node:path';
import { within } from '../effects/effect.ts';
import { type Base, defaultPath } from '../knowledge/base.ts';
import { providesProgram } from '../knowledge/programs.ts';
import type { AddedStep, Facts, LanguagePlan } from '../languages/language.ts';
import type { Slice } from './slice.ts';

/** Directory and variables that the old base image set and the final stage still refers to, where the new base does not set them. */
export function environmentSteps(facts: Facts, plan: LanguagePlan, base: Base, sliced: Slice): AddedStep[] {
  const texts = [...carriedTexts(facts, sliced), ...startTexts(facts)];
  const own = new Set(
    facts.source.instructions.flatMap((instruction) =>
      instruction.keyword === 'ENV' || instruction.keyword === 'ARG' ? [...instruction.value.matchAll(/(?:^|\s)(\w+)[=\s]/g)].map((match) => match[1]) : [],
    ),
  );
  const named = Object.entries(facts.base.env).filter(
    ([name, value]) =>
      name !== 'PATH' &&
      base.env[name] !== value &&
      !own.has(name) &&
      (plan.environment?.includes(name) || texts.some((text) => new RegExp(`\\$\\{?${name}\\b`).test(text))),
  );
  const path = missingPath(facts, base, sliced);
  const variables = path === undefined ? named : [...named, ['PATH', path] as const];
  return [
    ...workdirStep(facts, base),
    ...variables.map(
      ([name, value]): AddedStep => ({
        after: -1,
        instruction: { kind: 'added', template: 'env', data: { name, value }, why: `${facts.base.image} sets ${name}` },
      }),
    ),
  ];
}

/** Where the Dockerfile sets no directory of its own it works in that of its base image. */
function workdirStep(facts: Facts, base: Base): AddedStep[] {
  const first = facts.source.instructions.find((instruction) => instruction.keyword === 'WORKDIR');
  if (facts.base.workdir === base.workdir || /^["']?[/$]/.test(first?.value ?? '')) return [];
  return [{ after: -1, instruction: { kind: 'added', template: 'workdir', data: { directory: facts.base.workdir }, why: `${facts.base.image} works there` } }];
}

function carriedTexts(facts: Facts, sliced: Slice): string[] {
  return sliced.parts.flatMap((part) =>
    part.kind === 'carried' ? [facts.source.instructions[part.index]?.text ?? ''] : part.kind === 'split' ? [part.text] : [],
  );
}

function startTexts(facts: Facts): string[] {
  return facts.start.commands.flatMap((command) => {
    const place = facts.sourceOf(posix.resolve(command.cwd ?? '/', command.name));
    return place === undefined ? [] : [facts.context.read(place) ?? ''];
  });
}

/** The PATH with the directory of a program that is started by its bare name, where the new base does not look there. */
function missingPath(facts: Facts, base: Base, sliced: Slice): string | undefined {
  const had = (facts.labelled.at(-1)?.state.env.PATH ?? '').split(':');
  const has = base.env.PATH ?? defaultPath;
  if (facts.source.instructions.some((instruction) => instruction.keyword === 'ENV' && /(^|\s)PATH[=\s]/.test(instruction.value))) return undefined;
  const names = facts.start.commands.map(({ name }) => name).filter((name) => !name.includes('/') && !providesProgram(base, name));
  const wanted = names.flatMap((name) =>
    sliced.artifacts.flatMap(({ to, kind }) => {
      if (kind === 'file' || posix.basename(to) === name) return posix.basename(to) === name ? [posix.dirname(to)] : [];
      return had.filter((directory) => within(directory, to));
    }),
  );
  const missing = [...new Set(wanted)].filter((directory) => had.includes(directory) && !has.split(':').includes(directory));
  return missing.length > 0 ? [...missing, has].join(':') : undefined;
}
