import { posix } from 'node:path';
import type { Effect, PathWrite, ShellCommand } from '../../types.ts';
import { caches, effect, hasOption, operands, optionValue, type Parsed, parseOptions, pathOf, placeOf, valueOf, worksIn, writesOf } from '../effect.ts';
import type { CommandRule } from '../rule.ts';
import { fills } from './compile.ts';

export interface MakeCall {
  directory: string | undefined;
  /** -f FILE. */
  file?: ShellCommand['args'][number];
  /** `NAME=value`. */
  settings: ShellCommand['args'];
  targets: ShellCommand['args'];
}

/** Reads a call of make; how many jobs and how much it says does not matter. Undefined where an option changes what it does. */
export function readMake(command: ShellCommand): MakeCall | undefined {
  // `-j 4`, `-j $(nproc)` and a plain -j: the next word is the number where it looks like one.
  const isJobs = (word: ShellCommand['args'][number] | undefined) => /^-[a-z]*[jl]$/.test(word?.value ?? '');
  const args = command.args.filter((word, at) => !isJobs(word) && !(isJobs(command.args[at - 1]) && /^(\d+|\$.*|.*nproc.*|`.*)$/.test(word.value)));
  const parsed = parseOptions(args, 'jlCfIoW', ['--directory', '--file', '--makefile', '--include-dir', '--eval']);
  if (['-p', '-q', '-t', '--eval', '-o', '-W'].some((flag) => parsed.flags.has(flag))) return undefined;
  const into = valueOf(parsed, '-C', '--directory');
  const file = valueOf(parsed, '-f', '--file', '--makefile');
  const settings = parsed.words.filter((word) => /^[\w.-]+[:+?]?=/.test(word.value));
  return {
    directory: into ? pathOf(command, into) : command.cwd,
    ...(file && { file }),
    settings,
    targets: parsed.words.filter((word) => !settings.includes(word)),
  };
}

/** `NAME=value` among words. */
export function setting(words: readonly ShellCommand['args'][number][], ...names: string[]): ShellCommand['args'][number] | undefined {
  const word = words.findLast(({ value }) => names.some((name) => value.startsWith(`${name}=`)));
  return word && { ...word, value: word.value.slice(word.value.indexOf('=') + 1) };
}

/** Where a make is told to install. */
export function prefixOf({ settings }: MakeCall): ShellCommand['args'][number] | undefined {
  return setting(settings, 'DESTDIR', 'INSTALL_ROOT') ?? setting(settings, 'PREFIX', 'prefix', 'INSTALL_PREFIX', 'INSTALL_TOP', 'CMAKE_INSTALL_PREFIX');
}

/** Targets that install below the prefix, as automake, OpenSSL, Python and cmake have them; others reach into the system. */
const BELOW_PREFIX =
  /^(install([-/]strip)?|install[-_](sw|exec|bin|libs?|dev|runtime|programs|ssldirs|headers|data|man|docs?|static|shared)|(alt|common)install)$/;
const INSTALLS = /^(.*[-_])?(alt|un)?install([-_].*)?$/;
/** Targets that say nothing of a build: they fetch tools, change the system, run the program. */
const OTHER = /^(deploy|setup|bootstrap|provision|publish|release-.*|up|run|start|serve|docker.*|.*deps|.*dependencies|tools|dev|init|system.*|image)$/;

/** make, gmake: builds where it runs. An install's place is settled from what configured it. */
const make: CommandRule = (command) => {
  const call = readMake(command);
  if (!call || call.targets.some((word) => !word.known)) return undefined;
  if (hasOption(command, '--version', '-v', '-n', '--dry-run', '--help')) return effect('neutral', 'only prints');
  const installs = call.targets.filter((word) => INSTALLS.test(word.value));
  const strange = setting(call.settings, 'DESTDIR', 'INSTALL_ROOT') ? undefined : installs.find((word) => !BELOW_PREFIX.test(word.value));
  if (strange) return effect('unknown', `make ${strange.value} may write outside of the prefix`);
  if (installs.length > 0) return effect('unknown', 'make install writes where nobody can see: give it PREFIX=…', { action: 'install-built' });
  const other = call.targets.find((word) => OTHER.test(word.value));
  if (other) return undefined;
  return worksIn(call.directory, 'compiles', 'compile');
};

const ninja: CommandRule = (command) => {
  const parsed = parseOptions(command.args, 'Cfjklt', []);
  if (parsed.flags.has('--version') || valueOf(parsed, '-t')) return effect('neutral', 'only looks');
  const into = valueOf(parsed, '-C');
  if (parsed.words.some((word) => INSTALLS.test(word.value)))
    return effect('unknown', 'ninja install writes where nobody can see', { action: 'install-built' });
  return worksIn(into ? pathOf(command, into) : command.cwd, 'compiles', 'compile');
};

/** scons, waf, b2: their install is a word among others. */
const withInstall: CommandRule = (command) => {
  const { words } = parseOptions(command.args, 'jCfd', ['--prefix', '--libdir', '--directory']);
  if (hasOption(command, '--version', '--help')) return effect('neutral', 'only prints');
  if (words.some((word) => /^install$/.test(word.value)) && command.args.length > 0)
    return effect('unknown', `${command.name} install writes where nobody can see`, { action: 'install-built' });
  return worksIn(command.cwd, 'compiles', words.some((word) => word.value === 'configure') ? 'configure' : 'compile');
};

const CARGO_QUIET = new Set(
  'fetch search login --version -V --list help metadata tree audit deny fmt locate-project pkgid verify-project owner read-manifest outdated'.split(' '),
);
const CARGO_BUILDS = new Set(
  'build b rustc test t check c bench doc d chef xbuild leptos vendor init new add update generate-lockfile fix clippy package clean hack nextest fuzz component ndk cross build-sbf contract near make zigbuild auditable expand llvm-cov tarpaulin'.split(
    ' ',
  ),
);

/** cargo: https://doc.rust-lang.org/cargo/commands/ */
const cargo: CommandRule = (command) => {
  const args = command.args[0]?.value.startsWith('+') ? command.args.slice(1) : command.args;
  const parsed = parseOptions(
    args,
    'pjZFC',
    '--manifest-path --target-dir --target --bin --package --features --profile --root --git --branch --rev --tag --version --example --path --index --registry --message-format --color --jobs --recipe-path --config'.split(
      ' ',
    ),
  );
  const [verb] = parsed.words;
  const name = verb?.value ?? '--version';
  const home = placeOf(command, 'CARGO_HOME', '.cargo');
  const fetched = home === undefined ? [] : caches(posix.join(home, 'registry'), posix.join(home, 'git'));
  if (CARGO_QUIET.has(name)) return effect('neutral', `cargo ${name} leaves nothing that runs`);
  if (name === 'install' || name === 'binstall' || name === 'uninstall') {
    const root = valueOf(parsed, '--root');
    return cargoInstall(root ? pathOf(command, root) : (command.env.CARGO_INSTALL_ROOT ?? home), fetched);
  }
  return CARGO_BUILDS.has(name) ? cargoBuild(command, parsed, fetched) : undefined;
};

function cargoBuild(command: ShellCommand, parsed: Parsed, fetched: PathWrite[]): Effect | undefined {
  const manifest = valueOf(parsed, '--manifest-path');
  const path = manifest && pathOf(command, manifest);
  const told = valueOf(parsed, '--target-dir') ?? fromVariable(command.env, 'CARGO_TARGET_DIR');
  const also = told ? writesOf(command, [told], 'tree') : [];
  return also && worksIn(manifest ? path && posix.dirname(path) : command.cwd, 'builds a Rust program', 'compile', { also: [...also, ...fetched] });
}

function cargoInstall(place: string | undefined, fetched: PathWrite[]): Effect | undefined {
  if (place === undefined) return undefined;
  return effect('build', 'installs a Rust program', { action: 'cargo-install', writes: [{ path: posix.join(place, 'bin'), kind: 'tree' }, ...fetched] });
}

function fromVariable(env: ShellCommand['env'], name: string): ShellCommand['args'][number] | undefined {
  return name in env ? { text: name, value: env[name] ?? '', known: env[name] !== undefined } : undefined;
}

/** rustup: https://rust-lang.github.io/rustup/ */
const rustup: CommandRule = (command) => {
  const [verb] = operands(command);
  const home = placeOf(command, 'RUSTUP_HOME', '.rustup');
  if (/^(show|--version|which|help|check|completions|doc)$/.test(verb?.value ?? 'help')) return effect('neutral', 'rustup only looks');
  if (home === undefined || verb?.value === 'run') return undefined;
  const cargoHome = placeOf(command, 'CARGO_HOME', '.cargo');
  const programs: PathWrite[] = cargoHome === undefined ? [] : [{ path: posix.join(cargoHome, 'bin'), kind: 'tree' }];
  return effect('build', 'installs a Rust toolchain', { action: 'rust-install', writes: [{ path: home, kind: 'tree' }, ...programs] });
};

const SWIFT_LONGS = ['--package-path', '--build-path', '--scratch-path', '--product', '--target', '--configuration', '--sdk'];

const swift: CommandRule = (command) => {
  const parsed = parseOptions(command.args, 'cj', [...SWIFT_LONGS, '-Xlinker', '-Xswiftc', '-Xcc', '-Xcxx']);
  const [verb] = parsed.words;
  if (!verb || hasOption(command, '--version')) return effect('neutral', 'only prints');
  if (!/^(build|package|test)$/.test(verb.value)) return undefined;
  const project = valueOf(parsed, '--package-path');
  const built = valueOf(parsed, '--build-path', '--scratch-path');
  const also = built && writesOf(command, [built], 'tree');
  return worksIn(project ? pathOf(command, project) : command.cwd, 'builds a Swift program', 'compile', also ? { also } : {});
};

/** `crystal build x.cr -o app`; shards fills lib/ and bin/. */
const crystal: CommandRule = (command) => {
  const [verb, source] = operands(command, ['-o', '--output', '-D', '--cross-compile', '--target', '--link-flags', '--threads', '--mcpu']);
  if (!/^(build|compile)$/.test(verb?.value ?? '')) return /^(run|spec|eval|i|play)$/.test(verb?.value ?? '') ? undefined : effect('neutral', 'only prints');
  const output = optionValue(command, '-o', '--output') ?? (source && { ...source, value: posix.basename(source.value, '.cr') });
  const writes = output && writesOf(command, [output], 'file');
  return writes && effect('build', 'compiles', { action: 'compile', writes });
};

/** bazel: what it links into the directory lies in its cache. */
const bazel: CommandRule = (command) => {
  const [verb] = operands(command, ['--output_user_root', '--output_base', '-c', '--config', '--compilation_mode']);
  if (/^(version|info|query|cquery|help|shutdown|--version)$/.test(verb?.value ?? '--version')) return effect('neutral', 'only looks');
  if (!/^(build|test|fetch|clean|sync|mod|coverage)$/.test(verb?.value ?? '')) return undefined;
  const home = optionValue(command, '--output_user_root', '--output_base');
  const cache = home ? pathOf(command, home) : placeOf(command, 'TEST_TMPDIR', '.cache/bazel');
  return cache === undefined ? undefined : worksIn(command.cwd, 'builds with bazel', 'compile', { also: [{ path: cache, kind: 'tree' }] });
};

const zig: CommandRule = (command) => {
  const [verb] = operands(command);
  if (!verb || /^(version|env|targets|zen|help|libc|fmt)$/.test(verb.value)) return effect('neutral', 'only prints');
  const prefix = optionValue(command, '--prefix', '-p');
  const also = prefix && writesOf(command, [prefix], 'tree');
  return verb.value === 'run' ? undefined : worksIn(command.cwd, 'compiles', 'compile', also ? { also } : {});
};

/** `./make.bash` of Go's own sources fills the tree above it. */
const goSources: CommandRule = (command): Effect | undefined =>
  worksIn(command.cwd === undefined ? undefined : posix.dirname(command.cwd), 'compiles Go', 'compile');

/** Programs that build. */
export const builders: Record<string, CommandRule> = {
  ...{ make, gmake: make, bmake: make, ninja, 'ninja-build': ninja, samu: ninja, scons: withInstall, waf: withInstall, b2: withInstall, bjam: withInstall },
  ...{ cargo, rustup, swift, crystal, bazel, bazelisk: bazel, zig, 'make.bash': goSources, 'all.bash': goSources },
  ...{
    dub: fills([]),
    dune: fills([]),
    jbuilder: fills([]),
    catkin_make: fills([]),
    catkin: fills([]),
    colcon: fills([]),
    xmake: fills([]),
    premake5: fills([]),
  },
  ...{ gleam: fills([]), pulp: fills([]), spago: fills([]), rosmake: fills([]), shards: fills([], 'fills a directory'), conan: fills([], 'fetches libraries') },
  ...{
    catkin_init_workspace: fills([]),
    pyinstaller: fills([]),
    hugo: fills(['-d', '--destination']),
    mdbook: fills([]),
    'wasm-pack': fills([]),
    trunk: fills([]),
  },
};
