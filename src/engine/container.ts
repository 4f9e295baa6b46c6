import { call, demand } from './call.ts';
import { RUN_LABEL, type Session } from './session.ts';

export interface StartInput {
  image: string;
  /** What the container is called within the session. */
  role: string;
  /** Other names that it has on the session's network. */
  aliases?: readonly string[];
  env?: readonly string[];
  envFile?: string;
  /** Words given to the image's entry point in place of its CMD. */
  command?: readonly string[];
  memory: string;
  processes: number;
  /** On the network of another container of the session. */
  beside?: Container;
  entrypoint?: string;
}

export interface Container {
  id: string;
  image: string;
}

/** Its image may have to be fetched first. */
const START_MS = 900_000;
/** A container that prints for ever must not fill the disk. Two files: of what is more than LINES or CHARACTERS, that much is always there. */
const LOG = ['--log-driver', 'json-file', '--log-opt', 'max-size=16m', '--log-opt', 'max-file=2'];
const LINES = 50_000;
const CHARACTERS = 1_000_000;

export interface ContainerState {
  running: boolean;
  exitCode: number;
  outOfMemory: boolean;
  /** Of its first process, as the engine's machine counts them; 0 where it has ended. */
  pid: number;
  address: string;
}

/** Starts a container with limits, on the session's own network, without a port on this machine. Gives the engine's words where it cannot be started. */
export async function startContainer(session: Session, input: StartInput): Promise<Container | { problem: string }> {
  const name = `${session.id}-${input.role}`;
  const place = input.beside ? ['--network', `container:${input.beside.id}`] : ['--network', session.network];
  const limits = ['--memory', input.memory, '--pids-limit', String(input.processes)];
  const words = [
    ...['run', '--detach', '--name', name, '--label', `${RUN_LABEL}=${session.id}`, ...place, ...limits, ...LOG],
    ...(input.aliases ?? []).flatMap((alias) => ['--network-alias', alias]),
    ...(input.envFile === undefined ? [] : ['--env-file', input.envFile]),
    ...(input.env ?? []).flatMap((pair) => ['--env', pair]),
    ...(input.entrypoint === undefined ? [] : ['--entrypoint', input.entrypoint]),
    ...[input.image, ...(input.command ?? [])],
  ];
  const { code, stdout, stderr } = await call(session, words, { timeoutMs: START_MS });
  if (code === 0) return { id: stdout.trim().split('\n').at(-1) ?? name, image: input.image };
  if (code === undefined) return { problem: `it is not started in ${START_MS / 1000} s` };
  return { problem: (stderr.trim() || 'it does not start').split('\n').slice(-3).join(' ') };
}

interface Inspected {
  State: { Running: boolean; ExitCode: number; OOMKilled: boolean; Pid: number };
  NetworkSettings: { IPAddress?: string; Networks?: Record<string, { IPAddress?: string }> };
}

export async function containerState(session: Session, { id }: Container): Promise<ContainerState> {
  const [found] = JSON.parse(await demand(session, ['container', 'inspect', id])) as [Inspected];
  const { State: state, NetworkSettings: settings } = found;
  const addresses = [settings.IPAddress, ...Object.values(settings.Networks ?? {}).map((network) => network.IPAddress)];
  return { running: state.Running, exitCode: state.ExitCode, outOfMemory: state.OOMKilled, pid: state.Pid, address: addresses.find(Boolean) ?? '' };
}

export interface Output {
  stdout: string[];
  stderr: string[];
  /** It is more than is kept: what is missing may be the beginning or the end. */
  endless: boolean;
}

export async function containerOutput(session: Session, { id }: Container): Promise<Output> {
  const { stdout, stderr, cut } = await call(session, ['logs', id], { outputLimit: CHARACTERS, quoted: ANY });
  const lines = (text: string) => (text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/));
  const found = { stdout: lines(stdout), stderr: lines(stderr) };
  return { ...found, endless: cut || found.stdout.length + found.stderr.length > LINES };
}

/** For what a container prints. */
const ANY = /^/;

/** Paths that the container's processes made, sorted; what its volumes hold is not among them. */
export async function madePaths(session: Session, { id }: Container): Promise<string[]> {
  const { code, stdout } = await call(session, ['diff', id]);
  return code === 0
    ? stdout
        .split('\n')
        .filter((line) => line.startsWith('A '))
        .map((line) => line.slice(2).trim())
        .sort()
    : [];
}

/** Runs a command in a running container as its own user. Gives the exit code; undefined where it takes too long. */
export async function execute(
  session: Session,
  { id }: Container,
  command: readonly string[],
  timeoutMs: number,
): Promise<{ code: number | undefined; stdout: string }> {
  return call(session, ['exec', id, ...command], { timeoutMs, quoted: ANY });
}

/** Asks a container to end, with the signal that its image names, and ends it after a while. Gives whether it ended by itself. */
export async function stopContainer(session: Session, container: Container, seconds: number): Promise<boolean> {
  await call(session, ['stop', '--time', String(seconds), container.id]);
  const { running, exitCode } = await containerState(session, container);
  return !running && exitCode !== KILLED;
}

/** 128 and the number of SIGKILL. */
const KILLED = 137;

export async function removeContainer(session: Session, { id }: Container): Promise<void> {
  await call(session, ['rm', '--force', '--volumes', id]);
}
