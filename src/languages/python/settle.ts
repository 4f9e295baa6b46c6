import { posix } from 'node:path';
import { effect, optionValue, operands } from '../../effects/effect.ts';
import { roleOf } from '../../effects/run.ts';
import type { Effect, LabelledInstruction, LabelledSegment, PathWrite, ShellCommand } from '../../types.ts';
import type { Facts } from '../language.ts';
import { pythonCommands } from './commands.ts';
import { bootstrap, isStarted } from './bootstrap.ts';
import { installPlaces, readInstall, type Setup } from './installs.ts';
import { collectPackages, findInstalls, type PackageSet } from './packages.ts';
import { homeOf, minorVersion, systemPlaces } from './places.ts';
import { readSpec } from './requirements.ts';
import { spreadOf } from './risks.ts';
import { scriptEffects } from './scripts.ts';
import { managedPython } from './uv.ts';

type Known = Omit<Facts, 'start'>;

const OWN = /^(python|poetry|uv)-/;

/** The effects of Python's commands, now that what went before each of them is known: where they write. */
export function settlePython(facts: Known): LabelledInstruction[] {
  const has = (effects: readonly Effect[]) => effects.some((one) => OWN.test(one.action ?? '') || one.role === 'unknown');
  if (!facts.labelled.some(({ segments }) => segments?.some((segment) => has(segment.effects)))) return facts.labelled;
  const started: Setup = { base: facts.base, environments: new Set(), homes: homesOf(facts.labelled), poetry: {}, user: 'root', spread: 'none', separate: false };
  const setup = { ...started, separate: findInstalls(facts.labelled).some(({ command }) => isSeparate(command, facts, started)) };
  return facts.labelled.map((one) => (one.segments ? settleRun(one, facts, { ...setup, user: one.state.user }) : one));
}

/** Whether an install fills an environment of its own. */
function isSeparate(command: ShellCommand, facts: Known, setup: Setup): boolean {
  const configured: Setup = { ...setup, poetry: {}, environments: new Set() };
  for (const { command: other, action } of facts.labelled.flatMap(({ segments }) => (segments ?? []).flatMap((segment) => segment.effects))) {
    if (action === 'poetry-config' && other) configure(other, configured);
  }
  return readInstall(command).tool !== 'pip' && installPlaces(command, configured)?.every((place) => !place.path.startsWith('/usr/local')) === true;
}

function settleRun(one: LabelledInstruction, facts: Known, setup: Setup): LabelledInstruction {
  const segments = (one.segments ?? []).map((part) => {
    const effects = part.effects.flatMap((each) => settleEffect(each, part, facts, setup));
    return { ...part, effects, role: roleOf(effects) };
  });
  if (one.why === 'a comment says so') return { ...one, segments };
  const all = segments.flatMap((segment) => segment.effects);
  const whys = new Set(all.filter((each) => each.role !== 'neutral').map((each) => each.why));
  return { ...one, segments, role: roleOf(all), why: [...whys].join('; ') || one.why };
}

function settleEffect(written: Effect, part: LabelledSegment, facts: Known, setup: Setup): Effect[] {
  const { command } = written;
  if (!command) return [written];
  switch (written.action) {
    case 'python-venv':
      for (const write of written.writes) setup.environments.add(write.path);
      return [{ ...written, writes: [...written.writes, ...interpreterWrites(command, written.writes, facts, setup)] }];
    case 'poetry-config':
      configure(command, setup);
      return [written];
    case 'python-install':
      return [settleInstall(written, command, facts, setup)];
    case 'python-uninstall':
      return [{ ...written, writes: (installPlaces(command, setup) ?? []).map((write) => ({ ...write, edited: true })) }];
    case 'python-within':
      return settleWithin(written, command, part, facts, setup);
    case 'uv-python':
      return [{ ...written, writes: [{ path: command.env.UV_PYTHON_INSTALL_DIR ?? `${homeOf(setup.user, command.env, setup.homes)}/.local/share/uv/python`, kind: 'tree' }] }];
    case 'python-script':
    case 'python-code':
    case 'python-module':
    case 'python-data':
    case 'python-compile':
      return scriptEffects(written, command, { context: facts.context, sourceOf: facts.sourceOf, home: homeOf(setup.user, command.env, setup.homes), packages: systemPlaces(facts.base, 'none') ?? [] });
    default:
      return written.role === 'unknown' ? [bootstrap(part.segment, command, facts, setup) ?? written] : [written];
  }
}

