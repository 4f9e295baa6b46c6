import { posix } from 'node:path';
import { effect } from '../../effects/effect.ts';
import type { Effect, PathWrite, ShellCommand } from '../../types.ts';
import type { Facts } from '../language.ts';
import { isStarted } from './bootstrap.ts';
import { installPlaces, readInstall, type Setup } from './installs.ts';
import { collectPackages, type PackageSet } from './packages.ts';
import { homeOf, minorVersion } from './places.ts';
import { readSpec } from './requirements.ts';
import { spreadOf } from './risks.ts';
import { managedPython } from './uv.ts';

type Known = Omit<Facts, 'start'>;

/** What an install command writes: its packages, checkouts, projects in place, and the interpreter that they need. */
export function settleInstall(written: Effect, command: ShellCommand, facts: Known, setup: Setup): Effect {
  const set = collectPackages([command], facts);
  const places = installPlaces(command, { ...setup, spread: spreadOf(set) });
  if (places === undefined)
    return effect('unknown', `${posix.basename(command.name)} ${command.args.map((word) => word.text).join(' ')}`.slice(0, 80), {
      action: 'python-unplaced',
      command,
    });
  if (isUnusedTool(command, places, facts, setup))
    return { ...written, why: 'installs a tool of the build', writes: places.map((place) => ({ ...place, disposable: true })) };
  const { request } = readInstall(command);
  const environment = places.find((place) => setup.environments.has(place.path))?.path;
  for (const place of places) if (/\/\.?venv$/.test(place.path)) setup.environments.add(place.path);
  const sources = request.sources ?? (environment === undefined ? posix.join(command.cwd ?? '/', 'src') : posix.join(environment, 'src'));
  const checkouts: PathWrite[] = set.checkouts.map((name) => ({ path: posix.join(sources, name), kind: 'tree' }));
  return {
    ...written,
    writes: [...places, ...checkouts, ...projectWrites(set), ...interpreterWrites(command, places, facts, setup), ...lockWrites(command, facts)],
  };
}

/** Installers that a program does not load. */
const TOOLS = new Set(['pip', 'wheel', 'uv', 'poetry', 'pipenv', 'virtualenv', 'pdm', 'hatch', 'pip-tools', 'build']);

/** Poetry, uv and the like stay behind where they fill an environment of its own and the image starts without them. */
function isUnusedTool(command: ShellCommand, places: readonly PathWrite[], facts: Known, setup: Setup): boolean {
  const { tool, request } = readInstall(command);
  const names = request.specs.map((spec) => readSpec(spec, { file: '', note: '' })?.name ?? '');
  if (tool !== 'pip' || !setup.separate || minorVersion(facts) === undefined) return false;
  const only = names.length > 0 && request.files.length + request.projects.length === 0 && names.every((name) => TOOLS.has(name));
  return (
    only && places.every((place) => place.path.startsWith('/usr/local/')) && !names.some((name) => name !== 'pip' && name !== 'wheel' && isStarted(name, facts))
  );
}

/** `uv run` reads the lock file at each start; `uv sync` writes it where the context has none. */
function lockWrites(command: ShellCommand, facts: Known): PathWrite[] {
  const { tool, directory } = readInstall(command);
  const path = tool !== 'uv' || directory === undefined ? undefined : posix.join(directory, 'uv.lock');
  const source = path === undefined ? undefined : facts.sourceOf(path);
  const there = source !== undefined && facts.context.kind(source) !== undefined;
  return path === undefined || there || !isStarted('uv', facts) ? [] : [{ path, kind: 'file' }];
}

/** Packages are of one minor version of Python: an interpreter that could be another in the final stage crosses with them. */
export function interpreterWrites(command: ShellCommand, places: readonly PathWrite[], facts: Known, setup: Setup): PathWrite[] {
  const floating = facts.base.image === 'python' && minorVersion(facts) === undefined && !places.some((place) => place.path === '/usr/local');
  const { tool, directory } = readInstall(command);
  const managed =
    posix.basename(command.name) === tool && tool === 'uv' && directory !== undefined
      ? managedPython(command, directory, facts, homeOf(setup.user, command.env, setup.homes))
      : undefined;
  return [...(floating ? ['/usr/local'] : []), ...(managed === undefined ? [] : [managed])].map((path) => ({ path, kind: 'tree' }));
}

/** A project that is installed in place is where its directory is; one that only generates sources changes it. */
function projectWrites(set: PackageSet): PathWrite[] {
  return [...set.projects].flatMap(([path, project]): PathWrite[] => {
    if (!project.editable && !project.generates) return [];
    if (path !== '/' || project.name === undefined || project.generates) return [{ path, kind: 'tree' }];
    return [{ path: `/${project.name.replace(/[-.]+/g, '_')}.egg-info`, kind: 'tree' }];
  });
}
