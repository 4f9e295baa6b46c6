import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { cli, goProject, restage, useFolders } from '../support/cli.ts';

const folderWith = useFolders();
const KILLS = 25;

test('a kill in the middle of --write leaves the original or its successor, whole', async () => {
  const folder = folderWith(goProject);
  const file = join(folder, 'Dockerfile');
  const started = performance.now();
  expect(restage([folder, '--write']).status).toBe(0);
  const took = performance.now() - started;
  const after = readFileSync(file, 'utf8');
  const seen = new Set<string>();
  for (let kill = 0; kill < KILLS; kill++) {
    writeFileSync(file, goProject.Dockerfile);
    const child = spawn(process.execPath, [cli, folder, '--write'], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    // The last third of its life, where it writes.
    await wait(took * (0.65 + (0.4 * kill) / KILLS));
    child.kill('SIGKILL');
    await ended;
    seen.add(readFileSync(file, 'utf8'));
  }
  expect([...seen].filter((text) => text !== goProject.Dockerfile && text !== after)).toEqual([]);
});
