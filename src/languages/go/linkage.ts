import { describeGoModule, importsNetwork } from '../../knowledge/go-modules.ts';
import type { Evidence, ShellCommand } from '../../types.ts';
import type { Facts } from '../language.ts';
import type { GoModule } from './modules.ts';
import type { GoSource } from './sources.ts';

export interface Linkage {
  /** What the program links to: nothing, or the C library of the builder. */
  libc: 'none' | 'glibc' | 'musl';
  evidence: Evidence;
}

/**
 * Whether the program is static. Without cgo it is; with cgo it is linked to libc where a package uses C, or where it
 * uses net or os/user: https://pkg.go.dev/cmd/cgo, https://go.dev/doc/go1.20#cgo
 */
export function linkageOf(facts: Facts, build: ShellCommand, module: GoModule | undefined, sources: readonly GoSource[], line: number): Linkage {
  const libc = facts.base.libc === 'musl' ? 'musl' : 'glibc';
  const told = toldByFlags(build, libc) ?? toldByCompiler(facts, build, module, sources);
  if (told) return { libc: told.libc, evidence: { file: facts.source.path, line, note: told.note } };
  const linked = linkedImport(module, sources, hasCompiler(facts));
  if (linked) return { libc, evidence: linked };
  return { libc: 'none', evidence: { file: facts.source.path, line, note: 'no package of the program uses C, net or os/user' } };
}

/** Flags go before all else: https://pkg.go.dev/cmd/link. Without an external linker Go links by itself and ignores -extldflags. */
function toldByFlags(build: ShellCommand, libc: 'glibc' | 'musl'): { libc: Linkage['libc']; note: string } | undefined {
  const flags = [...build.args.map((word) => word.value), build.env.GOFLAGS ?? ''].join(' ');
  const forced = /-buildmode[= ]["']?(pie|plugin|shared|c-\w+)|-(race|msan|asan|linkshared)\b/.exec(flags)?.[0];
  if (forced !== undefined) return { libc, note: `${forced} links the program to the C library` };
  const external = /-linkmode[= ]["']?external/.test(flags);
  if (external && libc === 'musl' && /-extldflags[= ]*["']?[^"']*-static\b/.test(flags)) return { libc: 'none', note: 'linked with -static' };
  if (external) return { libc, note: '-linkmode external links the program to the C library' };
  return build.env.CGO_ENABLED === '0' ? { libc: 'none', note: 'CGO_ENABLED=0: the program is static' } : undefined;
}

/** Since Go 1.20 cgo is off where no C compiler is, unless it is asked for. */
function toldByCompiler(facts: Facts, build: ShellCommand, module: GoModule | undefined, sources: readonly GoSource[]) {
  const asked = Object.hasOwn(build.env, 'CGO_ENABLED') || sources.some((source) => source.imports.includes('C'));
  if (asked || hasCompiler(facts) || precedesAutomaticCgo(facts, module)) return undefined;
  return { libc: 'none' as const, note: 'the builder has no C compiler, so cgo is off' };
}

/** The first import that is, or may be, linked to the C library where cgo is on. */
function linkedImport(module: GoModule | undefined, sources: readonly GoSource[], compiler: boolean): Evidence | undefined {
  const own = sources.find((source) => source.imports.includes('C'));
  if (own) return { file: own.file, note: 'imports "C"' };
  const dependency = compiler ? module?.requires.find((path) => describeGoModule(path)?.cgo) : undefined;
  if (dependency !== undefined) return { file: 'go.mod', note: `${dependency} is linked to C libraries` };
  const imports = sources.flatMap((source) => source.imports.map((path) => ({ file: source.file, path })));
  const network = imports.find(({ path }) => importsNetwork(path));
  if (network) return { file: network.file, note: `imports ${network.path}, which is linked to the C library where cgo is on` };
  const third = imports.find(({ path }) => isThirdParty(path, module));
  return third && { file: third.file, note: `imports ${third.path}, which may be linked to the C library: cgo is on` };
}

/** Whether an import is neither of the standard library nor of the module itself. */
export function isThirdParty(path: string, module: GoModule | undefined): boolean {
  const own = module !== undefined && module.path !== '' && (path === module.path || path.startsWith(`${module.path}/`));
  return !own && /^[^/]*\.[^/]*\//.test(path);
}

/** Debian's golang images have gcc; Alpine's only where it is installed. */
function hasCompiler(facts: Facts): boolean {
  const installed = facts.labelled.flatMap(({ segments }) =>
    (segments ?? []).flatMap((segment) => segment.effects.flatMap((effect) => effect.packages?.names ?? [])),
  );
  return facts.base.distro !== 'alpine' || installed.some((name) => /^(gcc|g\+\+|build-base|alpine-sdk|clang|musl-dev)\b/.test(name));
}

/** Before Go 1.20 cgo was on by default even where no C compiler is. */
function precedesAutomaticCgo(facts: Facts, module: GoModule | undefined): boolean {
  const version = facts.base.image === 'golang' ? facts.base.languageVersion : module?.version;
  const [major, minor] = (version ?? '').split('.').map(Number);
  return major === 1 && minor !== undefined && minor < 20;
}
