import { posix } from 'node:path';
import type { Effect, ShellCommand } from '../../types.ts';
import { caches, effect, hasOption, operands, optionValue, parseOptions, pathOf, placeOf, valueOf, worksIn } from '../effect.ts';
import type { CommandRule } from '../rule.ts';
import { fills } from './compile.ts';

/** Haskell's stack: the project's directory; `install` copies programs, its own home only serves builds. */
const stack: CommandRule = (command) => {
  const parsed = parseOptions(
    command.args,
    'j',
    '--stack-yaml --resolver --local-bin-path --work-dir --flag --ghc-options --compiler --system-ghc-version --jobs'.split(' '),
  );
  const [verb] = parsed.words;
  const home = caches(placeOf(command, 'STACK_ROOT', '.stack'));
  if (!verb || /^(path|ls|list|query|--version|dot|templates)$/.test(verb.value)) return effect('neutral', 'stack only looks');
  if (/^(setup|update|upgrade|config)$/.test(verb.value))
    return effect('build', `stack ${verb.value} serves the build`, { action: 'stack-tool', writes: home });
  if (!/^(build|install|test|clean|init|new|unpack|haddock|solver|purge)$/.test(verb.value)) return undefined;
  const copies = verb.value === 'install' || hasOption(command, '--copy-bins');
  const told = valueOf(parsed, '--local-bin-path');
  const bin = told ? pathOf(command, told) : placeOf(command, undefined, '.local/bin');
  if (copies && bin === undefined) return undefined;
  const also = [...(copies ? [{ path: bin as string, kind: 'tree' as const }] : []), ...home];
  return command.cwd === '/' && copies && parsed.words.length > 1
    ? effect('build', 'builds with stack', { action: 'compile', writes: also })
    : worksIn(command.cwd, 'builds with stack', 'compile', { also });
};

/** Haskell's cabal. What it installs is linked from its own tree, whose place depends on its version. */
const cabal: CommandRule = (command) => {
  const [verb] = operands(command, ['--config-file', '--store-dir', '-w', '--with-compiler']);
  const name = (verb?.value ?? 'info').replace(/^(new|v1|v2)-/, '');
  if (/^(info|list|--version|help|check|path)$/.test(name)) return effect('neutral', 'cabal only looks');
  if (/^(update|user-config|fetch)$/.test(name)) return effect('build', `cabal ${name} serves the build`, { action: 'cabal-tool' });
  if (name === 'install') {
    if (hasOption(command, '--only-dependencies', '--dependencies-only', '--only-dep', '--enable-tests'))
      return effect('build', 'builds libraries', { action: 'cabal-tool' });
    const into = optionValue(command, '--installdir', '--bindir');
    const path = into && hasOption(command, '--install-method=copy') ? pathOf(command, into) : undefined;
    return path === undefined ? undefined : effect('build', 'builds with cabal', { action: 'compile', writes: [{ path, kind: 'tree' }] });
  }
  return /^(build|configure|sdist|test|clean|sandbox|init|haddock|freeze|get|unpack|bench)$/.test(name)
    ? worksIn(command.cwd, 'builds with cabal', 'compile')
    : undefined;
};

/** OCaml's opam: its root holds compilers, libraries and programs. */
const opam: CommandRule = (command) => {
  const [verb] = operands(command, ['--root', '--switch', '-j', '--jobs', '--comp', '--dot-profile']);
  if (!verb || (/^(list|show|env|config|var|search|info|--version|exec-env|lint|lock|clean|depext)$/.test(verb.value) && verb.value !== 'depext'))
    return effect('neutral', 'opam only looks');
  if (!/^(init|update|upgrade|switch|repo|repository|remote|pin|install|reinstall|remove|option|depext|uninstall|source)$/.test(verb.value)) return undefined;
  if (verb.value === 'depext') return effect('build', 'installs what packages are built with', { action: 'apt-build-dep' });
  const told = optionValue(command, '--root');
  const root = told ? pathOf(command, told) : placeOf(command, 'OPAMROOT', '.opam');
  return root === undefined ? undefined : effect('build', 'fills the tree of opam', { action: 'opam-install', writes: [{ path: root, kind: 'tree' }] });
};

