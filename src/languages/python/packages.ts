import { posix } from 'node:path';
import type { Effect, ShellCommand } from '../../types.ts';
import type { Facts } from '../language.ts';
import type { InstallRequest } from './install.ts';
import { readInstall } from './installs.ts';
import { type LockedPackage, readLock } from './locks.ts';
import { readPipfile, readProject } from './manifests.ts';
import { normaliseName, type Requirement, readRequirementsFile, readSpec } from './requirements.ts';

/** All that the Dockerfile installs with Python's installers. */
export interface PackageSet {
  /** Each package once, those of lock files with their wheels. */
  packages: LockedPackage[];
  /** No other package can be among them: a lock file or hashes name every one. */
  closed: boolean;
  /** Some of it cannot be read. */
  opaque: boolean;
  /** Directories (of the image) of projects that are installed themselves. */
  projects: Map<string, { name?: string; editable: boolean; generates: boolean; spreads: boolean }>;
  /** Packages that are built from source whatever wheels there are: names, or `:all:`. */
  compiled: Set<string>;
  /** Repositories that are checked out and installed in place: the directory below which, and the names. */
  checkouts: string[];
}

type Known = Pick<Facts, 'labelled' | 'context' | 'sourceOf' | 'source'>;

/** The effects of all installs, in order. */
export function findInstalls(labelled: Facts['labelled']): { index: number; effect: Effect; command: ShellCommand }[] {
  return labelled.flatMap(({ index, segments }) =>
    (segments ?? []).flatMap((segment) =>
      segment.effects.flatMap((effect) => (effect.action === 'python-install' && effect.command ? [{ index, effect, command: effect.command }] : [])),
    ),
  );
}

/** What the given install commands bring. */
export function collectPackages(commands: readonly ShellCommand[], known: Known): PackageSet {
  const set: PackageSet = { packages: [], closed: commands.length > 0, opaque: false, projects: new Map(), compiled: new Set(), checkouts: [] };
  for (const command of commands) collect(command, known, set);
  const named = new Map<string, LockedPackage>();
  for (const one of set.packages) {
    const before = named.get(one.name);
    if (!before || (one.wheels && !before.wheels)) named.set(one.name, one);
  }
  set.packages = [...named.values()];
  return set;
}

/** Installers, which bring nothing that a program loads. */
const TOOLS = new Set([
  'pip',
  'setuptools',
  'wheel',
  'poetry',
  'pipenv',
  'uv',
  'virtualenv',
  'build',
  'poetry-core',
  'hatch',
  'hatchling',
  'flit',
  'pip-tools',
  'cython',
  'setuptools-scm',
]);

function collect(command: ShellCommand, known: Known, set: PackageSet): void {
  const { tool, request, directory } = readInstall(command);
  const evidence = { file: known.source.path, note: `installs ${request.specs.join(', ')}` };
  const own = request.specs.flatMap((spec) => readSpec(spec, { ...evidence, note: `installs ${spec}` }) ?? []);
  set.packages.push(...own.filter((one) => !TOOLS.has(one.name)));
  set.opaque ||= request.opaque;
  for (const path of request.files) takeFile(path, request, command, known, set);
  for (const { path, editable } of request.projects) takeProject(path, editable, known, set);
  set.checkouts.push(...request.checkouts);
  for (const name of request.compiled) set.compiled.add(name === ':all:' ? name : normaliseName(name));
  if (tool !== 'pip' && directory !== undefined) takeManaged(tool, command, directory, known, set);
  else if (!request.closed && !own.every((one) => TOOLS.has(one.name))) set.closed = false;
}

function takeFile(path: string, request: InstallRequest, command: ShellCommand, known: Known, set: PackageSet): void {
  const list = readRequirementsFile(path, (place) => textOf(place, known));
  const unread = list.opaque && known.sourceOf(path) === undefined;
  const exported = unread ? exportedFrom(path, known) : undefined;
  set.packages.push(...(exported ?? list.requirements));
  set.opaque ||= exported === undefined && list.opaque;
  set.checkouts.push(...list.checkouts);
  for (const name of list.compiled) set.compiled.add(name === ':all:' ? name : normaliseName(name));
  for (const project of list.projects) takeProject(posix.resolve(command.cwd ?? posix.dirname(path), project.path), project.editable, known, set);
  if (!list.closed && !request.closed && exported === undefined) set.closed = false;
}

/** A requirements file that no COPY brings was exported from a lock file that one did. */
function exportedFrom(path: string, known: Known): LockedPackage[] | undefined {
  const made = known.labelled.some(({ segments }) =>
    segments?.some((segment) => segment.effects.some((effect) => effect.writes.some((write) => write.path === path))),
  );
  if (!made) return undefined;
  for (const name of ['poetry.lock', 'uv.lock', 'Pipfile.lock'] as const) {
    const place = known.labelled.flatMap(({ copy }) => copy?.placed ?? []).map(({ path: at, kind }) => (kind === 'directory' ? at : posix.dirname(at)));
    for (const directory of place) {
      const source = known.sourceOf(posix.join(directory, name));
      const lock = source === undefined ? undefined : readLock(known.context, parent(source), name);
      if (lock) return lock;
    }
  }
  return undefined;
}

/** The project in a directory of the image: pyproject.toml may come by itself, long before the sources. */
function takeProject(path: string, editable: boolean, known: Known, set: PackageSet): void {
  const source = sourceDirectory(path, known, ['pyproject.toml', 'setup.py', 'setup.cfg']);
  const project = source === undefined ? undefined : readProject(known.context, source);
  set.closed = false;
  set.opaque ||= project === undefined || project.opaque;
  set.packages.push(...(project?.requirements ?? []));
  set.projects.set(path, {
    ...(project?.name !== undefined && { name: project.name }),
    editable,
    generates: project?.generates ?? true,
    spreads: project?.spreads ?? false,
  });
}

const LOCK_OF = { poetry: 'poetry.lock', uv: 'uv.lock', pipenv: 'Pipfile.lock' } as const;

function takeManaged(tool: 'poetry' | 'uv' | 'pipenv', command: ShellCommand, directory: string, known: Known, set: PackageSet): void {
  const source = sourceDirectory(directory, known, [LOCK_OF[tool], 'pyproject.toml', 'Pipfile']);
  const words = new Set(command.args.map((word) => word.value));
  const lock = source === undefined || words.has('--skip-lock') ? undefined : readLock(known.context, source, LOCK_OF[tool]);
  const project = source === undefined ? undefined : tool === 'pipenv' ? readPipfile(known.context, source) : readProject(known.context, source);
  const requirements: Requirement[] = lock ?? project?.requirements ?? [];
  set.packages.push(...requirements);
  if (!lock) set.closed = false;
  if (!lock) set.opaque ||= project === undefined || project.opaque;
  const itself = tool !== 'pipenv' && !words.has('--no-root') && !words.has('--no-install-project') && project?.generates;
  if (itself)
    set.projects.set(directory, { ...(project?.name !== undefined && { name: project.name }), editable: true, generates: true, spreads: project.spreads });
}

/** Directory of the context from which one of the files came into a directory of the image. */
function sourceDirectory(directory: string, known: Known, files: readonly string[]): string | undefined {
  for (const file of files) {
    const source = known.sourceOf(posix.join(directory, file));
    if (source !== undefined && known.context.kind(source) !== undefined) return parent(source);
  }
  return undefined;
}

function parent(path: string): string {
  return posix.dirname(path).replace(/^\.$/, '');
}

function textOf(path: string, known: Known): string | undefined {
  const source = known.sourceOf(path);
  return source === undefined ? undefined : known.context.read(source);
}
