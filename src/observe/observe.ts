import { createHash } from 'node:crypto';
import { type BuildInput, buildImage } from '../engine/build.ts';
import { bytesOf, type Image, type ImageConfig, isOwn, treeOf } from '../engine/image.ts';
import { inspectImage } from '../engine/inspect.ts';
import { installedPackages, isPackageBook, packageOwners } from '../engine/package-books.ts';
import { readImage } from '../engine/read-image.ts';
import { withSession } from '../engine/session.ts';
import { parseDockerfile } from '../parse/dockerfile.ts';
import type { Observation, SourceInstruction } from '../types.ts';
import { isBaseBook, observedBase } from './base.ts';
import { observedPrograms } from './links.ts';
import { observedPackages } from './packages.ts';
import { observedWrites } from './writes.ts';

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
  return withSession({ program, signal }, async (session) => {
    tell?.('building the image to look into');
    const built = await buildImage(session, { ...build, role: 'observed' });
    if (!built.ok) return { problem: built.log.at(-1) ?? 'it does not build' };
    tell?.('reading its layers');
    const image = await readImage(session, built.image, ({ path }) => isPackageBook(path) || isBaseBook(path));
    const { instructions } = parseDockerfile(build.text, '');
    const start = instructions.findLastIndex(({ keyword }) => keyword === 'FROM') + 1;
    const base = await buildImage(session, { ...build, role: 'observed-base', text: textOf(instructions.slice(0, start)) });
    const config = base.ok ? (await inspectImage(session, base.image)).config : {};
    const seen = observationOf(image, instructions.slice(start), config);
    return seen ? { observation: { schema: 1, dockerfile: digestOf(build.text), ...seen } } : { problem: 'its layers cannot be told apart' };
  });
}

function textOf(instructions: readonly SourceInstruction[]): string {
  const text = instructions.map((instruction) => instruction.text).join('');
  return text.endsWith('\n') ? text : `${text}\n`;
}

function observationOf(image: Image, own: readonly SourceInstruction[], config: ImageConfig): Omit<Observation, 'schema' | 'dockerfile'> | undefined {
  const tree = treeOf(image.layers);
  const owners = packageOwners(tree);
  const instructions = observedWrites(image, own, { tree, owners });
  if (!instructions) return undefined;
  const first = image.history.slice(-own.length).find(({ layer }) => layer !== undefined)?.layer ?? image.layers.length;
  const before = treeOf(image.layers.slice(0, first));
  const base = observedBase(before, config);
  const packages = installedPackages(tree.values());
  const bytes = image.layers.map(bytesOf);
  const sum = (part: readonly number[]) => part.reduce((total, one) => total + one, 0);
  return {
    ...{ instructions, packages: observedPackages(installedPackages(before.values()) ?? new Map(), packages ?? new Map()) },
    ...(base && { base }),
    ...(packages && { programs: observedPrograms({ tree, owners, packages, isOwn: (file) => isOwn(file, before) }) }),
    bytes: { base: sum(bytes.slice(0, first)), image: sum(bytes) },
  };
}

/** The mark by which an observation is known to be one of a Dockerfile. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
