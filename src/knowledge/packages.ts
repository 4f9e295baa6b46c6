import type { PackageManager } from '../types.ts';
import { loadTable, lookUp } from './load.ts';

/** What a package is for: only a build, either stage as a tool, running, being linked to. */
export type PackageRole = 'build' | 'tool' | 'runtime' | 'library' | 'unknown';

type PackageTable = {
  /** Debian's name of a -dev package → Alpine's. */
  aliases?: Record<string, string>;
  /** Package → the packages, separated by spaces, that come with it by Depends and bring programs. */
  brings?: Record<string, string>;
  /** -dev package → its libraries, separated by spaces → the releases where that is so; `*` is all of them. */
  libraries: Record<string, Record<string, string>>;
  /** Regular expression and role, the first that fits. */
  patterns: [pattern: string, role: PackageRole][];
  roles: Record<string, string>;
  /** Regular expression of build tools, and the packages that stay of them, as in `libraries`; `$1` is a part of the name. */
  runtimes?: [pattern: string, packages: Record<string, string>][];
};

const TABLES: Record<PackageManager, string> = { apt: 'apt', apk: 'apk', dnf: 'dnf', zypper: 'dnf', pacman: 'pacman' };
const roles = new Map<string, Map<string, PackageRole>>();

/** Says what a package of Debian, Ubuntu (`apt`) or Alpine (`apk`) is for, by its name and then by the first pattern that fits. */
export function packageRole(manager: PackageManager, name: string): PackageRole {
  const known = roles.get(manager) ?? readRoles(manager);
  roles.set(manager, known);
  return known.get(name) ?? tableOf(manager).patterns.find(([pattern]) => new RegExp(pattern).test(name))?.[1] ?? 'unknown';
}

/**
 * The packages that hold the shared libraries of a -dev package in a release (`bookworm`, `22.04`, `3.19`): `libssl-dev`
 * gives `libssl3`. None where it has no shared library; undefined where the table does not know the package or the release.
 * Alpine's may be asked for by Debian's name.
 */
export function runtimeLibraries(manager: PackageManager, name: string, release: string): string[] | undefined {
  const table = tableOf(manager);
  const known = lookUp(table.libraries, name) ?? lookUp(table.libraries, lookUp(table.aliases, name) ?? '') ?? {};
  const libraries = ofRelease(known, release, manager);
  return libraries === '' ? [] : libraries?.split(' ');
}

function tableOf(manager: PackageManager): PackageTable {
  return loadTable<PackageTable>(`${TABLES[manager]}-packages`);
}

function readRoles(manager: PackageManager): Map<string, PackageRole> {
  const pairs = Object.entries(tableOf(manager).roles).flatMap(([role, names]) => names.split(' ').map((name) => [name, role]));
  return new Map(pairs as [string, PackageRole][]);
}

/**
 * The packages that hold what a program may need of a compiler, an SDK or an interpreter's headers after these are left behind:
 * `g++` gives `libstdc++6`, `openjdk-17-jdk` the runtime of Java 17. Sorted; none where it leaves nothing, itself where the name of
 * what it leaves depends on a release that the table does not know.
 */
export function runtimeOfBuildTools(manager: PackageManager, name: string, release: string): string[] {
  const found = (tableOf(manager).runtimes ?? []).flatMap(([pattern, packages]) => {
    const match = new RegExp(pattern).exec(name);
    if (match === null) return [];
    const fits = ofRelease(packages, release, manager);
    return fits === undefined ? [name] : fits.split(' ').map((one) => one.replace(/\$(\d)/g, (_, group) => match[Number(group)] ?? ''));
  });
  return [...new Set(found)].sort();
}

/** The packages with programs of their own that a package always brings along: `meson` → `python3`, `build-essential` → `patch`, `bzip2` … */
export function broughtAlong(manager: PackageManager, name: string): string[] {
  const brings = tableOf(manager).brings ?? {};
  return (lookUp(brings, name) ?? lookUp(brings, name.replace(/-\d[\d.]*$/, '')))?.split(' ') ?? [];
}

/** Whether a package is there for headers (`libpq-dev`, `zlib-devel`), whose libraries a program may link to, and not for tools. */
export function isHeaderPackage(manager: PackageManager, name: string): boolean {
  const known = roles.get(manager) ?? readRoles(manager);
  roles.set(manager, known);
  return /-(dev|devel)$/.test(name) && !known.has(name);
}

/** What holds for a release by its name, and else for all; openSUSE's names are not those of the others that have rpm. */
function ofRelease(table: Record<string, string>, release: string, manager: PackageManager): string | undefined {
  const named = Object.entries(table).find(([, releases]) => releases.split(' ').includes(release));
  const all = manager === 'zypper' ? undefined : Object.entries(table).find(([, releases]) => releases === '*');
  return (named ?? all)?.[0];
}

/**
 * Megabytes that a package adds to a small image, with all that it depends on (by Debian 12's index for `apt`, from memory for the others); undefined
 * for one that is light or not in package-sizes.json. A version in the name (`openjdk-21-jdk`) counts as another one would.
 */
export function packageSize(manager: PackageManager, name: string): number | undefined {
  const sizes = loadTable<Record<string, Record<string, number>>>('package-sizes')[TABLES[manager]];
  return lookUp(sizes, name) ?? lookUp(sizes, name.replace(/^openjdk-\d+/, 'openjdk-17').replace(/-\d[\d.]*$/, ''));
}
