import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { convertExample, type Example, listExamples } from './support/examples.ts';

const RUN_FIELDS = ['options', 'outcome', 'code', 'buildArgs', 'probe'];
const update = process.env.UPDATE === '1';

describe.each(listExamples())('$name', (example) => {
  test('run.json has only known fields', () => {
    expect(Object.keys(example.run).filter((field) => !RUN_FIELDS.includes(field))).toEqual([]);
  });

  test('comes out as its golden files say (UPDATE=1 writes them)', async () => {
    const { outcome, code, line, message, dockerfile, plan } = await convertExample(example);
    expect(`${outcome} [${code}] line ${line}: ${message}`).toMatch(example.run.outcome ?? 'converted');
    expect(code).toBe(example.run.code ?? code);
    compare(example, 'after/Dockerfile', dockerfile);
    compare(example, 'plan.json', plan && `${JSON.stringify(plan, undefined, 2)}\n`);
  });
});

function compare(example: Example, file: string, actual: string | undefined): void {
  const path = join(example.folder, file);
  if (update) write(path, actual);
  expect(existsSync(path) ? readFileSync(path, 'utf8') : undefined).toBe(actual);
}

function write(path: string, text: string | undefined): void {
  if (text === undefined) {
    rmSync(path, { force: true });
  } else {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
  }
}
