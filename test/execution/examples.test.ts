import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parseDockerfile } from '../../src/index.ts';
import { build, engineVersion, type ImageConfig, inspectImage, remove } from '../support/docker.ts';
import { type Example, listExamples } from '../support/examples.ts';
import { probe, type Seen } from '../support/probe.ts';

const MINUTES = 60_000;
const wanted = process.env.RUN_BUILDS === '1';
const version = wanted ? engineVersion() : undefined;
const examples = listExamples().filter(({ folder }) => existsSync(join(folder, 'after/Dockerfile')));
const rows: [string, string, string, string, string][] = [];

if (wanted && version === undefined) process.stderr.write('\nNo container engine answers: the examples are NOT built and run.\n');

(wanted && version !== undefined ? describe : describe.skip)(`before and after with engine ${version}`, () => {
  afterAll(printTable);

  test.each(examples)(
    '$name does the same',
    async (example) => {
      const id = `restage-test-${process.pid}-${example.name}`;
      const [before, after] = [`${id}:before`, `${id}:after`];
      let sizes: number[] = [];
      try {
        await buildBoth(example, before, after);
        const images = [await inspectImage(before), await inspectImage(after)] as const;
        sizes = images.map(({ Size }) => Size);
        expect(promised(images[1].Config, example)).toEqual(promised(images[0].Config, example));
        await expectSameBehaviour(example, id, before, after);
        rows.push([example.name, ...sizeCells(sizes), 'same']);
      } catch (error) {
        rows.push([example.name, ...sizeCells(sizes), sizes.length === 0 ? 'does not build' : 'DIFFERS']);
        throw error;
      } finally {
        await remove('image', [before, after]);
      }
    },
    20 * MINUTES,
  );
});

async function buildBoth({ folder, run }: Example, before: string, after: string): Promise<void> {
  const shared = { context: join(folder, 'before'), ...(run.buildArgs && { args: run.buildArgs }) };
  await build({ ...shared, tag: before, dockerfile: join(folder, 'before/Dockerfile') });
  await build({ ...shared, tag: after, dockerfile: join(folder, 'after/Dockerfile') });
}

/** What an image says by itself differs from run to run (times, random names); only what is the same twice is compared. */
async function expectSameBehaviour({ run }: Example, id: string, before: string, after: string): Promise<void> {
  const [first, second, third] = [
    await probe(before, `${id}-1`, run.probe),
    await probe(before, `${id}-2`, run.probe),
    await probe(after, `${id}-3`, run.probe),
  ];
  for (const seen of [first, third]) expectAsTold(seen, { run });
  if (JSON.stringify(first) === JSON.stringify(second)) expect(third).toEqual(first);
}

function expectAsTold(seen: Seen, { run: { probe: told } }: Pick<Example, 'run'>): void {
  if (told.kind === 'http') expect(seen).toEqual({ status: told.status, body: expect.stringMatching(new RegExp(told.body)) });
  else expect(seen).toEqual({ exitCode: told.exitCode, output: expect.stringContaining(told.output) });
}

/** The part of an image's configuration that the Dockerfile itself sets. What was allowed to change is left out. */
function promised(config: ImageConfig, { folder, run }: Example): Record<string, unknown> {
  const { instructions } = parseDockerfile(readFileSync(join(folder, 'before/Dockerfile'), 'utf8'), '');
  const sets = (keyword: string) => instructions.some((instruction) => instruction.keyword === keyword);
  const names = new Set(instructions.filter(({ keyword }) => keyword === 'ENV').flatMap(({ value }) => value.match(/[A-Za-z_]\w*(?==)|^[A-Za-z_]\w*/g) ?? []));
  const labels = new Set(instructions.filter(({ keyword }) => keyword === 'LABEL').flatMap(({ value }) => value.match(/[\w.-]+(?==)/g) ?? []));
  return {
    Env: (config.Env ?? []).filter((pair) => names.has(pair.split('=')[0] ?? '')).sort(),
    Labels: Object.fromEntries(Object.entries(config.Labels ?? {}).filter(([name]) => labels.has(name))),
    ...(sets('EXPOSE') && { ExposedPorts: config.ExposedPorts }),
    ...(sets('VOLUME') && { Volumes: config.Volumes }),
    ...(sets('WORKDIR') && { WorkingDir: config.WorkingDir }),
    ...(sets('USER') && !run.options.includes('--harden') && { User: config.User }),
    ...(sets('HEALTHCHECK') && { Healthcheck: config.Healthcheck }),
    ...(sets('STOPSIGNAL') && { StopSignal: config.StopSignal }),
    ...(sets('ENTRYPOINT') && { Entrypoint: config.Entrypoint }),
    ...(sets('CMD') && !run.options.includes('--allow') && { Cmd: config.Cmd }),
  };
}

function sizeCells([before, after]: number[]): [string, string, string] {
  const megabytes = (bytes: number | undefined) => (bytes === undefined ? '' : `${(bytes / 1e6).toFixed(1)} MB`);
  return [megabytes(before), megabytes(after), before && after ? `${((100 * after) / before).toFixed(0)} %` : ''];
}

function printTable(): void {
  const lines = [['example', 'before', 'after', 'left', 'verdict'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const text = lines.map((line) => line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '));
  process.stderr.write(`\n${text.join('\n')}\n`);
}
