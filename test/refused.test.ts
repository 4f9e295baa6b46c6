import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { convert, openContext, reasons } from '../src/index.ts';
import { optionsOf, root } from './support/examples.ts';

/** What a case expects: expect.json. The folder's name is the code, and after a dot which variant it is. */
interface Expectation {
  outcome: string;
  line?: number;
  /** A part of it. */
  message: string;
  options?: string[];
  /** False: the Dockerfile comes from standard input, without a context. */
  context?: false;
  tooManyFiles?: true;
}

const folder = join(root, 'test/refused');
const cases = readdirSync(folder).sort();
/** Given by the command line only: test/cli has them. */
const OF_THE_COMMAND_LINE = ['no-such-path', 'no-dockerfile', 'unreadable', 'unwritable', 'file-too-large', 'not-text', 'no-such-directory', 'broken-template'];
/** Of `convert --verify`: test/execution has them. */
const OF_THE_ENGINE = ['not-proved', 'original-fails'];
/** Nobody knows a Dockerfile that shows them, else it would be mended. */
const DEFECTS = ['internal', 'contract-differs'];

describe('what is not converted', () => {
  test.each(cases)('%s', async (name) => {
    const expected = JSON.parse(readFileSync(join(folder, name, 'expect.json'), 'utf8')) as Expectation;
    const { outcome, code, line, message, help } = await convertCase(name, expected);
    expect({ outcome, code, line, message }).toEqual({
      outcome: expected.outcome,
      code: name.split('.')[0],
      line: expected.line,
      message: expect.stringContaining(expected.message),
    });
    expect(help).not.toBe('');
  });

  test('each reason has a case', () => {
    const shown = new Set([...cases.map((name) => name.split('.')[0] ?? ''), ...OF_THE_COMMAND_LINE, ...OF_THE_ENGINE, ...DEFECTS, 'converted']);
    expect(Object.keys(reasons).filter((code) => !shown.has(code))).toEqual([]);
    expect([...shown].filter((code) => !Object.hasOwn(reasons, code))).toEqual([]);
  });
});

async function convertCase(name: string, expected: Expectation) {
  const file = join(folder, name, 'Dockerfile');
  const { options } = await optionsOf(expected.options ?? []);
  const real = openContext(join(folder, name), file);
  const context = expected.tooManyFiles ? { ...real, files: () => undefined } : real;
  return convert({ text: readFileSync(file, 'utf8'), path: 'Dockerfile', options, ...(expected.context !== false && { context, contextPath: '.' }) });
}