/** Elixir's mix. */
const mix: CommandRule = (command) => {
  const [verb] = operands(command);
  const name = (verb?.value ?? 'compile').replace(/,$/, '');
  const home = placeOf(command, 'MIX_HOME', '.mix');
  if (/^(help|--version|hex\.info|format|deps\.tree|xref)$/.test(name)) return effect('neutral', 'mix only looks');
  if (/^(local\.(hex|rebar|phx|phoenix|nerves)|archive\.install|escript\.install|hex\.(repo|config|organization))$/.test(name))
    return home === undefined ? undefined : effect('build', 'installs tools of mix', { action: 'mix-tool', writes: [{ path: home, kind: 'tree' }] });
  const words = name === 'do' ? command.args.slice(1).map((word) => word.value.replace(/,$/, '')) : [name];
  if (words.some((word) => /^(run|ecto\..*|phx\.server|phoenix\.server|event_store\..*|hex\.publish|test\.watch)$/.test(word))) return undefined;
  return worksIn(command.cwd, 'builds with mix', 'compile', { also: caches(placeOf(command, 'HEX_HOME', '.hex')) });
};

const rebar: CommandRule = (command) => {
  const [verb] = operands(command);
  if (/^(version|help|shell|tree|--version)$/.test(verb?.value ?? 'help')) return effect('neutral', 'rebar3 only looks');
  return worksIn(command.cwd, 'builds with rebar', 'compile', { also: caches(placeOf(command, 'REBAR_CACHE_DIR', '.cache/rebar3')) });
};

/** Julia code that only adds packages: they stand in its depot. */
const julia: CommandRule = (command) => {
  const code = command.args.flatMap((word, at) =>
    /^(-e|-E|--eval)$/.test(word.value)
      ? (command.args[at + 1]?.value ?? '')
      : word.value.replace(/^(--eval=|-e(?=.))/, '').length < word.value.length
        ? word.value.replace(/^(--eval=|-e)/, '')
        : [],
  );
  if (hasOption(command, '-v', '--version')) return effect('neutral', 'only prints');
  const calls = code
    .flatMap((text) => text.split(/[;\n]/))
    .map((part) => part.trim())
    .filter(Boolean);
  const plain =
    /^(using|import)\s|^(Pkg|REPL|Base|IJulia|PackageCompiler)\.\w[\w.]*[!(]|^ENV\[|^pkg"|^Pkg\.\w+$|^empty!|^push!\(|^versioninfo|^println|^exit\(/;
  if (code.length === 0 || !calls.every((call) => plain.test(call))) return undefined;
  const depot = placeOf(command, 'JULIA_DEPOT_PATH', '.julia')?.split(':')[0];
  return depot === undefined || depot === ''
    ? undefined
    : effect('build', 'fills the depot of Julia', { action: 'julia-install', writes: [{ path: depot, kind: 'tree' }] });
};

/** Lua's packages, compiled where they are installed. */
const luarocks: CommandRule = (command) => {
  const [verb] = operands(command, ['--tree', '--server', '--from', '--only-server', '--lua-version']);
  if (/^(list|search|show|path|help|--version|doc|which)$/.test(verb?.value ?? 'help')) return effect('neutral', 'luarocks only looks');
  const tree = optionValue(command, '--tree');
  if (/^(download|unpack|pack|new_version|write_rockspec|init|lint|config)$/.test(verb?.value ?? ''))
    return worksIn(command.cwd, 'fetches sources', 'download');
  const local = /^(make|build)$/.test(verb?.value ?? '') && operands(command).every((word) => !/^[\w-]+$/.test(word.value) || word === verb);
  if (local && !tree) return undefined;
  const path = tree && pathOf(command, tree);
  if (path !== undefined && !/^\/(usr|usr\/local)$/.test(path))
    return effect('build', 'installs Lua packages', { action: 'luarocks-install', writes: [{ path, kind: 'tree' }] });
  return effect('runtime', 'installs Lua packages', { action: 'luarocks-install', compiles: true });
};

const rakudo: CommandRule = (command): Effect | undefined => {
  const [verb] = operands(command);
  return /^(install|update|upgrade|build)$/.test(verb?.value ?? '')
    ? effect('runtime', 'installs Raku modules', { action: 'zef-install', compiles: true })
    : effect('neutral', 'zef only looks');
};

/** Nim's and D's and others' managers fill the directory that they run in. */
const ocamlScript: CommandRule = (command: ShellCommand) =>
  /^setup\.ml$/.test(posix.basename(operands(command)[0]?.value ?? ''))
    ? worksIn(command.cwd, 'compiles', 'compile')
    : hasOption(command, '-version', '-vnum')
      ? effect('neutral', 'only prints')
      : undefined;

export const functional: Record<string, CommandRule> = {
  ...{ stack, cabal, opam, mix, rebar, rebar3: rebar, julia, luarocks, zef: rakudo, ocaml: ocamlScript },
  ...{ hpack: fills([]), alex: fills([]), happy: fills([]), 'ghc-pkg': () => effect('neutral', 'only looks'), relx: fills([]) },
};
