import { mayBeProgram } from '../engine/archive.ts';
import { type Built, buildImage, type FailedBuild } from '../engine/build.ts';
import { type ImageFile, isOwn } from '../engine/image.ts';
import { imageLayers, inspectImage } from '../engine/inspect.ts';
import { isPackageBook } from '../engine/package-books.ts';
import type { Session } from '../engine/session.ts';
import { readTree } from '../engine/tree.ts';
import { baseTree } from '../engine/tree-cache.ts';
import { baseDockerfile } from './base.ts';
import { startedByBuild } from './build-scripts.ts';
import { mayBeData } from './gone.ts';
import { isScript } from './named.ts';
import { type Base, NO_BASE, type Subject } from './subject.ts';
import type { RunSettings } from './types.ts';

/** What is built, and how; the same for both images but for the text. */
export interface BuildSettings {
  context: string;
  buildArgs: Readonly<Record<string, string>>;
  platform?: string;
  secrets: readonly string[];
  ssh: readonly string[];
}

export interface Source {
  text: string;
  /** Text of an ignore file of its own. */
  ignore?: string;
  /** Name of an image that was built of it elsewhere, which is taken in place of a build. */
  image?: string;
}

export type Made = { subject: Subject } | { failed: FailedBuild } | { noBase: FailedBuild };

/** Builds an image where there is none yet, finds out what it has from its base, and reads it. */
export async function makeSubject(session: Session, role: string, source: Source, build: BuildSettings, { buildTimeout }: RunSettings): Promise<Made> {
  const shared = { ...build, ...(source.ignore !== undefined && { ignore: source.ignore }), timeoutSeconds: buildTimeout };
  const there = source.image === undefined ? undefined : ({ ok: true, image: source.image, seconds: 0 } as const);
  const built = there ?? (await buildTwice(session, { ...shared, role, text: source.text }));
  if (!built.ok) return { failed: built };
  const found = await baseOf(session, role, source.text, shared);
  // Without it all files of the image look like the Dockerfile's own. What was built here has its base here.
  if ('ok' in found && source.image !== undefined) return { noBase: found };
  const base = 'ok' in found ? NO_BASE : found;
  const { config } = await inspectImage(session, built.image);
  const tree = await readTree(session, built.image, (file) => isWanted(file, base));
  const layers = await imageLayers(session, built.image);
  return { subject: { name: built.image, config, tree, base, layers, buildSeconds: built.seconds, buildScripts: startedByBuild(source.text) } };
}

type BuildInput = Parameters<typeof buildImage>[1];

/** A network that failed for a moment looks like a broken build; steps that went well are not done again. What hangs once hangs twice. */
async function buildTwice(session: Session, input: BuildInput): Promise<Built> {
  const built = await buildImage(session, input);
  return built.ok || built.late ? built : buildImage(session, input);
}

async function baseOf(session: Session, role: string, text: string, shared: Omit<BuildInput, 'role' | 'text'>): Promise<Base | FailedBuild> {
  const base = baseDockerfile(text);
  if (base === undefined) return NO_BASE;
  const built = await buildTwice(session, { ...shared, role: `${role}-base`, text: base });
  if (!built.ok) return built;
  const { id, config } = await inspectImage(session, built.image);
  return { config, tree: await baseTree(session, built.image, id) };
}

const SMALL = 1024 * 1024;

/** Accounts and package lists; and of what the Dockerfile wrote: programs, and what may be compiled into one, to see whether it was. */
function isWanted(file: ImageFile, { tree }: Base): boolean {
  const { path, size } = file;
  if (path === '/etc/passwd' || path === '/etc/group' || isPackageBook(path)) return true;
  return isOwn(file, tree) && (mayBeProgram(file) || isScript(path) || (size <= SMALL && mayBeData(path)));
}
