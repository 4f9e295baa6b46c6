// Removes what a session made, once the process that held the other end of standard input is gone. Plain JavaScript without
// packages: it runs as it stands here, from the sources as from the built package.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const { program, env, id, label, folder, keep } = JSON.parse(process.argv[2]);
/** A build that was cut off may be tagged a moment later. */
const ROUNDS = 5;
const PAUSE_MS = 400;
const CALL_MS = 60_000;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
process.stdin.resume();
await new Promise((resolve) => process.stdin.on('close', resolve));
rmSync(folder, { recursive: true, force: true });
for (let round = 0; round < ROUNDS; round++) {
  if (round > 0) await wait(PAUSE_MS);
  if (!removeAll() && round > 0) break;
}

/** Whether there was anything to remove. */
function removeAll() {
  const containers = removeListed(['ps', '--all', '--quiet', '--filter', `label=${label}`], ['rm', '--force', '--volumes']);
  const networks = removeListed(['network', 'ls', '--quiet', '--filter', `label=${label}`], ['network', 'rm']);
  const images = !keep && removeListed(['images', '--format', '{{.Repository}}:{{.Tag}}', '--filter', `reference=${id}`], ['rmi', '--force']);
  return containers || networks || images;
}

function removeListed(list, remove) {
  const found = call(list).split(/\s+/).filter(Boolean);
  if (found.length > 0) call([...remove, ...found]);
  return found.length > 0;
}

function call(args) {
  const { stdout } = spawnSync(program, args, { env: { ...process.env, ...env }, encoding: 'utf8', timeout: CALL_MS, stdio: ['ignore', 'pipe', 'ignore'] });
  return stdout ?? '';
}
