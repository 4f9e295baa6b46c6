import type { PackageManager } from '../types.ts';
import { loadTable, lookUp } from './load.ts';

/** What a package is for: only a build, either stage as a tool, running, being linked to. */
export type PackageRole = 'build' | 'tool' | 'runtime' | 'library' | 'unknown';

type PackageTable = {
  /** Debian's name of a -dev package → Alpine's. */
  aliases?: Record<string, string>;
  /** -dev package → its libraries, separated by spaces → the releases where that is so; `*` is all of them. */
  libraries: Record<string, Record<string, string>>;
  /** Regular expression and role, the first that fits. */
  patterns: [pattern: string, role: PackageRole][];
  roles: Record<string, string>;
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
  for (const [libraries, releases] of Object.entries(known)) {
    if (releases !== '*' && !releases.split(' ').includes(release)) continue;
    return libraries === '' ? [] : libraries.split(' ');
  }
  return undefined;
}

function tableOf(manager: PackageManager): PackageTable {
  return loadTable<PackageTable>(`${TABLES[manager]}-packages`);
}

function readRoles(manager: PackageManager): Map<string, PackageRole> {
  const pairs = Object.entries(tableOf(manager).roles).flatMap(([role, names]) => names.split(' ').map((name) => [name, role]));
  return new Map(pairs as [string, PackageRole][]);
}
