import { posix } from 'node:path';
import type { Facts } from '../../languages/language.ts';
import type { Build } from './builds.ts';
import { usesCompilerRuntime } from './compiler-runtimes.ts';

/** One with a prefix is made for another machine or another C library: `aarch64-linux-gnu-gcc`, `musl-gcc`. */
const C_COMPILERS = /^(?:gcc|cc|clang|tcc)(?:-\d+)?$/;
const CPP_COMPILERS = /^(?:g\+\+|c\+\+|clang\+\+)(?:-\d+)?$/;
const NATIVE = /^x86_64-(?:pc-)?linux-gnu-/;

/** Libraries that belong to the C library's own package, on Debian and Alpine alike. */
const OF_LIBC = new Set(['c', 'm', 'pthread', 'dl', 'rt', 'util', 'resolv', 'anl', 'nsl']);

const FOR_JAVA = /^(?:javac|kotlinc|scalac|groovyc|jar|mvn|mvnw|gradle|gradlew|ant|sbt|lein)$/;

/** Whether all that is built runs on the Java machine. */
export function isJava(builds: readonly Build[]): boolean {
  return builds.every(({ effect }) => FOR_JAVA.test(posix.basename(effect.command?.name ?? '')));
}

/**
 * Whether all that is built links to the C library (and, outside of gcc's own image, to C++'s) and to nothing else, as far as
 * the command lines show it.
 */
export function linksOf(facts: Facts, builds: readonly Build[]): 'plain' | 'listed' {
  if (isJava(builds)) return 'plain';
  if (usesCompilerRuntime(facts)) return 'listed';
  const ownCompiler = facts.base.ownLocal !== false;
  return builds.every(({ effect }) => {
    const { command } = effect;
    if (!command || effect.action !== 'compile') return false;
    const name = posix.basename(command.name).replace(command.args.some(({ value }) => value === '-static') ? /^.+-(?=[a-z]+(?:\+\+)?(?:-\d+)?$)/ : NATIVE, '');
    const isC = C_COMPILERS.test(name) && command.args.every((word) => !/\.(cc|cpp|cxx|c\+\+|C)$/.test(word.value));
    return (isC || (CPP_COMPILERS.test(name) && !ownCompiler)) && command.args.every((word) => word.known && linksToLibcOnly(word.value));
  })
    ? 'plain'
    : 'listed';
}

/** Whether a compiler's own command line shows that it links to the C and C++ library alone. */
export function linksToItself({ effect }: Build): boolean {
  const { command, action } = effect;
  if (!command || action !== 'compile') return false;
  const name = posix.basename(command.name);
  return (C_COMPILERS.test(name) || CPP_COMPILERS.test(name)) && command.args.every((word) => word.known && linksToLibcOnly(word.value));
}

function linksToLibcOnly(word: string): boolean {
  const library = /^-l(.*)$/.exec(word)?.[1];
  if (library !== undefined) return OF_LIBC.has(library);
  return !/^-(fopenmp|fsanitize|fcilkplus|ftree-parallelize-loops|m32|mx32|pg|L|Wl|stdlib)/.test(word) && !/\.(a|so[\d.]*)$/.test(word);
}
