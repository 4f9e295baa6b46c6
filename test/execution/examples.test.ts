import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Verification } from '../../src/verify/index.ts';
import { engineVersion, remove } from '../support/docker.ts';
import { type Example, listExamples } from '../support/examples.ts';
import { probe } from '../support/probe.ts';
import { restageVerify } from '../support/verify.ts';

const MINUTES = 60_000;
const wanted = process.env.RUN_BUILDS === '1';
const version = wanted ? engineVersion() : undefined;
const examples = listExamples().filter(({ folder }) => existsSync(join(folder, 'after/Dockerfile')));
const rows: [string, string, string, string, string][] = [];

if (wanted && version === undefined) process.stderr.write('\nNo container engine answers: the examples are NOT built and run.\n');

(wanted && version !== undefined ? describe : describe.skip)(`before and after with engine ${version}`, () => {
  afterAll(printTable);

  test.concurrent.each(examples)(
    '$name does the same',
    async (example) => {
      const { found } = await restageVerify(
        [join(example.folder, 'before'), '--after', join(example.folder, 'after/Dockerfile'), '--keep', ...optionsOf(example)],
        ({ verdict }) => verdict === 'same',
      );
      const images = [found.before?.image, found.after?.image].filter((image) => image !== undefined);
      try {
        rows.push([example.name, ...sizeCells(found), found.verdict]);
        expect({ verdict: found.verdict, message: found.message, differences: found.differences, log: found.log }).toMatchObject({ verdict: 'same' });
        await expectAsTold(images[1] ?? '', example);
      } finally {
        await remove('image', images);
      }
    },
    20 * MINUTES,
  );
});

function optionsOf({ run }: Example): string[] {
  const buildArgs = Object.entries(run.buildArgs ?? {}).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  return [...run.options, ...buildArgs, ...(run.probe.kind === 'http' ? ['--path', run.probe.path] : [])];
}

async function expectAsTold(image: string, { name, run: { probe: told } }: Example): Promise<void> {
  const seen = await probe(image, `restage-test-${process.pid}-${name}`, told);
  if (told.kind === 'http') expect(seen).toEqual({ status: told.status, body: expect.stringMatching(new RegExp(told.body)) });
  else expect(seen).toEqual({ exitCode: told.exitCode, output: expect.stringContaining(told.output) });
}

function sizeCells({ before, after }: Verification): [string, string, string] {
  const megabytes = (bytes: number | undefined) => (bytes === undefined ? '' : `${(bytes / 1e6).toFixed(1)} MB`);
  return [megabytes(before?.size), megabytes(after?.size), before && after ? `${((100 * after.size) / before.size).toFixed(0)} %` : ''];
}

function printTable(): void {
  const lines = [['example', 'before', 'after', 'left', 'verdict'], ...rows.sort()];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const text = lines.map((line) => line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '));
  process.stderr.write(`\n${text.join('\n')}\n`);
}
