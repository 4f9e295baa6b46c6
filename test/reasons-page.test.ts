import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { reasons } from '../src/reasons.ts';
import { reasonsPage } from './support/reasons-page.ts';

const FILE = 'docs/reasons.md';

it('is what reasons.ts says', () => {
  if (process.env.UPDATE) writeFileSync(FILE, reasonsPage());
  expect(readFileSync(FILE, 'utf8')).toBe(reasonsPage());
});

it.each(Object.entries(reasons).filter(([, { outcome }]) => outcome === 'refused' || outcome === 'failed'))('%s says what the user can do', (_, { help }) => {
  expect(help).not.toBe('');
});
