import { closest, distance } from 'fastest-levenshtein';

/** ` (did you mean x?)` where one of the choices is near enough to be a slip of the fingers; '' else. */
export function nearest(given: string, choices: readonly string[]): string {
  const best = closest(given, choices);
  return distance(given, best) <= Math.floor(given.length / 3) ? ` (did you mean ${best}?)` : '';
}
