import { posix } from 'node:path';
import type { Effect, LabelledInstruction, ShellCommand, ShellWord } from '../types.ts';
import { readMake } from './commands/builders.ts';
import { plainName } from './commands/compile.ts';

import { isShared, optionValue, parseOptions, pathOf, valueOf, within } from './effect.ts';
import { withEffects } from './settle-each.ts';
import { settleGlobs } from './settle-globs.ts';
import { type Configured, readConfigure } from './settle-prefix.ts';
import { settleSources } from './settle-sources.ts';
import { settleUnpacks } from './settle-unpacks.ts';

/**
 * The effects of commands whose outcome only the commands before them tell: where an install writes (its configure said
 * so), which files a package is installed from, which paths a pattern stands for.
 */
export function settleInstalls(labelled: readonly LabelledInstruction[]): LabelledInstruction[] {
  const configured: Configured[] = [];
  const settled = settleUnpacks(labelled).map((one) => withEffects(one, (effect) => settleOne(effect, one, configured)));
  return settleGlobs(settleSources(settled));
}

function settleOne(effect: Effect, { state }: LabelledInstruction, configured: Configured[]): Effect {
  const { command } = effect;
  if (!command) return effect;
  if (effect.action === 'configure') {
    const found = readConfigure(command, configured, state.env);
    if (found) configured.push(found);
  }
  return effect.action === 'install-built' && effect.role === 'unknown' ? settleInstall(effect, command, configured) : effect;
}

/** What an install is told, and where it stands. */
interface Install {
  directory: string | undefined;
  destination?: ShellWord | undefined;
  prefix?: ShellWord | undefined;
}

function settleInstall(effect: Effect, command: ShellCommand, configured: readonly Configured[]): Effect {
  const install = readInstall(command);
  const places = install && placesOf(install, command, configured);
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

function placesOf(install: Install, command: ShellCommand, configured: readonly Configured[]): { trees: string[]; files: string[]; why?: string } | undefined {
  if (install.destination) {
    const path = pathOf(command, install.destination);
    return path === undefined ? undefined : { trees: [path], files: [] };
  }
  if (install.prefix) {
    const path = pathOf({ ...command, cwd: install.directory }, install.prefix);
    return path === undefined ? undefined : { trees: [path], files: [] };
  }
  const { directory } = install;
  const own = configured.filter((one) => directory !== undefined && within(directory, one.directory));
  const depth = Math.max(...own.map((one) => one.directory.length));
  const found = own.findLast((one) => one.directory.length === depth);
  if (!found) return undefined;
  const [first, ...rest] = found.trees;
  // A place below another is within it.
  return first === undefined && found.why === undefined
    ? undefined
    : {
        trees: [...(first === undefined ? [] : [first]), ...rest.filter((path) => first === undefined || !within(path, first))],
        files: found.files,
        ...(found.why !== undefined && { why: found.why }),
      };
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
    prefix: setting(call.settings, 'PREFIX', 'prefix', 'INSTALL_PREFIX', 'INSTALL_TOP', 'CMAKE_INSTALL_PREFIX'),
  };
}

/** DESTDIR of the environment, which make and the like take as their own. */
function fromEnvironment({ env }: ShellCommand): ShellWord | undefined {
  return 'DESTDIR' in env ? { text: 'DESTDIR', value: env.DESTDIR ?? '', known: env.DESTDIR !== undefined } : undefined;
}

/** `NAME=value` among words. */
function setting(words: readonly ShellWord[], ...names: string[]): ShellWord | undefined {
  const word = words.findLast(({ value }) => names.some((name) => value.startsWith(`${name}=`)));
  return word && { ...word, value: word.value.slice(word.value.indexOf('=') + 1) };
}
