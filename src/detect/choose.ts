import { Stop } from '../errors.ts';
import { languages } from '../languages/index.ts';
import type { Facts, Language, LanguagePlan } from '../languages/language.ts';

/** The language of the program that the image starts. Throws Stop where it is none that restage knows. */
export function chooseLanguage(facts: Facts): Language & { plan(facts: Facts): LanguagePlan } {
  const found = languages.find((language) => language.plan && language.starts?.(facts));
  if (found?.plan) return { ...found, plan: found.plan };
  const [first] = facts.start.commands;
  if (first?.name.startsWith('[')) stopAtBrokenList(facts);
  const line = facts.source.instructions[facts.start.entrypoint ?? facts.start.cmd ?? 0]?.line;
  const builder = ['golang', 'node', 'python'].includes(facts.base.image);
  if (builder && first?.name.includes('/')) throw new Stop('unknown-start', { why: `no instruction is seen to make ${first.name}` }, line);
  throw new Stop('unknown-language', { program: first?.name ?? facts.start.argv[0] ?? 'none' }, line);
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
