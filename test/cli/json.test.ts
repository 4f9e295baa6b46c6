import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { reportJson } from '../../src/cli/report/json.ts';
import { restage } from '../support/cli.ts';
import { convertExample, convertFolder, listExamples, optionsOf, root } from '../support/examples.ts';

const schema: object = JSON.parse(readFileSync(join(root, 'schema/conversion.schema.json'), 'utf8'));
const validate = new Ajv2020({ strictTypes: false, strictRequired: false }).compile(schema);

function expectValid(text: string): Record<string, unknown> {
  const object = JSON.parse(text) as Record<string, unknown>;
  validate(object);
  expect(validate.errors ?? []).toEqual([]);
  return object;
}

describe('--json', () => {
  test('prints one object, and the explanation only when asked', () => {
    const args = ['examples/go-hello/before', '--dry-run', '--json'];
    const { status, stdout } = restage(args);
    expect(status).toBe(0);
    const object = expectValid(stdout);
    expect(object).toMatchObject({ schema: 1, path: 'examples/go-hello/before/Dockerfile', context: 'examples/go-hello/before', outcome: 'converted' });
    expect(object).not.toHaveProperty('explanation');
    expect(expectValid(restage([...args, '--explain']).stdout)).toHaveProperty('explanation.bases');
  });

  test('also for what is refused or cannot be read', () => {
    const refused = restage(['test/refused/unknown-command', '--json']);
    expect(refused.status).toBe(3);
    expect(expectValid(refused.stdout)).toMatchObject({ outcome: 'refused', code: 'unknown-command', line: 5 });
    const failed = restage(['nowhere', '--json']);
    expect(failed.status).toBe(2);
    expect(expectValid(failed.stdout)).toMatchObject({ outcome: 'failed', code: 'no-such-path', path: 'nowhere' });
  });

  test.each(listExamples())('of example $name is as the schema says', async (example) => {
    expectValid(reportJson(await convertExample(example), true));
  });

  test('of each refused case is as the schema says', async () => {
    const args = await optionsOf([]);
    for (const name of readdirSync(join(root, 'test/refused'))) expectValid(reportJson(convertFolder(join(root, 'test/refused', name), name, args), true));
  });
});
