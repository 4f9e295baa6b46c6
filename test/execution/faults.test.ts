import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { useFolders } from '../support/cli.ts';
import { faults, IMAGE } from '../support/faults.ts';
import {
  besideEngine,
  engineEnv,
  holdings,
  killEngine,
  type OwnEngine,
  removeEngine,
  restartEngine,
  startOwnEngine,
  whyNoOwnEngine,
} from '../support/own-engine.ts';
import { type Ended, type RestageProcess, startRestage, type Where } from '../support/restage-process.ts';

const MINUTES = 60_000;
const client = process.env.DOCKER ?? 'docker';
const isWanted = process.env.RUN_BUILDS === '1';
const lacking = whyNoOwnEngine();
const folderWith = useFolders();
/** Of all that is started here, and of nothing else. */
const temporary = mkdtempSync(join(tmpdir(), 'faults-'));

afterAll(() => rmSync(temporary, { recursive: true, force: true }));

if (isWanted && lacking !== undefined) process.stderr.write(`\nFaults of and with an engine are NOT tested: an engine of the tests' own ${lacking}.\n`);

/** A Dockerfile and its conversion, which is the same here: faults do not look at it. */
function project(dockerfile: string, files: Record<string, string> = {}): string {
  return folderWith({ Dockerfile: dockerfile, 'Dockerfile.multistage': dockerfile, ...files });
}

function verify(folder: string, options: readonly string[], { env, prefix }: Where): RestageProcess {
  const surroundings = { ...env, TMPDIR: env.TMPDIR ?? temporary, XDG_CACHE_HOME: join(folder, '.cache') };
  return startRestage(['verify', folder, ...options], { env: surroundings, ...(prefix && { prefix }) });
}

function expectClear({ status, stderr }: Ended, told: { status: number; message: RegExp; help: RegExp }): void {
  expect({ status, stderr }).toEqual({ status: told.status, stderr: expect.stringMatching(told.message) });
  expect(stderr.trimEnd().split('\n').at(-1)).toMatch(told.help);
  expect(stderr).not.toMatch(/\n\s+at .+:\d+|defect of restage/);
}

describe('faults before an engine is there', () => {
  const plain = `FROM ${IMAGE}\nCMD ["true"]\n`;

  test('no engine is installed', async () => {
    const ended = await verify(project(plain), [], { env: { ...process.env, PATH: temporary } }).ended;
    expectClear(ended, { status: 2, message: /no container engine answers \(docker: not installed; podman: not installed\)/, help: /Start Docker or Podman/ });
  });

  test('an engine that is named is not installed', async () => {
    const ended = await verify(project(plain), ['--engine', '/nowhere/docker'], { env: process.env }).ended;
    expectClear(ended, { status: 2, message: /no container engine answers \(\/nowhere\/docker: not installed\)/, help: /name the client with --engine/ });
  });

  test('restage.json is broken', async () => {
    const broken = [
      ['{ "env": ', /restage\.json: .*JSON/],
      ['{ "timeout": "long" }', /restage\.json\/timeout: must be/],
      ['{ "wait": 3 }', /restage\.json: must NOT have additional properties: wait/],
    ] as const;
    for (const [settings, message] of broken) {
      const ended = await verify(project(plain, { 'restage.json': settings }), [], { env: process.env }).ended;
      expectClear(ended, { status: 2, message, help: /See restage --help/ });
    }
  });

  (isWanted && lacking === undefined ? test : test.skip)(
    'the engine accepts calls and answers none',
    async () => {
      const socket = join(temporary, 'silent');
      const server = createServer(() => undefined).listen(socket);
      try {
        const env = { ...process.env, DOCKER_HOST: `unix://${socket}` };
        const running = verify(project(plain), ['--engine', client], { env });
        const interrupted = verify(project(plain), ['--engine', client], { env });
        await wait(2000);
        interrupted.interrupt();
        expectClear(await interrupted.ended, { status: 130, message: /interrupted/, help: /was removed/ });
        expectClear(await running.ended, { status: 2, message: /no container engine answers \(.*: no answer in 20 s\)/, help: /Start Docker or Podman/ });
      } finally {
        server.close();
      }
    },
    MINUTES,
  );

  afterAll(() => expect(readdirSync(temporary).filter((name) => name !== 'silent')).toEqual([]));
});

