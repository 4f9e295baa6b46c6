import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readSettings, SettingsError } from '../../src/verify/settings.ts';
import { useFolders } from '../support/cli.ts';

const folderWith = useFolders();
const none = { env: [], services: [], paths: [] };

test('without a file and options there are defaults', () => {
  expect(readSettings(none, undefined)).toMatchObject({ timeout: 25, buildTimeout: 900, memory: '2g', env: [], services: [], paths: [] });
});

test('options go before the file beside the Dockerfile, lists are joined', () => {
  const file = {
    run: 'serve --port "80 80"',
    env: { A: '1' },
    envFile: 'test.env',
    with: ['db=postgres:16', { image: 'registry/redis:7', env: { B: '2' } }],
    timeout: 5,
    paths: ['/a'],
  };
  const folder = folderWith({ 'restage.json': JSON.stringify(file) });
  expect(readSettings({ ...none, timeout: 9, env: ['C=3'], paths: ['/b'] }, join(folder, 'Dockerfile'))).toMatchObject({
    run: ['serve', '--port', '80 80'],
    env: ['A=1', 'C=3'],
    envFile: join(folder, 'test.env'),
    services: [
      { name: 'db', image: 'postgres:16', env: [] },
      { name: 'redis', image: 'registry/redis:7', env: ['B=2'] },
    ],
    timeout: 9,
    paths: ['/a', '/b'],
  });
});

test.each([
  ['{ "runs": "x" }', /restage\.json: must NOT have additional properties: runs$/],
  ['{ "timeout": "5" }', /restage\.json\/timeout: must be number$/],
  ['{ "paths": ["about"] }', /restage\.json\/paths\/0: must match pattern "\^\/"$/],
  ['{ "timeout": 5', /restage\.json: .*JSON/],
])('%s is told where it is wrong', (text, message) => {
  const folder = folderWith({ 'restage.json': text });
  const read = () => readSettings(none, join(folder, 'Dockerfile'));
  expect(read).toThrow(SettingsError);
  expect(read).toThrow(message);
});
