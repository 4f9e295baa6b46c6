// Removes what a session made, once the process that held the other end of standard input is gone. Plain JavaScript without
// packages: it runs as it stands here, from the sources as from the built package.
// Lines that it is told: `+PID` and `-PID`, a client of the engine has started and ended; `done NAME…`, the work came to its end,
// and these images stay. It says `no answer` where it has to wait for the engine.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const { program, env, id, label, folder } = JSON.parse(process.argv[2]);
const LIST_MS = 20_000;
const REMOVE_MS = 120_000;
const PAUSE_MS = 400;
const ROUNDS = 20;
/** What was cut off may come to its end a moment later: a container that was being made, an image that was being named. */
const QUIET_ROUNDS = 5;
/** An engine that fell over is mostly started again by the system. */
const PATIENCE_MS = 120_000;
const PATIENT_PAUSE_MS = 1000;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
process.stdout.on('error', () => undefined);
const { running, done, keep } = understand(await told());
for (const pid of running) end(pid);
rmSync(folder, { recursive: true, force: true });
const began = Date.now();
const enough = done ? 1 : QUIET_ROUNDS;
for (let round = 1, quiet = 0; round <= ROUNDS && quiet < enough; ) {
  const removed = removeAll();
  if (removed === undefined) {
    process.stdout.write('no answer\n');
    if (Date.now() - began > PATIENCE_MS) break;
    await wait(PATIENT_PAUSE_MS);
    continue;
  }
  round++;
  quiet = removed ? 0 : quiet + 1;
  if (quiet > 0 && quiet < enough) await wait(PAUSE_MS);
}
process.exit();

async function told() {
  let text = '';
  process.stdin.on('data', (chunk) => {
    text += chunk;
  });
  await new Promise((resolve) => process.stdin.on('close', resolve));
  return text.split('\n');
}

function understand(lines) {
  const running = new Set();
  for (const line of lines) {
    if (line.startsWith('+')) running.add(line.slice(1));
    if (line.startsWith('-')) running.delete(line.slice(1));
  }
  const last = lines.find((line) => line.startsWith('done'));
  return { running, done: last !== undefined, keep: last?.split(' ').slice(1) ?? [] };
}

/** A client that outlives who called it goes on building. */
function end(pid) {
  try {
    process.kill(Number(pid), 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Whether there was anything to remove; undefined where the engine does not answer. */
function removeAll() {
  const parts = [
    [
      ['ps', '--all', '--quiet', '--filter', `label=${label}`],
      ['rm', '--force', '--volumes'],
    ],
    [
      ['network', 'ls', '--quiet', '--filter', `label=${label}`],
      ['network', 'rm'],
    ],
    [
      ['images', '--format', '{{.Repository}}:{{.Tag}}', '--filter', `reference=${id}`],
      // Without force, which takes an image along though others have given it a name as well.
      ['rmi'],
    ],
  ];
  const counts = parts.map(([list, remove]) => removeListed(list, remove));
  return counts.includes(undefined) ? undefined : counts.some((count) => count > 0);
}

function removeListed(list, remove) {
  const { status, stdout } = call(list, LIST_MS);
  if (status !== 0) return undefined;
  const found = stdout.split(/\s+/).filter(isOurs);
  if (found.length > 0) call([...remove, ...found], REMOVE_MS);
  return found.length;
}

/** Podman lists an image by all the names that it has, a base image as well; it puts a registry's name in front. */
function isOurs(line) {
  const name = line.slice(line.lastIndexOf('/') + 1);
  return line !== '' && !keep.includes(name) && (!name.includes(':') || name.startsWith(`${id}:`));
}

function call(args, timeout) {
  return spawnSync(program, args, { env: { ...process.env, ...env }, encoding: 'utf8', timeout, killSignal: 'SIGKILL', stdio: ['ignore', 'pipe', 'ignore'] });
}
