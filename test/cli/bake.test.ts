import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { goProject, restage, useFolders } from '../support/cli.ts';
import { root } from '../support/examples.ts';

const folderWith = useFolders();
const schema: object = JSON.parse(readFileSync(join(root, 'schema/verification.schema.json'), 'utf8'));
const validate = new Ajv2020({ strictTypes: false }).compile(schema);

function inFolder(name: string, files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${name}/${path}`, text]));
}

const multiStage = { Dockerfile: 'FROM golang:1.22 AS a\nFROM scratch\nCOPY --from=a /x /x\nCMD ["/x"]\n' };
const two = { ...inFolder('api', goProject), ...inFolder('tools/web', goProject) };

interface Target {
  context: string;
  dockerfile?: string;
  'dockerfile-inline'?: string;
  args?: Record<string, string>;
}

function bakeTargets(folder: string): Record<string, Target> {
  return (JSON.parse(readFileSync(join(folder, 'docker-bake.json'), 'utf8')) as { target: Record<string, Target> }).target;
}

test('writes what can be converted, prints its targets, and says why the others are not there', () => {
  const folder = folderWith({ ...two, ...inFolder('done', multiStage) });
  const { status, stdout, stderr } = restage(['verify', '--bake', 'docker-bake.json', 'api', 'tools/web/Dockerfile', 'done'], { cwd: folder });
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'api-before\napi-after\ntools-web-before\ntools-web-after\n' });
  expect(stderr).toMatch(/^done\/Dockerfile.*\[already-multi-stage\]$/m);
  expect(stderr).toMatch(/^docker-bake\.json: 2 before and after, 1 left out$/m);
  const targets = bakeTargets(folder);
  expect(targets['tools-web-before']).toMatchObject({ context: 'tools/web', dockerfile: 'Dockerfile' });
  expect(targets['tools-web-after']).toMatchObject({ context: 'tools/web', 'dockerfile-inline': expect.stringContaining('FROM scratch') });
});

test('a path that leads nowhere is told, and the others are written', () => {
  const folder = folderWith(two);
  const { status, stdout, stderr } = restage(['verify', '--bake', 'docker-bake.json', 'nowhere', 'api', '--json'], { cwd: folder });
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('nowhere: no such file or directory [no-such-path]') });
  expect(JSON.parse(stdout)).toMatchObject({
    schema: 1,
    file: 'docker-bake.json',
    projects: [{ name: 'api', path: 'api/Dockerfile', context: 'api' }],
    left: [{ code: 'no-such-path', path: 'nowhere' }],
  });
});

test('where nothing can be converted nothing is written', () => {
  const folder = folderWith(multiStage);
  expect(restage(['verify', '--bake', 'docker-bake.json'], { cwd: folder })).toMatchObject({
    status: 3,
    stdout: '',
    stderr: expect.stringContaining('docker-bake.json: not written: there is nothing to build'),
  });
  expect(existsSync(join(folder, 'docker-bake.json'))).toBe(false);
});

test('a Dockerfile that is there already, arguments and an ignore file go with it', () => {
  const folder = folderWith({
    ...inFolder('api', {
      ...goProject,
      'Dockerfile.dockerignore': 'docs\n',
      'Dockerfile.multistage': 'FROM scratch\n',
      'restage.json': '{ "buildArgs": { "A": "1" } }',
    }),
  });
  expect(restage(['verify', '--bake', 'docker-bake.json', 'api', '--build-arg', 'B=2'], { cwd: folder }).status).toBe(0);
  expect(bakeTargets(folder)['api-after']).toMatchObject({ args: { A: '1', B: '2' }, dockerfile: '../docker-bake.dockerfiles/api.Dockerfile' });
  expect(readFileSync(join(folder, 'docker-bake.dockerfiles/api.Dockerfile'), 'utf8')).toBe('FROM scratch\n');
  expect(readFileSync(join(folder, 'docker-bake.dockerfiles/api.Dockerfile.dockerignore'), 'utf8')).toBe('docs\n');
});

test('what bake would take for a repository on the network is named from the root', () => {
  const folder = folderWith(inFolder('github.com/example/api', goProject));
  restage(['verify', '--bake', 'docker-bake.json', 'github.com/example/api'], { cwd: folder });
  expect(bakeTargets(folder)['github-com-example-api-before']?.context).toMatch(/^\/.*github\.com\/example\/api$/);
});

test('results of bake: what was not built is told without an engine', () => {
  const folder = folderWith({ ...two, 'results/api-before.json': '{ "api-before": { "containerimage.digest": "sha256:1" } }' });
  restage(['verify', '--bake', 'docker-bake.json', 'api', 'tools/web'], { cwd: folder });
  const { status, stdout, stderr } = restage(['verify', '--bake', 'docker-bake.json', '--bake-results', 'results', '--json'], { cwd: folder });
  expect(status).toBe(1);
  const object = JSON.parse(stdout) as { results: unknown[] };
  expect(object.results.every((result) => validate(result))).toBe(true);
  expect(object).toMatchObject({
    schema: 1,
    results: [
      { path: 'api/Dockerfile', context: 'api', verdict: 'after-fails' },
      { path: 'tools/web/Dockerfile', context: 'tools/web', verdict: 'before-fails' },
    ],
  });
  expect(stderr).toMatch(/^2 verified: 1 after-fails, 1 before-fails$/m);
});

test('results of bake without an engine are not judged', () => {
  const built = '{ "containerimage.digest": "sha256:1" }';
  const folder = folderWith({ ...two, 'all.json': `{ "api-before": ${built}, "api-after": ${built} }` });
  restage(['verify', '--bake', 'docker-bake.json', 'api'], { cwd: folder });
  const args = ['verify', '--bake', 'docker-bake.json', '--bake-results', 'all.json', '--engine', './no-engine'];
  expect(restage(args, { cwd: folder })).toMatchObject({ status: 3, stdout: '', stderr: expect.stringMatching(/cannot-judge: no container engine answers/) });
});

test.each<[string[], string]>([
  [['--bake', 'bake', 'a'], '--bake takes a name that ends in .json, by which docker buildx bake knows what it reads; not bake'],
  [['--bake', 'b.json', 'a', '-'], '--bake takes Dockerfiles and folders, not standard input'],
  [['--bake', 'b.json', 'a', 'b', '--after', 'c'], '--after is a file of one PATH'],
  [['--bake', 'b.json', 'a', '--run', 'x'], '--run says how images are run, which comes with --bake-results'],
  [['--bake', 'b.json', '--bake-results', 'm.json', 'a'], '--bake-results takes the projects of the bake file and no PATH: a'],
  [['--bake-results', 'm.json'], '--bake-results needs the bake file too: --bake FILE'],
  [['--bake', 'nowhere.json', '--bake-results', 'm.json'], 'nowhere.json: no such file or directory'],
  [['--bake', 'package.json', '--bake-results', 'm.json'], 'package.json: it was not written by restage verify --bake'],
])('verify %j', (args, message) => {
  expect(restage(['verify', ...args])).toEqual({ status: 2, stdout: '', stderr: `restage: ${message}\n  See restage --help.\n` });
});
