import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { convert, openContext } from '../src/index.ts';
import { brokenPromises, listTraps } from './support/trap.mjs';

const traps = listTraps('test/traps');

it.each(traps)('$name', (trap) => {
  expect(brokenPromises({ convert, openContext }, trap)).toEqual([]);
});

it.each([...new Set(traps.map(({ name }) => name.split('/')[0] as string))])('%s has a case that is converted and one that is not', (kind) => {
  const outcomes = traps.filter(({ name }) => name.startsWith(`${kind}/`)).map(({ outcome }) => outcome);
  expect([outcomes.includes('converted'), outcomes.some((outcome) => outcome !== 'converted')]).toEqual([true, true]);
});

// Whether the case fails without its guard is what `npm run guards` shows.
it.each(traps)('the guard of $name is there', ({ guard }) => {
  for (const { file, from } of [guard].flat()) expect(readFileSync(join('src', file), 'utf8')).toContain(from);
});
