import { execa } from 'execa';
import type { Session } from './session.ts';

/** A package as a bill of materials names it. */
export interface Component {
  name: string;
  version: string;
}

const SCAN_MS = 600_000;
const OUTPUT_LIMIT = 256 * 1024 * 1024;

/**
 * The packages in an image, by `syft`; undefined where it is not installed or does not answer. The form is CycloneDX's:
 * https://cyclonedx.org/docs/1.6/json/#components
 */
export async function listComponents(session: Session, image: string): Promise<Component[] | undefined> {
  const found = await scan<{ components?: { type?: string; name?: string; version?: string }[] }>(session, 'syft', image, [
    '--output',
    'cyclonedx-json',
    '--quiet',
  ]);
  const components = found?.components?.filter(({ type }) => type !== 'file' && type !== 'operating-system');
  return components?.map(({ name = '', version = '' }) => ({ name, version }));
}

/** Ids of known vulnerabilities of an image by severity, by `grype`; undefined where it is not installed or has no list of them. */
export async function listVulnerabilities(session: Session, image: string): Promise<Record<string, number> | undefined> {
  const found = await scan<{ matches?: { vulnerability?: { id?: string; severity?: string } }[] }>(session, 'grype', image, ['--output', 'json', '--quiet']);
  if (!found?.matches) return undefined;
  const known = new Map(found.matches.map(({ vulnerability }) => [vulnerability?.id ?? '', vulnerability?.severity ?? 'Unknown']));
  const counts: Record<string, number> = {};
  for (const severity of known.values()) counts[severity] = (counts[severity] ?? 0) + 1;
  return counts;
}

/** Both name an image by the engine that has it: https://github.com/anchore/syft/wiki/supported-sources */
async function scan<T>({ engine, signal }: Session, program: string, image: string, options: readonly string[]): Promise<T | undefined> {
  const { exitCode, stdout } = await execa(program, [`${engine.name}:${image}`, ...options], {
    ...{ reject: false, env: engine.env, cancelSignal: signal, timeout: SCAN_MS, maxBuffer: OUTPUT_LIMIT },
  });
  if (exitCode !== 0) return undefined;
  try {
    return JSON.parse(stdout) as T;
  } catch {
    return undefined;
  }
}
