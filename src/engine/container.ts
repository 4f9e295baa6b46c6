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
  const { code, stdout, stderr } = await call(session, [
    ...['run', '--detach', '--name', name, '--label', `${RUN_LABEL}=${session.id}`, ...place, ...limits],
    ...(input.aliases ?? []).flatMap((alias) => ['--network-alias', alias]),
    ...(input.envFile === undefined ? [] : ['--env-file', input.envFile]),
    ...(input.env ?? []).flatMap((pair) => ['--env', pair]),
    ...(input.entrypoint === undefined ? [] : ['--entrypoint', input.entrypoint]),
    ...[input.image, ...(input.command ?? [])],
  ]);
  if (code === 0) return { id: stdout.trim().split('\n').at(-1) ?? name, image: input.image };
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

export async function containerOutput(session: Session, { id }: Container): Promise<{ stdout: string[]; stderr: string[] }> {
  const { stdout, stderr } = await call(session, ['logs', id]);
  const lines = (text: string) => (text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/));
  return { stdout: lines(stdout), stderr: lines(stderr) };
}

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
  return call(session, ['exec', id, ...command], { timeoutMs });
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
