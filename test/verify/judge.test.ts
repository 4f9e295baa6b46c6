import { expect, test } from '@jest/globals';
import { whyNotJudged } from '../../src/verify/judge.ts';
import type { Seen } from '../../src/verify/run.ts';
import { readSettings } from '../../src/verify/settings.ts';

const settings = readSettings({ env: [], services: [], paths: [] }, undefined);
const seen = (more: Partial<Seen>): Seen => ({
  state: 'ended',
  exitCode: 0,
  outOfMemory: false,
  stdout: ['done'],
  stderr: [],
  http: {},
  made: [],
  idle: false,
  endless: false,
  ...more,
});
const page = (status: number) => ({ '80': { '/': { status, headers: {}, body: '' } } });

test.each<[string, Partial<Seen>]>([
  ['ends well and says something', {}],
  ['answers', { state: 'running', ports: ['80/tcp'], http: page(404) }],
  ['works on without a port', { state: 'running', idle: true }],
])('one that %s shows enough', (_, more) => {
  expect(whyNotJudged(seen(more), settings)).toBeUndefined();
});

test.each<[string, Partial<Seen>, RegExp]>([
  ['ends with an error', { exitCode: 3, stderr: ['no database'] }, /ends with 3: no database/],
  ['says nothing', { stdout: [] }, /without a word/],
  ['answers with errors only', { state: 'running', ports: ['80/tcp'], http: page(502) }, /server error/],
  ['cannot be started', { state: 'not-started', problem: 'no such file' }, /cannot be started: no such file/],
])('one that %s shows too little', (_, more, message) => {
  expect(whyNotJudged(seen(more), settings)?.message).toMatch(message);
});

test('one that waits for something before it opens its port shows too little', () => {
  expect(whyNotJudged(seen({ state: 'running', idle: true, stderr: ['retrying the database'] }), settings, ['80/tcp'])?.message).toMatch(
    /none of the ports that it exposes \(80\/tcp\) in 25 s: retrying the database/,
  );
});
