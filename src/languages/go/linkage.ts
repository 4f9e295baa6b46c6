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
  const evidence = (note: string): Evidence => ({ file: facts.source.path, line, note });
  const flags = [...build.args.map((word) => word.value), build.env.GOFLAGS ?? ''].join(' ');
  const forced = /-buildmode[= ]["']?(pie|plugin|shared|c-\w+)|-(race|msan|asan|linkshared)\b/.exec(flags)?.[0];
  if (forced !== undefined) return { libc, evidence: evidence(`${forced} links the program to the C library`) };
  const external = /-linkmode[= ]["']?external/.test(flags);
  const setting = build.env.CGO_ENABLED ?? (Object.hasOwn(build.env, 'CGO_ENABLED') ? '1' : undefined);
  if (setting === '0' && !external) return { libc: 'none', evidence: evidence('CGO_ENABLED=0: the program is static') };
  // Go links by itself, without these flags, unless it is told to or other than its own C code is there: https://pkg.go.dev/cmd/link
  const linksStatic = /-extldflags[= ]*["']?[^"']*-static\b/.test(flags);
  if (linksStatic && external && libc === 'musl') return { libc: 'none', evidence: evidence('linked with -static') };
  if (external) return { libc, evidence: evidence('-linkmode external links the program to the C library') };
  if (build.env.GOARCH !== undefined && build.env.GOARCH !== 'amd64' && setting === undefined && facts.options.platform === undefined) return { libc: 'none', evidence: evidence('built for another architecture, for which cgo is off') };

  const own = sources.find((source) => source.imports.includes('C'));
  if (own) return { libc, evidence: { file: own.file, note: 'imports "C"' } };
  const compiler = hasCompiler(facts);
  if (!compiler && setting === undefined && !precedesAutomaticCgo(facts, module)) return { libc: 'none', evidence: evidence('the builder has no C compiler, so cgo is off') };
  const dependency = module?.requires.find((path) => describeGoModule(path)?.cgo);
  if (dependency !== undefined && compiler) return { libc, evidence: { file: 'go.mod', note: `${dependency} is linked to C libraries` } };
  const network = sources.flatMap((source) => source.imports.filter((path) => importsNetwork(path)).map((path) => ({ file: source.file, path })))[0];
  if (network) return { libc, evidence: { file: network.file, note: `imports ${network.path}, which is linked to the C library where cgo is on` } };
  const third = sources.flatMap((source) => source.imports.filter((path) => isThirdParty(path, module)).map((path) => ({ file: source.file, path })))[0];
  if (third) return { libc, evidence: { file: third.file, note: `imports ${third.path}, which may be linked to the C library: cgo is on` } };
  return { libc: 'none', evidence: evidence('no package of the program uses C, net or os/user') };
}

/** Whether an import is neither of the standard library nor of the module itself. */
export function isThirdParty(path: string, module: GoModule | undefined): boolean {
  const own = module !== undefined && module.path !== '' && (path === module.path || path.startsWith(`${module.path}/`));
  return !own && /^[^/]*\.[^/]*\//.test(path);
}

/** Debian's golang images have gcc; Alpine's only where it is installed. */
function hasCompiler(facts: Facts): boolean {
  const installed = facts.labelled.flatMap(({ segments }) => (segments ?? []).flatMap((segment) => segment.effects.flatMap((effect) => effect.packages?.names ?? [])));
  return facts.base.distro !== 'alpine' || installed.some((name) => /^(gcc|g\+\+|build-base|alpine-sdk|clang|musl-dev)\b/.test(name));
}

/** Before Go 1.20 cgo was on by default even where no C compiler is. */
function precedesAutomaticCgo(facts: Facts, module: GoModule | undefined): boolean {
  const version = facts.base.image === 'golang' ? facts.base.languageVersion : module?.version;
  const [major, minor] = (version ?? '').split('.').map(Number);
  return major === 1 && minor !== undefined && minor < 20;
}
