import { packageRole, runtimeLibraries } from '../../knowledge/packages.ts';
import { describePythonPackage } from '../../knowledge/python-packages.ts';
import { hasWheels } from '../../knowledge/python-wheels.ts';
import type { Evidence, LabelledInstruction, PackageManager } from '../../types.ts';
import type { Facts } from '../language.ts';
import { hasWheel, type LockedPackage } from './locks.ts';
import type { PackageSet } from './packages.ts';
import { minorVersion, type Spread } from './places.ts';

/** What the extension modules of the installed packages link to. */
export interface Linking {
  /** Packages with the libraries of which that is known. */
  libraries: { name: string; evidence: Evidence }[];
  /** Why the builder has to look for itself. */
  look?: Evidence;
}

/**
 * Where packages put files beside their modules: anywhere below the prefix (a package known to do so), in its `etc` and
 * `share` (one that is not known may: https://setuptools.pypa.io/en/latest/deprecated/distutils/setupscript.html), or nowhere.
 */
export function spreadOf(set: PackageSet): Spread {
  if (set.packages.some(({ name }) => describePythonPackage(name)?.prefixFiles) || [...set.projects.values()].some(({ spreads }) => spreads)) return 'prefix';
  return set.opaque || set.packages.some(({ name, url }) => url !== undefined || describePythonPackage(name) === undefined) ? 'data' : 'none';
}

/** Whether a compiler is at hand where the packages are installed: without one every extension module comes ready made. */
export function canCompile(facts: Pick<Facts, 'base' | 'labelled'>): boolean {
  if (facts.base.variant === 'full' && facts.base.image !== facts.base.distro) return true;
  return installedPackages(facts.labelled).some(
    ({ manager, name }) => packageRole(manager, name) === 'build' || (manager === 'apt' && /^python3?-pip$/.test(name)),
  );
}

/** The system packages that RUN instructions name. */
export function installedPackages(labelled: readonly LabelledInstruction[]): { manager: PackageManager; name: string; index: number }[] {
  return labelled.flatMap(({ index, segments }) =>
    (segments ?? []).flatMap(({ effects }) =>
      effects.flatMap(({ action, packages }) =>
        action?.endsWith('-install') && packages
          ? packages.names.map((name) => ({ manager: packages.manager, name: name.replace(/[=<>~:].*$/, ''), index }))
          : [],
      ),
    ),
  );
}

/**
 * Which libraries the installed packages link to, as far as packages are known; where one may have been compiled and nobody
 * knows against what, the builder has to look. Only Debian and Ubuntu: Alpine brings no library that the Dockerfile does not name.
 */
export function linkingOf(facts: Facts, set: PackageSet): Linking {
  const linking: Linking = { libraries: [] };
  if (!canCompile(facts)) return linking;
  if (set.opaque) linking.look = { file: facts.source.path, note: 'not all requirements can be read' };
  for (const one of set.packages) {
    const libraries = librariesOf(one, facts, set);
    if (libraries === undefined) linking.look ??= { ...one.evidence, note: `${one.name} may be compiled against libraries of the builder` };
    for (const name of libraries ?? []) linking.libraries.push({ name, evidence: { ...one.evidence, note: `${one.name} links to ${name}` } });
  }
  return linking;
}

/** The packages with the libraries that one Python package links to; undefined where nobody knows. */
function librariesOf(one: LockedPackage, facts: Facts, set: PackageSet): string[] | undefined {
  const known = describePythonPackage(one.name);
  const compiled = set.compiled.has(':all:') || set.compiled.has(one.name);
  if (known?.pure && one.url === undefined) return [];
  if (!compiled && hasWheel(one, minorVersion(facts), facts.base.libc === 'musl' ? 'musl' : 'glibc')) return [];
  const kind = judge(one, compiled && known ? { ...known, wheel: undefined } : known, facts);
  if (kind !== 'links') return kind === 'fine' ? [] : undefined;
  const found = (known?.links ?? []).map((name) => runtimeLibraries('apt', name, facts.base.release));
  return found.some((names) => names !== undefined) ? found.flatMap((names) => names ?? []) : undefined;
}

/** A wheel brings its libraries along; an exact version may have none for this Python, and is compiled then. */
function judge(
  one: LockedPackage,
  known: { links?: string[]; embeds?: true; wheel?: true | undefined } | undefined,
  facts: Facts,
): 'fine' | 'links' | 'unknown' {
  if (known === undefined) return 'unknown';
  if (known.embeds && facts.base.image !== 'python') return 'unknown';
  if (known.links === undefined) return one.url === undefined || known.wheel ? 'fine' : 'unknown';
  if (!known.links.some((name) => isAtHand(name, facts))) return 'fine';
  if (!known.wheel) return 'links';
  const python = minorVersion(facts);
  const sure =
    one.pin === undefined ||
    (python !== undefined && facts.base.release !== 'stretch' && facts.base.release !== 'jessie' && hasWheels(one.name, one.pin, python));
  return sure ? 'fine' : 'unknown';
}

/** Headers that neither a full image nor the Dockerfile brings cannot be linked against: https://github.com/docker-library/buildpack-deps */
function isAtHand(name: string, facts: Facts): boolean {
  return !NOT_IN_FULL.has(name) || installedPackages(facts.labelled).some((one) => NOT_IN_FULL.has(one.name));
}

const NOT_IN_FULL = new Set(
  'freetds-dev libgdal-dev libgeos-dev libgit2-dev libhdf5-dev libmemcached-dev libnetcdf-dev libopenblas-dev libproj-dev librdkafka-dev libsnappy-dev libspatialindex-dev libzmq3-dev unixodbc-dev'.split(
    ' ',
  ),
);
