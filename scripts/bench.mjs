// Prints what a conversion costs: a whole process against bare Node, conversions in one warm process, a longer file, and memory.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const cli = join(root, 'dist/cli.js');
const PAIRS = Number(process.argv[2] ?? 30);
const WARM_SECONDS = 3;
/** Instructions of the file that a ten times longer one is compared with. */
const LENGTH = 120;
const FILES = { 'main.c': 'int main(void) { return 0; }\n', 'data.json': '{}\n' };
/** What a program that converts many would set, or give its workers: without a limit V8 lets garbage grow while there is memory. */
const LIMITS = ['--max-semi-space-size=2', '--max-old-space-size=64'];

if (process.argv[2] === '--warm') {
  await printWarm();
} else {
  const rows = [...['node-typescript', 'go-web'].flatMap(startRows), ...warmRows(), await longerRow()];
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${PAIRS} pairs\n`);
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, value] of rows) console.log(`${name.padEnd(width)}  ${value}`);
}

/** Alternating, so that whatever else the machine does hits both alike. */
function startRows(example) {
  const convert = [cli, join(root, 'examples', example, 'before'), '--dry-run'];
  const [bare, whole] = [[], []];
  for (let pair = 0; pair < PAIRS; pair++) {
    bare.push(milliseconds(['-e', '0']));
    whole.push(milliseconds(convert));
  }
  return [
    [`node -e 0`, `${median(bare).toFixed(1)} ms`],
    [`restage ${example}`, `${median(whole).toFixed(1)} ms, ${(median(whole) / median(bare)).toFixed(2)} times bare Node`],
  ];
}

function milliseconds(args) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** In a process of its own, for its memory is looked at as well. */
function warmRows() {
  const { stdout } = spawnSync(process.execPath, [...LIMITS, import.meta.filename, '--warm'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const { perSecond, megabytes, examples } = JSON.parse(stdout);
  const one = spawnSync(process.execPath, ['--input-type=module', '-e', memoryOfOne()], { encoding: 'utf8' });
  return [
    [`warm, all ${examples} examples in turn`, `${Math.round(perSecond)} conversions a second`],
    [`peak memory of that process (${LIMITS.join(' ')})`, `${megabytes.toFixed(0)} MB`],
    ['peak memory of one conversion', `${Number(one.stderr.split('\n').at(-1)).toFixed(0)} MB`],
  ];
}

/** The command line as it is, and what the process had at its end. */
function memoryOfOne() {
  return `process.argv = ['node', ${JSON.stringify(cli)}, ${JSON.stringify(join(root, 'examples/node-typescript/before'))}, '--dry-run', '--quiet'];
process.on('exit', () => process.stderr.write(String(process.resourceUsage().maxRSS / 1024)));
await import(${JSON.stringify(cli)});`;
}

async function printWarm() {
  const { convert, openContext } = await import('../dist/index.js');
  const inputs = readdirSync(join(root, 'examples')).map((name) => join(root, 'examples', name, 'before'));
  const texts = inputs.map((folder) => readFileSync(join(folder, 'Dockerfile'), 'utf8'));
  const round = () => {
    for (const [at, folder] of inputs.entries()) convert({ text: texts[at], path: 'Dockerfile', context: openContext(folder), contextPath: '.' });
  };
  for (let warmUp = 0; warmUp < 10; warmUp++) round();
  const start = performance.now();
  let count = 0;
  for (; performance.now() - start < WARM_SECONDS * 1000; count += inputs.length) round();
  const perSecond = (count * 1000) / (performance.now() - start);
  console.log(JSON.stringify({ perSecond, megabytes: process.resourceUsage().maxRSS / 1024, examples: inputs.length }));
}

/** What a ten times longer file costs: ten times as much is what to strive for. */
async function longerRow() {
  const { convert, memoryContext } = await import('../dist/index.js');
  const context = memoryContext(FILES);
  const [short, long] = [LENGTH, LENGTH * 10].map((length) => leastMilliseconds(() => convert({ text: fileOf(length), path: 'Dockerfile', context })));
  return [`${LENGTH * 10} instructions against ${LENGTH}`, `${long.toFixed(0)} ms, ${(long / short).toFixed(1)} times as much`];
}

/** A file of that many instructions, whose paths, owners, variables and removals have to do with each other. */
function fileOf(length) {
  const kinds = [
    (at) => `COPY data.json /opt/app/conf/${at}.json`,
    (at) => `RUN mkdir -p /opt/app/${at} && gcc -O2 -o /opt/app/${at}/tool main.c`,
    (at) => `ENV NAME${at}=/opt/app/${at - 1}`,
    (at) => `RUN chown -R www-data:www-data /opt/app/${at - 2} && rm -rf /tmp/${at}`,
  ];
  const lines = Array.from({ length }, (_, at) => kinds[at % kinds.length](at));
  return ['FROM gcc:12', 'WORKDIR /src', 'COPY . .', ...lines, 'RUN gcc -o /app main.c', 'CMD ["/app"]', ''].join('\n');
}

/** The least of several times: other work of the machine only adds to it. */
function leastMilliseconds(work) {
  const times = Array.from({ length: 20 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}
