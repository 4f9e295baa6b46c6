import { posix } from 'node:path';
import type { Effect, LabelledInstruction, ShellCommand, ShellWord } from '../types.ts';
import type { BuildEffect, Elsewhere } from './commands/build-files.ts';
import { prefixOf, readMake, setting } from './commands/builders.ts';
import { plainName } from './commands/compile.ts';
import { isShared, optionValue, parseOptions, pathOf, valueOf, within } from './effect.ts';
import { describe } from './run.ts';
import { withEffects } from './settle-each.ts';
import { settleGlobs } from './settle-globs.ts';
import { type Configured, readConfigure } from './settle-prefix.ts';
import { settleSources } from './settle-sources.ts';
import { type AtHand, moduleOf, toldPlaces } from './settle-told.ts';
import { settleUnpacks } from './settle-unpacks.ts';

/**
 * The effects of commands whose outcome only the commands before them tell: where an install writes (its configure said
 * so), which files a package is installed from, which paths a pattern stands for. `programs`: those of the base image, if all
 * of them are known.
 */
export function settleInstalls(labelled: readonly LabelledInstruction[], programs?: readonly string[]): LabelledInstruction[] {
  const seen: Seen = { configured: [], packages: [], programs };
  const settled = settleUnpacks(labelled).map((one) => withEffects(one, (effect) => settleOne(effect, one, seen)));
  return settleGlobs(settleSources(settled));
}

/** What the commands before an install tell of it. */
interface Seen extends AtHand {
  configured: Configured[];
  packages: string[];
}

function settleOne(effect: BuildEffect, { state }: LabelledInstruction, seen: Seen): Effect {
  const { command, elsewhere = [] } = effect;
  seen.packages.push(...(effect.packages?.names ?? []));
  if (!command) return effect;
  if (effect.action === 'configure') {
    const found = readConfigure(command, seen.configured, state.env, seen);
    if (found) seen.configured.push({ ...found, elsewhere: [...(found.elsewhere ?? []), ...elsewhere] });
    const written = elsewhere.find(({ path, byBuild }) => byBuild && path !== '' && !within(path, command.cwd ?? '/') && !within(path, '/tmp'));
    if (written) return { ...effect, role: 'unknown', why: `${describe(command)} names ${written.path} (${written.at})` };
  }
  return effect.action === 'install-built' && effect.role === 'unknown' ? settleInstall(effect, command, seen) : effect;
}

/** What an install is told, and where it stands. */
interface Install {
  directory: string | undefined;
  destination?: ShellWord | undefined;
  prefix?: ShellWord | undefined;
}

interface Places {
  trees: string[];
  files: string[];
  why?: string;
}

function settleInstall(effect: BuildEffect, command: ShellCommand, seen: Seen): Effect {
  const install = readInstall(command);
  const places = install && placesOf(install, command, seen, effect.elsewhere ?? []);
  if (!places) return effect;
  const name = posix.basename(command.name);
  if (places.why !== undefined) return { ...effect, why: `${name} install ${places.why}` };
  const shared = places.trees.find((path) => path !== '/usr/local' && isShared(path));
  if (shared !== undefined) {
    const advice = shared === '/usr' || shared === '/' ? ': give it a prefix of its own' : '';
    return { ...effect, why: `${name} install writes into ${shared}, where its files cannot be told from the system's${advice}` };
  }
  const writes = [...places.trees.map((path) => ({ path, kind: 'tree' as const })), ...places.files.map((path) => ({ path, kind: 'file' as const }))];
  return { ...effect, role: 'build', why: 'installs what was compiled', writes };
}

