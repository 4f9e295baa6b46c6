import { basename } from 'node:path';
import { execa } from 'execa';
import { type EngineKind, type EngineName, engineKinds } from './engines.ts';
import { EngineProblem } from './problem.ts';

/** A container engine that answered. */
export interface Engine {
  name: EngineName;
  /** Name or path of its client. */
  program: string;
  version: string;
  kind: EngineKind;
  env: Record<string, string>;
}

const ANSWER_MS = 20_000;

/**
 * The engine to work with: `program` (a client's name or path) where the user names one, else the first of those known that
 * answers. Throws EngineProblem `no-engine` with what each said, and `interrupted`.
 */
export async function findEngine(program: string | undefined, signal = new AbortController().signal): Promise<Engine> {
  const names = Object.keys(engineKinds) as EngineName[];
  const tried = program === undefined ? names.map((name) => ({ name, client: name as string })) : [{ name: nameOf(program), client: program }];
  const answers: string[] = [];
  for (const { name, client } of tried) {
    const answer = await ask(name, client, signal);
    if (signal.aborted) throw new EngineProblem('interrupted');
    if (typeof answer !== 'string') return answer;
    answers.push(`${client}: ${answer}`);
  }
  throw new EngineProblem('no-engine', { answers: answers.join('; ') });
}

function nameOf(program: string): EngineName {
  return basename(program).startsWith('podman') ? 'podman' : 'docker';
}

async function ask(name: EngineName, program: string, cancelSignal: AbortSignal): Promise<Engine | string> {
  const kind: EngineKind = engineKinds[name];
  const { exitCode, stdout, stderr, code, timedOut } = await execa(program, kind.version, { reject: false, timeout: ANSWER_MS, env: kind.env, cancelSignal });
  if (code === 'ENOENT') return 'not installed';
  if (timedOut) return `no answer in ${ANSWER_MS / 1000} s`;
  if (exitCode !== 0 || stdout.trim() === '') return lastLine(stderr) ?? 'no answer';
  const env = { ...kind.env, ...(name === 'docker' && !(await hasBuildKit(program)) && { DOCKER_BUILDKIT: '0' }) };
  return { name, program, version: stdout.trim(), kind, env };
}

/** Clients from 23.0 on leave BuildKit to a plug-in, which may not be installed: https://docs.docker.com/build/buildkit/ */
async function hasBuildKit(program: string): Promise<boolean> {
  const { stdout } = await execa(program, ['version', '--format', '{{.Client.Version}}'], { reject: false, timeout: ANSWER_MS });
  if (Number.parseInt(stdout, 10) < 23) return true;
  return (await execa(program, ['buildx', 'version'], { reject: false, timeout: ANSWER_MS })).exitCode === 0;
}

function lastLine(text: string): string | undefined {
  return text.trim().split('\n').at(-1)?.trim() || undefined;
}
