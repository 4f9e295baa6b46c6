import { posix } from 'node:path';
import type { Effect, ShellCommand } from '../../types.ts';
import { effect, hasOption, optionValue, parseOptions, pathOf, valueOf, worksIn } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

/** Scripts that look at the system and write makefiles into the directory that they run in. */
const configure: CommandRule = (command) =>
  hasOption(command, '--help', '--version') ? effect('neutral', 'only prints') : worksIn(command.cwd, 'configures a build', 'configure');

/** autoreconf DIR, aclocal and the like. */
const autotools: CommandRule = (command) => {
  if (hasOption(command, '--version', '--help')) return effect('neutral', 'only prints');
  const [directory] = command.name.endsWith('autoreconf') ? parseOptions(command.args, 'IBW', ['--include']).words : [];
  return worksIn(directory ? pathOf(command, directory) : command.cwd, 'configures a build', 'configure');
};

const CMAKE_LONGS = ['--target', '--config', '--parallel', '--prefix', '--component', '--preset', '--toolchain', '--log-level', '--install-prefix'];

/** cmake: configures, builds (`--build`), installs (`--install`), or does a small task (`-E`). */
const cmake: CommandRule = (command) => {
  if (hasOption(command, '--version', '--help', '-version') || command.args.length === 0) return effect('neutral', 'only prints');
  const build = optionValue(command, '--build');
  if (build) return built(command, build);
  if (hasOption(command, '--install')) return effect('unknown', 'cmake --install writes where nobody can see', { action: 'install-built' });
  if (hasOption(command, '-E', '-P', '--preset', '--open')) return undefined;
  return worksIn(cmakeDirectory(command), 'configures a build', 'configure');
};

/** `cmake --build DIR`; with the target install it is an install. */
function built(command: ShellCommand, directory: ShellCommand['args'][number]): Effect | undefined {
  const at = command.args.findIndex((word) => word.value === '--target' || word.value === '-t');
  const targets = at < 0 ? [] : command.args.slice(at + 1).map((word) => word.value);
  if (targets.some((target) => /^install/.test(target)))
    return effect('unknown', 'cmake --build --target install writes where nobody can see', { action: 'install-built' });
  return worksIn(pathOf(command, directory), 'compiles', 'compile');
}

/** Where cmake puts its makefiles: -B, or the directory that it runs in. */
export function cmakeDirectory(command: ShellCommand): string | undefined {
  const parsed = parseOptions(command.args, 'SBDGCUTAjt', CMAKE_LONGS);
  const into = valueOf(parsed, '-B');
  return into ? pathOf(command, into) : command.cwd;
}

const MESON_LONGS =
  '--prefix --bindir --libdir --includedir --sysconfdir --localstatedir --datadir --mandir --buildtype --default-library --wrap-mode --native-file --cross-file --backend --strip --destdir --unity --warnlevel --optimization'.split(
    ' ',
  );

/** meson [setup] DIR, meson compile -C DIR, meson install -C DIR. */
const meson: CommandRule = (command) => {
  const parsed = parseOptions(command.args, 'CDj', MESON_LONGS);
  const [verb] = parsed.words;
  const into = valueOf(parsed, '-C');
  const directory = into ? pathOf(command, into) : command.cwd;
  switch (verb?.value) {
    case undefined:
    case 'introspect':
      return parsed.flags.size > 0 && verb === undefined && !parsed.flags.has('--version')
        ? worksIn(command.cwd, 'configures a build', 'configure')
        : effect('neutral', 'only prints');
    case 'compile':
    case 'test':
      return worksIn(directory, 'compiles', 'compile');
    case 'install':
      return effect('unknown', 'meson install writes where nobody can see', { action: 'install-built' });
    case 'subprojects':
    case 'wrap':
    case 'dist':
    case 'rewrite':
      return worksIn(command.cwd, 'configures a build', 'configure');
    default:
      return worksIn(mesonDirectory(command), 'configures a build', 'configure');
  }
};

/** The build directory that meson sets up. */
export function mesonDirectory(command: ShellCommand): string | undefined {
  const { words } = parseOptions(command.args, 'CDj', MESON_LONGS);
  const rest = words.filter((word, at) => !(at === 0 && /^(setup|configure)$/.test(word.value)));
  const [directory] = rest;
  return directory ? pathOf(command, directory) : command.cwd;
}

/** bootstrap.sh of Boost and others stands where its outcome goes: `./vcpkg/bootstrap-vcpkg.sh`. */
const besideItself: CommandRule = (command) =>
  command.name.includes('/') && command.cwd !== undefined
    ? worksIn(posix.dirname(posix.resolve(command.cwd, command.name)), 'configures a build', 'configure')
    : undefined;

/** What stands before a build. */
export const configuring: Record<string, CommandRule> = {
  ...{ configure, Configure: configure, config: configure, 'autogen.sh': configure, autogen: configure, 'buildconf.sh': configure, buildconf: configure },
  ...{
    'bootstrap.sh': configure,
    bootstrap: configure,
    'bootstrap.py': configure,
    qmake: configure,
    'qmake-qt5': configure,
    qmake6: configure,
    phpize: configure,
  },
  ...{ autoreconf: autotools, autoconf: autotools, automake: autotools, aclocal: autotools, autoheader: autotools, libtoolize: autotools },
  ...{ gettextize: autotools, autopoint: autotools, intltoolize: autotools, cmake, ccmake: cmake, cmake3: cmake, meson },
  ...{ 'bootstrap-vcpkg.sh': besideItself },
};