function placesOf(install: Install, command: ShellCommand, seen: Seen, elsewhere: readonly Elsewhere[]): Places | undefined {
  const { directory, destination, prefix } = install;
  if (destination) {
    // Below DESTDIR lies all that an install writes.
    const path = pathOf(command, destination);
    return path === undefined ? undefined : { trees: [path], files: [] };
  }
  const found = configuredFor(directory, seen.configured);
  const trees = treesOf(prefix ? pathOf({ ...command, cwd: directory }, prefix) : found?.trees[0], found);
  if (trees.length === 0) return found?.why === undefined || prefix ? undefined : { trees, files: [], why: found.why };
  const told = toldPlaces(command, command.args, trees);
  const places = { trees: [...trees, ...told.trees], files: found?.files ?? [] };
  const said = strays([...elsewhere, ...(found?.elsewhere ?? [])], places, prefix !== undefined || found?.told === true);
  const why = found?.why ?? told.why ?? moduleOf(command.args, seen) ?? said;
  return { ...places, ...(why !== undefined && { why }) };
}

/** What configured the build of a directory: the last time in the nearest of those around it. */
function configuredFor(directory: string | undefined, configured: readonly Configured[]): Configured | undefined {
  const own = configured.filter((one) => directory !== undefined && within(directory, one.directory));
  const depth = Math.max(...own.map((one) => one.directory.length));
  return own.findLast((one) => one.directory.length === depth);
}

/** The prefix, and the places outside of it: one below another is within it. */
function treesOf(prefix: string | undefined, found: Configured | undefined): string[] {
  return prefix === undefined ? [] : [prefix, ...(found?.trees.slice(1) ?? []).filter((path) => !within(path, prefix))];
}

/** Why an install writes outside of what crosses, as the build files of the context say. */
function strays(elsewhere: readonly Elsewhere[], { trees }: Places, isTold: boolean): string | undefined {
  const stray = elsewhere.find(({ path, byDefault }) => !(byDefault && isTold) && (path === '' || !trees.some((tree) => within(path, tree))));
  return stray && `goes by ${stray.at}, which ${stray.path === '' ? 'says more than can be followed' : `names ${stray.path}, outside of its prefix`}`;
}

function readInstall(command: ShellCommand): Install | undefined {
  switch (plainName(posix.basename(command.name))) {
    case 'cmake':
      return ofCmake(command);
    case 'meson': {
      const parsed = parseOptions(command.args, 'C', ['--destdir']);
      return { directory: pathIn(command, valueOf(parsed, '-C')), destination: valueOf(parsed, '--destdir') ?? fromEnvironment(command) };
    }
    case 'ninja':
    case 'ninja-build':
    case 'samu': {
      const parsed = parseOptions(command.args, 'Cfjklt');
      return { directory: pathIn(command, valueOf(parsed, '-C')), destination: fromEnvironment(command) };
    }
    case 'make':
    case 'gmake':
    case 'bmake':
      return ofMake(command);
    default: {
      const told = optionValue(command, '--prefix') ?? setting(command.args, 'prefix', 'PREFIX');
      return { directory: command.cwd, prefix: told, destination: optionValue(command, '--destdir') ?? fromEnvironment(command) };
    }
  }
}

function pathIn(command: ShellCommand, word: ShellWord | undefined): string | undefined {
  return word ? pathOf(command, word) : command.cwd;
}

function ofCmake(command: ShellCommand): Install {
  const directory = optionValue(command, '--install', '--build');
  return { directory: pathIn(command, directory), prefix: optionValue(command, '--prefix'), destination: fromEnvironment(command) };
}

function ofMake(command: ShellCommand): Install | undefined {
  const call = readMake(command);
  if (!call) return undefined;
  const destination = setting(call.settings, 'DESTDIR', 'INSTALL_ROOT') ?? fromEnvironment(command);
  return {
    directory: call.directory,
    destination,
    prefix: prefixOf(call),
  };
}

/** DESTDIR of the environment, which make and the like take as their own. */
function fromEnvironment({ env }: ShellCommand): ShellWord | undefined {
  return 'DESTDIR' in env ? { text: 'DESTDIR', value: env.DESTDIR ?? '', known: env.DESTDIR !== undefined } : undefined;
}
