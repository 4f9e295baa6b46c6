import { Stop } from '../errors.ts';
import { languages } from '../languages/index.ts';
import type { Facts, Language, LanguagePlan } from '../languages/language.ts';

/** The language of the program that the image starts; undefined where it is none that restage knows. Throws Stop for a start command that is broken or missing. */
export function chooseLanguage(facts: Facts): (Language & { plan(facts: Facts): LanguagePlan }) | undefined {
  stopWithoutStart(facts);
  const found = languages.find((language) => language.plan && language.starts?.(facts));
  if (found?.plan) return { ...found, plan: found.plan };
  if (facts.start.commands[0]?.name.startsWith('[')) stopAtBrokenList(facts);
  return undefined;
}

/** Throws Stop where neither the Dockerfile nor its base says what starts, or the base only waits for what is typed. */
export function stopWithoutStart({ start }: Pick<Facts, 'start'>): void {
  if (start.entrypoint === undefined && start.cmd === undefined && start.open !== undefined) throw new Stop('no-start-command');
}

/** Docker hands a list that is not JSON (single quotes, a comma too many) to a shell: https://docs.docker.com/reference/dockerfile/#exec-form */
function stopAtBrokenList(facts: Facts): void {
  const instruction = [facts.start.entrypoint, facts.start.cmd]
    .flatMap((index) => facts.source.instructions[index ?? -1] ?? [])
    .find(({ value, exec }) => value.startsWith('[') && !exec);
  if (instruction)
    throw new Stop(
      'unknown-start',
      { why: `${instruction.keyword} looks like a list but is not valid JSON (it needs double quotes), so Docker gives it to a shell` },
      instruction.line,
    );
}
