import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A Docker Engine of the tests' own, which may be filled, stopped and killed. */
export interface OwnEngine {
  folder: string;
  socket: string;
  /** Of the disk it works on, where it is not the machine's own. */
  megabytes: number | undefined;
  daemon: ChildProcess;
}

const client = process.env.DOCKER ?? 'docker';
const START_SECONDS = 60;
const BYTES = 2_000_000_000;

/** Why there can be none here; undefined where there can. */
export function whyNoOwnEngine(): string | undefined {
  if (process.getuid?.() !== 0) return 'takes root';
  const missing = ['dockerd', 'unshare', 'nsenter'].find((program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status !== 0);
  return missing && `takes ${missing}`;
}

/** Starts an engine with one image of the engine that the tests are given. */
export async function startOwnEngine(image: string, megabytes?: number): Promise<OwnEngine> {
  const folder = mkdtempSync(join(roomyMemory() ?? tmpdir(), 'own-engine-'));
  mkdirSync(join(folder, 'data'));
  const socket = join(folder, 'socket');
  const engine = { folder, socket, megabytes, daemon: launch(folder, socket, megabytes) };
  await untilUp(engine);
  const archive = join(folder, 'image.tar');
  expectDone(spawnSync(client, ['save', '--output', archive, image], { encoding: 'utf8' }));
  expectDone(spawnSync(client, ['load', '--input', archive], { encoding: 'utf8', env: engineEnv(engine) }));
  rmSync(archive);
  return engine;
}

/** A folder in memory, where an engine is much faster, and that has room for a few images. */
function roomyMemory(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize > BYTES ? '/dev/shm' : undefined;
  } catch {
    return undefined;
  }
}

/**
 * In namespaces of its own: whatever it starts, mounts and connects is gone when it is, and has nothing to do with another
 * engine on this machine.
 */
function launch(folder: string, socket: string, megabytes: number | undefined): ChildProcess {
  const data = join(folder, 'data');
  const disk = megabytes === undefined ? '' : `mount -t tmpfs -o size=${megabytes}m tmpfs '${data}' && `;
  const command = ['dockerd', '--data-root', data, '--exec-root', join(folder, 'exec'), '--host', `unix://${socket}`, '--pidfile', join(folder, 'pid')];
  const namespaces = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  return spawn('unshare', [...namespaces, 'sh', '-c', `mount -t tmpfs tmpfs /run && ${disk}exec "$@"`, 'sh', ...command, '--iptables=false'], {
    stdio: 'ignore',
  });
}

async function untilUp(engine: OwnEngine): Promise<void> {
  for (let second = 0; second < START_SECONDS; second += 0.25) {
    if (spawnSync(client, ['version'], { env: engineEnv(engine), stdio: 'ignore' }).status === 0) return;
    await wait(250);
  }
  throw new Error(`${engine.folder}: dockerd does not start`);
}

/** The environment in which a client speaks to it. */
export function engineEnv({ socket }: OwnEngine): NodeJS.ProcessEnv {
  return { ...process.env, DOCKER_HOST: `unix://${socket}` };
}

/** Words that start a program where the engine's containers can be reached. */
export function besideEngine({ daemon }: OwnEngine): string[] {
  return ['nsenter', `--net=/proc/${daemon.pid}/ns/net`];
}

/** As a machine dies: the engine and all that it runs, at once. */
export async function killEngine({ daemon }: OwnEngine): Promise<void> {
  const ended = new Promise((resolve) => daemon.once('exit', resolve));
  daemon.kill('SIGKILL');
  await ended;
}

/** What it had on its disk is there again; not that of an engine with a disk of its own. */
export async function restartEngine(engine: OwnEngine): Promise<void> {
  // What a machine has in /run is gone when it starts again: process ids that others have by now.
  for (const name of ['pid', 'exec']) rmSync(join(engine.folder, name), { recursive: true, force: true });
  engine.daemon = launch(engine.folder, engine.socket, engine.megabytes);
  await untilUp(engine);
}

export async function removeEngine(engine: OwnEngine): Promise<void> {
  if (engine.daemon.exitCode === null && engine.daemon.signalCode === null) await killEngine(engine);
  rmSync(engine.folder, { recursive: true, force: true });
}

/** All that an engine holds, as its own lists show it. */
export function holdings(engine: OwnEngine): Record<string, string[]> {
  const lists = {
    containers: ['ps', '--all', '--format', '{{.Names}}'],
    images: ['images', '--all', '--format', '{{.Repository}}:{{.Tag}} {{.ID}}'],
    networks: ['network', 'ls', '--format', '{{.Name}}'],
    volumes: ['volume', 'ls', '--format', '{{.Name}}'],
  };
  return Object.fromEntries(
    Object.entries(lists).map(([name, args]) => {
      const listed = expectDone(spawnSync(client, args, { encoding: 'utf8', env: engineEnv(engine) }));
      return [name, listed.split('\n').filter(Boolean).sort()];
    }),
  );
}

function expectDone({ status, stdout, stderr }: { status: number | null; stdout: string; stderr: string }): string {
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
