import { createHash } from 'node:crypto';
import { type BuildInput, buildImage } from '../engine/build.ts';
import { findEngine } from '../engine/engine.ts';
import { bytesOf } from '../engine/image.ts';
import { readImages } from '../engine/images.ts';
import { withSession } from '../engine/session.ts';
import { parseDockerfile } from '../parse/dockerfile.ts';
import type { Observation } from '../types.ts';
import { isPackageBook, observedWrites } from './writes.ts';

export interface ObserveInput {
  build: Omit<BuildInput, 'role'>;
  engine?: string;
  signal?: AbortSignal;
  tell?: (text: string) => void;
}

/** What was seen, or why nothing was: the last lines of the build, or that its layers cannot be told apart. */
export type Observed = { observation: Observation } | { problem: string };

/** Builds a Dockerfile once and reads from its layers what each RUN left there. Throws EngineProblem where there is no engine, or it fails. */
export async function observe({ build, engine: program, signal, tell }: ObserveInput): Promise<Observed> {
  const engine = await findEngine(program);
  return withSession({ engine, ...(signal && { signal }) }, async (session) => {
    tell?.('building the image to look into');
    const built = await buildImage(session, { ...build, role: 'observed' });
    if (!built.ok) return { problem: built.log.at(-1) ?? 'it does not build' };
    tell?.('reading its layers');
    const [image] = await readImages(session, [built.image], ({ path }) => isPackageBook(path));
    const { instructions } = parseDockerfile(build.text, '');
    const from = instructions.findLastIndex(({ keyword }) => keyword === 'FROM');
    const seen = image && observedWrites(image, instructions.slice(from + 1));
    if (!image || !seen) return { problem: 'its layers cannot be told apart' };
    const own = instructions.length - from - 1;
    const first = image.history.slice(-own).find(({ layer }) => layer !== undefined)?.layer ?? image.layers.length;
    const bytes = image.layers.map(({ files }) => bytesOf(files));
    const sum = (part: readonly number[]) => part.reduce((total, one) => total + one, 0);
    return {
      observation: { schema: 1, dockerfile: digestOf(build.text), instructions: seen, bytes: { base: sum(bytes.slice(0, first)), image: sum(bytes) } },
    };
  });
}

/** The mark by which an observation is known to be one of a Dockerfile. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
