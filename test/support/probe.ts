import { setTimeout as wait } from 'node:timers/promises';
import { docker, remove } from './docker.ts';
import type { Probe } from './examples.ts';

/** What was seen of a running image: all that has to be the same before and after. */
export type Seen = { status: number; body: string } | { exitCode: number; output: string };

type HttpProbe = Extract<Probe, { kind: 'http' }>;

const START_SECONDS = 60;
const END_SECONDS = 120;

/** Runs an image and looks at it as the probe says. */
export async function probe(tag: string, name: string, how: Probe): Promise<Seen> {
  try {
    return how.kind === 'http' ? await probeHttp(tag, name, how) : await probeOutput(tag, name);
  } finally {
    await remove('container', [name]);
  }
}

async function probeOutput(tag: string, name: string): Promise<Seen> {
  await docker(['run', '-d', '--name', name, tag]);
  for (let second = 0; second < END_SECONDS && (await state(name)).Running; second += 0.5) await wait(500);
  return { exitCode: (await state(name)).ExitCode, output: await docker(['logs', name]) };
}

async function probeHttp(tag: string, name: string, how: HttpProbe): Promise<Seen> {
  await docker(['run', '-d', '--name', name, '-p', `127.0.0.1::${how.port}`, tag]);
  const places = await addresses(name, how.port);
  for (let second = 0; second < START_SECONDS; second += 0.5) {
    for (const place of places) {
      const answer = await get(`http://${place}${how.path}`);
      if (answer) return answer;
    }
    if (!(await state(name)).Running) break;
    await wait(500);
  }
  throw new Error(`nothing answers on port ${how.port}: ${await docker(['logs', '--tail', '20', name])}`);
}

/** The published port, and the container's own address for engines that publish none. */
async function addresses(name: string, port: number): Promise<string[]> {
  const published = await docker(['port', name, String(port)]).catch(() => '');
  const address = await docker(['inspect', '--format', '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}', name]);
  return [
    ...published.trim().split('\n'),
    ...address
      .trim()
      .split(/\s+/)
      .map((ip) => `${ip}:${port}`),
  ].filter((place) => /^[\d.]+:\d+$/.test(place));
}

async function get(url: string): Promise<Seen | undefined> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5000) });
    return { status: response.status, body: await response.text() };
  } catch {
    return undefined;
  }
}

async function state(name: string): Promise<{ Running: boolean; ExitCode: number }> {
  return JSON.parse(await docker(['inspect', '--format', '{{json .State}}', name])) as { Running: boolean; ExitCode: number };
}