function settleInstall(written: Effect, command: ShellCommand, facts: Known, setup: Setup): Effect {
  const set = collectPackages([command], facts);
  const places = installPlaces(command, { ...setup, spread: spreadOf(set) });
  if (places === undefined) return effect('unknown', `${posix.basename(command.name)} ${command.args.map((word) => word.text).join(' ')}`.slice(0, 80), { action: 'python-unplaced', command });
  if (isUnusedTool(command, places, facts, setup)) return { ...written, why: 'installs a tool of the build', writes: places.map((place) => ({ ...place, disposable: true })) };
  const { request } = readInstall(command);
  const environment = places.find((place) => setup.environments.has(place.path))?.path;
  for (const place of places) if (/\/\.?venv$/.test(place.path)) setup.environments.add(place.path);
  const sources = request.sources ?? (environment === undefined ? posix.join(command.cwd ?? '/', 'src') : posix.join(environment, 'src'));
  const checkouts: PathWrite[] = set.checkouts.map((name) => ({ path: posix.join(sources, name), kind: 'tree' }));
  return { ...written, writes: [...places, ...checkouts, ...projectWrites(set), ...interpreterWrites(command, places, facts, setup)] };
}

/** Installers that a program does not load. */
const TOOLS = new Set(['pip', 'wheel', 'uv', 'poetry', 'pipenv', 'virtualenv', 'pdm', 'hatch', 'pip-tools', 'build']);

/** Poetry, uv and the like stay behind where they fill an environment of its own and the image starts without them. */
function isUnusedTool(command: ShellCommand, places: readonly PathWrite[], facts: Known, setup: Setup): boolean {
  const { tool, request } = readInstall(command);
  const names = request.specs.map((spec) => readSpec(spec, { file: '', note: '' })?.name ?? '');
  if (tool !== 'pip' || !setup.separate || minorVersion(facts.base) === undefined) return false;
  const only = names.length > 0 && request.files.length + request.projects.length === 0 && names.every((name) => TOOLS.has(name));
  return only && places.every((place) => place.path.startsWith('/usr/local/')) && !names.some((name) => name !== 'pip' && name !== 'wheel' && isStarted(name, facts));
}

/** Packages are of one minor version of Python: an interpreter that could be another in the final stage crosses with them. */
function interpreterWrites(command: ShellCommand, places: readonly PathWrite[], facts: Known, setup: Setup): PathWrite[] {
  const floating = facts.base.image === 'python' && minorVersion(facts.base) === undefined && !places.some((place) => place.path === '/usr/local');
  const { tool, directory } = readInstall(command);
  const managed = posix.basename(command.name) === tool && tool === 'uv' && directory !== undefined ? managedPython(command, directory, facts, homeOf(setup.user, command.env, setup.homes)) : undefined;
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

/** `poetry config NAME VALUE`, as far as it says where packages go. */
function configure(command: ShellCommand, setup: Setup): void {
  const [, name, value] = operands(command);
  if (name && value?.known) setup.poetry[name.value] = value.value;
}

/** `poetry run X`: X with the programs of the project's environment first on PATH. */
function settleWithin(written: Effect, command: ShellCommand, part: LabelledSegment, facts: Known, setup: Setup): Effect[] {
  const [name, ...args] = command.args;
  const manager = { ...command, args: [{ text: 'install', value: 'install', known: true }] };
  const place = installPlaces(posix.basename(command.name) === 'uv' ? { ...manager, args: [{ text: 'sync', value: 'sync', known: true }] } : manager, setup)?.[0];
  const rule = name && pythonCommands[posix.basename(name.value)];
  if (!name || !rule || !place) return [effect('unknown', [command.name, ...command.args.map((word) => word.text)].join(' ').slice(0, 80))];
  const env = place.path.startsWith('/usr/local') ? command.env : { ...command.env, VIRTUAL_ENV: place.path, PATH: `${place.path}/bin:${command.env.PATH ?? ''}` };
  if (env !== command.env) setup.environments.add(place.path);
  const inner = { ...command, name: name.value, args, env };
  const found = rule(inner, { user: setup.user, context: facts.context, sourceOf: facts.sourceOf });
  return found ? settleEffect({ command: inner, ...found }, part, facts, setup) : [effect('unknown', written.why)];
}

/** Home directories that useradd and adduser were told. */
function homesOf(labelled: readonly LabelledInstruction[]): Map<string, string> {
  const homes = new Map<string, string>();
  for (const { segments } of labelled) {
    for (const { action, command, users } of (segments ?? []).flatMap((segment) => segment.effects)) {
      const home = action === 'account' && command ? optionValue(command, '-d', '--home-dir', '--home', '-h') : undefined;
      const name = users?.[0];
      if (home?.known && name !== undefined) homes.set(name, home.value);
    }
  }
  return homes;
}
