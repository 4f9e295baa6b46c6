import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { restage, useFolders } from '../support/cli.ts';
import { engineVersion, remove } from '../support/docker.ts';
import { root } from '../support/examples.ts';

const MINUTES = 60_000;
const client = process.env.DOCKER ?? 'docker';
const hasBake = process.env.RUN_BUILDS === '1' && engineVersion() !== undefined && spawnSync(client, ['buildx', 'version']).status === 0;
const repository = `restage-test-${process.pid}`;
const projects = ['go-hello', 'node-typescript'];
const folderWith = useFolders();

(hasBake ? describe : describe.skip)('docker buildx bake', () => {
  afterAll(() =>
    remove(
      'image',
      [...projects, 'broken'].flatMap((name) => [`${repository}/${name}:before`, `${repository}/${name}:after`]),
    ),
  );

  test(
    'builds what restage writes, each target by itself, and restage compares what came out',
    () => {
      const folder = folderWith({
        'broken/Dockerfile': 'FROM golang:1.17-alpine\nRUN true\n',
        'broken/Dockerfile.multistage': 'FROM golang:1.17-alpine\nRUN false\n',
      });
      for (const name of projects) cpSync(join(root, 'examples', name, 'before'), join(folder, name), { recursive: true });
      const { stdout } = restage(['verify', '--bake', 'docker-bake.json', ...projects, 'broken'], { cwd: folder });
      mkdirSync(join(folder, 'results'));
      const env = { ...process.env, RESTAGE_REPOSITORY: repository };
      for (const target of stdout.trim().split('\n')) {
        const args = ['buildx', 'bake', '--file', 'docker-bake.json', '--metadata-file', `results/${target}.json`, target];
        if (target !== 'broken-after') execFileSync(client, args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
        else expect(spawnSync(client, args, { cwd: folder, env }).status).not.toBe(0);
      }
      const results = restage(['verify', '--bake', 'docker-bake.json', '--bake-results', 'results', '--json', '--quiet', '--engine', client], { cwd: folder });
      expect(results.status).toBe(1);
      expect(JSON.parse(results.stdout)).toMatchObject({ results: [{ verdict: 'same' }, { verdict: 'same' }, { verdict: 'after-fails' }] });
    },
    20 * MINUTES,
  );
});
