import { createHash } from 'node:crypto';
import { type BuildInput, buildImage } from '../engine/build.ts';
import { bytesOf, type Image, type ImageConfig, isOwn, type Tree, treeOf } from '../engine/image.ts';
import { inspectImage } from '../engine/inspect.ts';
import { installedPackages, isPackageBook, packageOwners } from '../engine/package-books.ts';
import { readImage } from '../engine/read-image.ts';
import { withSession } from '../engine/session.ts';
import { parseDockerfile } from '../parse/dockerfile.ts';
import type { Observation } from '../types.ts';
import { isBaseBook, observedBase } from './base.ts';
import { observedPrograms } from './links.ts';
import { observedPackages, type Packages } from './packages.ts';
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
    const base = await buildImage(session, { ...build, role: 'observed-base', text: fromOnly(build.text) });
    const observation = observationOf(image, build.text, base.ok ? (await inspectImage(session, base.image)).config : {});
    return observation ? { observation } : { problem: 'its layers cannot be told apart' };
  });
}

/** A Dockerfile of the base image alone. */
function fromOnly(text: string): string {
  const { instructions } = parseDockerfile(text, '');
  const from = instructions.findLastIndex(({ keyword }) => keyword === 'FROM');
  return instructions
    .slice(0, from + 1)
    .map((instruction) => instruction.text)
    .join('')
    .replace(/\n?$/, '\n');
}

function observationOf(image: Image, text: string, config: ImageConfig): Observation | undefined {
  const { instructions } = parseDockerfile(text, '');
  const own = instructions.slice(instructions.findLastIndex(({ keyword }) => keyword === 'FROM') + 1);
  const tree = treeOf(image.layers);
  const owners = packageOwners(tree);
  const seen = observedWrites(image, own, owners);
  if (!seen) return undefined;
  const first = image.history.slice(-own.length).find(({ layer }) => layer !== undefined)?.layer ?? image.layers.length;
  const base = treeOf(image.layers.slice(0, first));
  const [before, packages] = [packagesOf(base), packagesOf(tree)];
  const bytes = image.layers.map(bytesOf);
  const sum = (part: readonly number[]) => part.reduce((total, one) => total + one, 0);
  const seenBase = observedBase(base, config);
  return {
    ...{ schema: 1, dockerfile: digestOf(text), instructions: seen, packages: observedPackages(before, packages) },
    ...(seenBase && { base: seenBase }),
    programs: observedPrograms({ tree, owners, packages, isOwn: (file) => isOwn(file, base) }),
    bytes: { base: sum(bytes.slice(0, first)), image: sum(bytes) },
  };
}

function packagesOf(tree: Tree): Packages {
  return installedPackages(tree.values()) ?? new Map();
}

/** The mark by which an observation is known to be one of a Dockerfile. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
