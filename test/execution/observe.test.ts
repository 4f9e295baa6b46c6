import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Conversion } from '../../src/index.ts';
import { restage, useFolders } from '../support/cli.ts';
import { engineVersion } from '../support/docker.ts';
import { root } from '../support/examples.ts';
import { restageJson, restageVerify } from '../support/verify.ts';

const MINUTES = 60_000;
const version = process.env.RUN_BUILDS === '1' ? engineVersion() : undefined;
const folderWith = useFolders();

(version === undefined ? describe.skip : describe)(`convert --observe with engine ${version}`, () => {
  test.concurrent.each([
    ['node-in-root', 'tree-is-root', ['/node_modules', '/dist']],
    ['perl-installer', 'unknown-command', ['/usr/bin/lantern', '/usr/share/lantern']],
    ['mixed-installer', 'mixed-command', ['/etc/beacon', '/usr/bin/beacon', '/usr/local/lib/libglow.so', '/var/log/beacon']],
    ['model-cache', 'unknown-command', ['/app/dist', '/root/.cache', '/run/seer', '/var/log/seer']],
  ])(
    '%s, refused as %s by its text, crosses as it was seen and does the same',
    async (name, code, paths) => {
      const project = join(root, 'test/observe/projects', name);
      expect(JSON.parse(restage([project, '--dry-run', '--json', '--quiet']).stdout)).toMatchObject({ outcome: 'refused', code });

      const folder = folderWith({});
      const facts = join(folder, 'facts.json');
      const { json } = await restageJson<Conversion>(['convert', project, '--dry-run', '--observe', '--facts', facts]);
      expect(json.outcome).toBe('converted');
      for (const path of paths) expect(json.dockerfile).toContain(`COPY --from=builder ${path} ${path}\n`);

      const again = restage([project, '--dry-run', '--facts', facts, '--json', '--quiet'], { env: { PATH: '' } });
      expect((JSON.parse(again.stdout) as Conversion).dockerfile).toBe(json.dockerfile);

      const { found } = await restageVerify([project, '--facts', facts], ({ verdict }) => verdict === 'same');
      expect({ verdict: found.verdict, differences: found.differences }).toEqual({ verdict: 'same', differences: [] });
    },
    20 * MINUTES,
  );

  test('facts of another Dockerfile are refused', async () => {
    const folder = folderWith({ Dockerfile: 'FROM node:20-slim\nWORKDIR /app\nRUN echo 1 > one\nCMD ["cat", "one"]\n' });
    const facts = join(folder, 'facts.json');
    await restageJson<Conversion>(['convert', folder, '--dry-run', '--observe', '--facts', facts]);
    expect(JSON.parse(readFileSync(facts, 'utf8'))).toMatchObject({ schema: 1, instructions: [{ made: [{ path: '/app/one', kind: 'file', bytes: 2 }] }] });
    const { status, stderr } = restage([join(root, 'examples/go-hello/before'), '--dry-run', '--facts', facts]);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/facts\.json: it was written for another Dockerfile/) });
  });
});
