import { posix } from 'node:path';
import { allEffects, effect, operands, optionValue } from '../../effects/effect.ts';
import { roleOf } from '../../effects/run.ts';
import type { Effect, LabelledInstruction, LabelledSegment, ShellCommand } from '../../types.ts';
import type { Facts } from '../language.ts';
import { bootstrap } from './bootstrap.ts';
import { pythonCommands } from './commands.ts';
import { installPlaces, readInstall, type Setup } from './installs.ts';
import { findInstalls } from './packages.ts';
import { homeOf, systemPlaces } from './places.ts';
import { scriptEffects } from './scripts.ts';
import { interpreterWrites, settleInstall } from './settle-install.ts';

type Known = Omit<Facts, 'start'>;

const OWN = /^(python|poetry|uv)-/;

/** The effects of Python's commands, now that what went before each of them is known: where they write. */
export function settlePython(facts: Known): LabelledInstruction[] {
  const has = (effects: readonly Effect[]) => effects.some((one) => OWN.test(one.action ?? '') || one.role === 'unknown');
  if (!facts.labelled.some(({ segments }) => segments?.some((segment) => has(segment.effects)))) return facts.labelled;
  const started: Setup = {
    base: facts.base,
    source: facts.source,
    environments: new Set(),
    homes: homesOf(facts.labelled),
    poetry: poetrySettings(facts),
    user: 'root',
    spread: 'none',
    separate: false,
  };
  const setup = { ...started, separate: findInstalls(facts.labelled).some(({ command }) => isSeparate(command, facts, started)) };
  return facts.labelled.map((one) => (one.segments ? settleRun(one, facts, { ...setup, user: one.state.user }) : one));
}

/** Whether an install fills an environment of its own. */
function isSeparate(command: ShellCommand, facts: Known, setup: Setup): boolean {
  const configured: Setup = { ...setup, poetry: { ...setup.poetry }, environments: new Set() };
  for (const { command: other, action } of allEffects(facts.labelled)) {
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
      return [
        {
          ...written,
          writes: [{ path: command.env.UV_PYTHON_INSTALL_DIR ?? `${homeOf(setup.user, command.env, setup.homes)}/.local/share/uv/python`, kind: 'tree' }],
        },
      ];
    case 'python-script':
    case 'python-code':
    case 'python-module':
    case 'python-data':
    case 'python-compile':
      return scriptEffects(written, command, {
        context: facts.context,
        sourceOf: facts.sourceOf,
        home: homeOf(setup.user, command.env, setup.homes),
        packages: systemPlaces(facts, 'none') ?? [],
      });
    default:
      return written.role === 'unknown' ? [bootstrap(part.segment, command, facts, setup) ?? written] : [written];
  }
}

/** What poetry.toml says of where packages go: https://python-poetry.org/docs/configuration/#local-configuration */
function poetrySettings(facts: Known): Record<string, string> {
  const text = facts.context.read('poetry.toml') ?? '';
  const section = /^\[virtualenvs\]([^[]*)/m.exec(text)?.[1] ?? '';
  return Object.fromEntries(
    [...section.matchAll(/^\s*([\w-]+)\s*=\s*"?([^"\n#]+?)"?\s*(?:#.*)?$/gm)].map((match) => [`virtualenvs.${match[1]}`, match[2] ?? '']),
  );
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
  const place = installPlaces(
    posix.basename(command.name) === 'uv' ? { ...manager, args: [{ text: 'sync', value: 'sync', known: true }] } : manager,
    setup,
  )?.[0];
  const rule = name && pythonCommands[posix.basename(name.value)];
  if (!name || !rule || !place) return [effect('unknown', [command.name, ...command.args.map((word) => word.text)].join(' ').slice(0, 80))];
  const env = place.path.startsWith('/usr/local')
    ? command.env
    : { ...command.env, VIRTUAL_ENV: place.path, PATH: `${place.path}/bin:${command.env.PATH ?? ''}` };
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
