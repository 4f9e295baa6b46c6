import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Verification } from '../../src/verify/index.ts';
import { engineVersion } from '../support/docker.ts';
import { root } from '../support/examples.ts';
import { restageVerify } from '../support/verify.ts';

/** Two Dockerfiles over one context of which a person says what a user sees of their difference: pair.json. */
interface Pair {
  why: string;
  /** A word of the difference that has to be found; absent where there is none. */
  finds?: string;
  options?: string[];
  /** Like others: run only with PAIRS=all. */
  more?: true;
}

const MINUTES = 60_000;
const version = process.env.RUN_BUILDS === '1' ? engineVersion() : undefined;
const wanted = process.env.PAIRS?.split(',');
const folder = join(root, 'test/verify/pairs');

function pairs(kind: string): { name: string; place: string; pair: Pair }[] {
  const all = readdirSync(join(folder, kind)).map((name) => {
    const place = join(folder, kind, name);
    return { name, place, pair: JSON.parse(readFileSync(join(place, 'pair.json'), 'utf8')) as Pair };
  });
  return all.filter(({ name, pair }) => (wanted === undefined ? !pair.more : wanted.includes('all') || wanted.includes(name)));
}

function verify(place: string, { options = [], finds }: Pair) {
  const isExpected = ({ differences, log }: Verification) =>
    finds === undefined ? differences.length === 0 && log === undefined : differences.some(({ message }) => new RegExp(finds, 'i').test(message));
  return restageVerify([join(place, 'before'), '--after', join(place, 'after.Dockerfile'), ...options], isExpected);
}

(version === undefined ? describe.skip : describe)(`pairs with engine ${version}`, () => {
  test.concurrent.each(pairs('broken'))(
    '$name is found: $pair.why',
    async ({ place, pair }) => {
      const { status, found } = await verify(place, pair);
      expect({ status, messages: found.differences.map(({ message }) => message).join('\n') }).toEqual({
        status: 1,
        messages: expect.stringMatching(new RegExp(pair.finds ?? '', 'i')),
      });
    },
    20 * MINUTES,
  );

  test.concurrent.each(pairs('same'))(
    '$name differs in nothing: $pair.why',
    async ({ place, pair }) => {
      const { found } = await verify(place, pair);
      expect({ differences: found.differences, log: found.log }).toEqual({ differences: [], log: undefined });
      expect(['same', 'cannot-judge']).toContain(found.verdict);
    },
    20 * MINUTES,
  );
});
