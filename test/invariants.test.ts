import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ConvertInput, convert, memoryContext, openContext } from '../src/index.ts';
import { broken, type Generated, garbage, plausible } from './support/dockerfiles.ts';
import { listExamples, optionsOf, root } from './support/examples.ts';
import { expectInvariants } from './support/invariants.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 300);
/** A failure is found again with the seed that fast-check prints. */
const parameters = { numRuns: RUNS, ...(process.env.FUZZ_SEED !== undefined && { seed: Number(process.env.FUZZ_SEED) }) };

describe('what always holds', () => {
  test.each(listExamples())('example $name', async ({ name, folder, run }) => {
    const file = join(folder, 'before/Dockerfile');
    const { options } = await optionsOf(run.options);
    const input = { text: readFileSync(file, 'utf8'), path: `examples/${name}/before/Dockerfile`, options };
    expectInvariants({ ...input, context: openContext(join(folder, 'before'), file), contextPath: 'before' });
  });

  test.each(readdirSync(join(root, 'test/refused')))('refused case %s', (code) => {
    const folder = join(root, 'test/refused', code);
    const text = readFileSync(join(folder, 'Dockerfile'), 'utf8');
    expectInvariants({ text, path: 'Dockerfile', context: openContext(folder), contextPath: folder });
  });

  test.each([
    ['plausible', plausible],
    ['broken', broken],
    ['garbage', garbage],
  ])('%s Dockerfiles that nobody wrote', (_, dockerfiles) => {
    fc.assert(
      fc.property(dockerfiles, (generated) => {
        expectInvariants(inputOf(generated));
      }),
      parameters,
    );
  });

  test('many of the generated Dockerfiles are converted, so that the rest is put to the test', () => {
    const outcomes = fc.sample(plausible, { numRuns: RUNS, seed: 1 }).map((generated) => convert(inputOf(generated)).outcome);
    expect(outcomes.filter((outcome) => outcome === 'converted').length).toBeGreaterThan(RUNS / 10);
  });

  test('the order in which a context lists its files changes nothing', async () => {
    for (const { folder, run } of listExamples()) {
      const text = readFileSync(join(folder, 'before/Dockerfile'), 'utf8');
      const { options } = await optionsOf(run.options);
      const context = openContext(join(folder, 'before'));
      const reversed = { ...context, files: () => context.files()?.toReversed() };
      expect(convert({ text, path: 'Dockerfile', options, context: reversed })).toEqual(convert({ text, path: 'Dockerfile', options, context }));
    }
  });
});

function inputOf({ text, files }: Generated): ConvertInput {
  return { text, path: 'Dockerfile', contextPath: '.', ...(files && { context: memoryContext(files) }) };
}
