import { posix } from 'node:path';
import type { ShellCommand, StartCommand } from '../types.ts';

/** Tools that build whenever they are run. */
const ALWAYS =
  /^(g?make|cmake|ninja|meson|autoreconf|bazel|bazelisk|buck2?|scons|gcc|g\+\+|cc|c\+\+|clang(\+\+)?|ld|javac|kotlinc|scalac|mvn|mvnw|mvnd|gradle|gradlew|ant|sbt|mill|lein|boot|rustc|ghc|ocamlc|ocamlopt|ocamlfind|gfortran|nasm|yasm|fpc|nvcc|emcc|ldc2|dmd|CompileDaemon|air|reflex|cargo-watch|tsc|webpack|rollup|esbuild|parcel|gulp|grunt|msbuild|xbuild|mcs|csc|vsc|elm|rebar3|corral|ponyc)$/;

/** Tools that build with some of their verbs, by the tool. */
const WITH_VERB: Record<string, RegExp> = {
  cargo: /^(run|build|watch|test|install|bench|check|shuttle|leptos|r|b)$/,
  // `go run` is Go's own to judge.
  go: /^(build|install|test|generate)$/,
  dotnet: /^(run|watch|build|publish|test|restore)$/,
  // `mix phx.server` and `mix run` need mix, which comes with the language.
  mix: /^(compile|release|test|do|deps\..*|assets\..*|phx\.digest)$/,
  swift: /^(run|build|test)$/,
  stack: /^(run|build|exec|test|ghci|runghc|install)$/,
  cabal: /^(run|build|exec|test|install|v2-run|new-run)$/,
  dune: /^(exec|build|test|runtest)$/,
  opam: /^(install|build)$/,
  nim: /^(c|cc|cpp|compile|r)$/,
  nimble: /^(run|build|install|test|c)$/,
  zig: /^(run|build|build-exe|test)$/,
  crystal: /^(run|build|spec|eval)$/,
  shards: /^(run|build|install)$/,
  dub: /^(run|build|test)?$/,
  v: /^(run|build|watch)$/,
  dart: /^(compile|build|pub)$/,
  flutter: /./,
  gleam: /^(run|build|test)$/,
  clojure: /./,
  clj: /./,
  npx: /^(tsc|webpack|vite|rollup|ng)$/,
  vite: /^build$/,
  next: /^build$/,
  ng: /^(serve|build)$/,
  bundle: /^install$/,
  composer: /^(install|update)$/,
  hugo: /./,
  jekyll: /./,
};

/** Rails and Rake build where they compile assets. */
const ASSETS = /^(assets:precompile|webpacker:compile|css:build|javascript:build)$/;

/** The first command of the start that builds: its tools have to be in the image that runs. Undefined where there is none. */
export function buildToolAtStart(start: Pick<StartCommand, 'commands'>): ShellCommand | undefined {
  return start.commands.find(builds);
}

function builds(command: ShellCommand): boolean {
  const name = posix.basename(command.name);
  const words = command.args.map((word) => word.value);
  if (words.some((word) => ASSETS.test(word))) return true;
  if (words.length === 1 && /^(-v|-V|--version|-version|--help|-h)$/.test(words[0] ?? '')) return false;
  if (ALWAYS.test(name)) return true;
  const verbs = Object.hasOwn(WITH_VERB, name) ? WITH_VERB[name] : undefined;
  const verb = words.find((word) => !/^[-+]/.test(word));
  return verbs?.test(verb ?? (name === 'clj' || name === 'clojure' ? 'repl' : '')) === true;
}
