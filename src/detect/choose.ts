import { Stop } from '../errors.ts';
import { languages } from '../languages/index.ts';
import type { Facts, Language, LanguagePlan } from '../languages/language.ts';

/** The language of the program that the image starts. Throws Stop where it is none that restage knows. */
export function chooseLanguage(facts: Facts): Language & { plan(facts: Facts): LanguagePlan } {
  const found = languages.find((language) => language.plan && language.starts?.(facts));
  if (found?.plan) return { ...found, plan: found.plan };
  const [first] = facts.start.commands;
  const line = facts.source.instructions[facts.start.entrypoint ?? facts.start.cmd ?? 0]?.line;
  throw new Stop('unknown-language', { program: first?.name ?? facts.start.argv[0] ?? 'none' }, line);
}