(isWanted && lacking === undefined ? describe : describe.skip)(`faults with an engine of the tests' own${lacking ? ` (${lacking})` : ''}`, () => {
  let engine: OwnEngine;
  let before: Record<string, string[]>;
  let place: Where;

  beforeAll(async () => {
    engine = await startOwnEngine(IMAGE);
    before = holdings(engine);
    place = { env: engineEnv(engine), prefix: besideEngine(engine) };
  }, 2 * MINUTES);
  afterAll(() => removeEngine(engine));

  const start = (folder: string, ...options: string[]) => verify(folder, ['--engine', client, ...options], place);
  const left = (): Record<string, string[]> => ({ ...holdings(engine), files: readdirSync(temporary) });
  const expectNothingLeft = () => expect(left()).toEqual({ ...before, files: [] });

  async function expectNothingLeftSoon(seconds: number): Promise<void> {
    for (let waited = 0; waited < seconds && JSON.stringify(left()) !== JSON.stringify({ ...before, files: [] }); waited += 0.5) await wait(500);
    expectNothingLeft();
  }

  test.each(faults)(
    '$name',
    async ({ dockerfile, files, options = [], ...told }) => {
      const ended = await start(project(dockerfile, files), '--timeout', '1', ...options).ended;
      expectClear(ended, told);
      expect(ended.seconds).toBeLessThan(told.seconds ?? 90);
      expectNothingLeft();
    },
    3 * MINUTES,
  );

  test('the temporary folder cannot be written to', async () => {
    const env = { ...place.env, TMPDIR: '/nowhere' };
    const ended = await verify(project(`FROM ${IMAGE}\nCMD ["true"]\n`), ['--engine', client], { ...place, env }).ended;
    expectClear(ended, { status: 2, message: /the temporary folder \/nowhere cannot be used: .*ENOENT/, help: /TMPDIR/ });
    expectNothingLeft();
  });

  /** Takes some seconds, of building and of running; `NONCE` keeps the builder from taking what it did before. */
  const slow = `FROM ${IMAGE}\nARG NONCE\nRUN sleep 1; echo $NONCE > /nonce\nVOLUME /data\nSTOPSIGNAL SIGKILL\nCMD ["sh", "-c", "echo up; exec sleep 1000"]\n`;
  const startSlow = (nonce: string) => start(project(slow), '--timeout', '1', '--build-arg', `NONCE=${nonce}`);

  test(
    '--keep leaves two images and nothing else',
    async () => {
      const kept = await start(project(slow), '--timeout', '1', '--keep').ended;
      expectClear(kept, { status: 0, message: /same/, help: /looked at|kept/ });
      const names = [...kept.stderr.matchAll(/kept (\S+)/g)].map(([, name = '']) => name);
      expect(names).toHaveLength(2);
      const now = left();
      const added = now.images?.filter((image) => !before.images?.includes(image)) ?? [];
      expect(added.map((image) => image.split(' ')[0])).toEqual(names.sort());
      expect(now).toEqual({ ...before, images: [...(before.images ?? []), ...added].sort(), files: [] });
      before = holdings(engine);
    },
    MINUTES,
  );

  const stages = [
    'building the first image',
    'building the second image',
    'running the first image',
    'running the second image',
    'running the first image again',
  ];

  test.each(stages.map((stage) => ({ stage, milliseconds: Math.round(Math.random() * 900) })))(
    'Ctrl-C $milliseconds ms after $stage',
    async ({ stage, milliseconds }) => {
      const running = startSlow(`interrupted-${stage}`);
      await running.said(stage);
      await wait(milliseconds);
      running.interrupt();
      const asked = performance.now();
      expectClear(await running.ended, { status: 130, message: /cannot-judge: interrupted/, help: /What had been made was removed/ });
      expect(performance.now() - asked).toBeLessThan(20_000);
      expectNothingLeft();
    },
    MINUTES,
  );

  test(
    'a second Ctrl-C ends it at once, and nothing is left soon after',
    async () => {
      const running = startSlow('twice');
      await running.said('running the first image');
      running.interrupt();
      await running.said('interrupted');
      await wait(700);
      running.interrupt();
      const asked = performance.now();
      expect((await running.ended).status).toBe(130);
      expect(performance.now() - asked).toBeLessThan(1000);
      await expectNothingLeftSoon(30);
    },
    MINUTES,
  );

  test.each(['building the first image', 'building the second image', 'running the second image'])(
    'killed while it is %s',
    async (stage) => {
      const running = startSlow(`killed-${stage}`);
      await running.said(stage);
      await wait(700);
      running.kill();
      expect((await running.ended).status).toBe(137);
      await expectNothingLeftSoon(30);
    },
    MINUTES,
  );

  test(
    'killed in a build that would go on for long',
    async () => {
      const running = start(project(`FROM ${IMAGE}\nRUN sleep 5\nCMD ["true"]\n`));
      await running.said('building the first image');
      await wait(1500);
      running.kill();
      await running.ended;
      await wait(6000);
      await expectNothingLeftSoon(5);
    },
    MINUTES,
  );

  test.each(['building the first image', 'running the first image'])(
    'the engine dies while restage is %s',
    async (stage) => {
      const running = startSlow(`engine-${stage}`);
      await running.said(stage);
      await wait(600);
      await killEngine(engine);
      const ended = await running.ended;
      await restartEngine(engine);
      place = { ...place, prefix: besideEngine(engine) };
      expectClear(ended, { status: 2, message: /the engine is gone: .+/, help: /Start it again, then repeat the command/ });
      await expectNothingLeftSoon(60);
    },
    2 * MINUTES,
  );
});

(isWanted && lacking === undefined ? describe : describe.skip)(`a small disk of an engine of the tests' own${lacking ? ` (${lacking})` : ''}`, () => {
  test.each([
    ['a build', `FROM ${IMAGE}\nRUN head -c 300000000 /dev/zero > /big\nCMD ["true"]\n`],
    ['the images of a build', `FROM ${IMAGE}\nCOPY . /copied\nRUN cp -r /copied /again; cp -r /copied /third\nCMD ["true"]\n`],
  ])(
    '%s fills it',
    async (_, dockerfile) => {
      const engine = await startOwnEngine(IMAGE, 180);
      try {
        const before = holdings(engine);
        const folder = project(dockerfile, { data: 'x'.repeat(30_000_000) });
        const ended = await verify(folder, ['--engine', client], { env: engineEnv(engine), prefix: besideEngine(engine) }).ended;
        expectClear(ended, { status: 2, message: /the engine's disk is full: .*no space left on device/i, help: /Make room, for instance with/ });
        expect({ ...holdings(engine), files: readdirSync(temporary) }).toEqual({ ...before, files: [] });
      } finally {
        await removeEngine(engine);
      }
    },
    2 * MINUTES,
  );
});
