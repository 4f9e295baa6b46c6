import { effect } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

function runtime(why: string): CommandRule {
  return () => effect('runtime', why);
}

/** Commands that change the system as a whole. */
export const system: Record<string, CommandRule> = {
  ldconfig: runtime('refreshes the list of shared libraries'),
  'locale-gen': runtime('makes locales'),
  localedef: runtime('makes a locale'),
  'update-locale': runtime('sets the locale'),
  'update-ca-certificates': () => effect('runtime', 'refreshes the certificates', { action: 'certificates' }),
  'update-alternatives': runtime('chooses among programs of the system'),
  setcap: () => effect('unknown', 'gives a capability to a program'),
};
