import type { PackageManager } from '../types.ts';
import type { Base } from './base.ts';
import { loadTable, lookUp } from './load.ts';

/** None of the tables of a package manager need be there. */
type ProgramTable = Partial<Record<PackageManager, Record<string, string>>> & { preferred: Partial<Record<PackageManager, Record<string, string>>> };

const builtins = new Set(
  [
    '. : [ alias bg break builtin cd command continue echo eval exec exit export false fg getopts hash jobs kill local printf',
    'pwd read return set shift source test times trap true type ulimit umask unalias unset wait',
  ].flatMap((line) => line.split(' ')),
);
const packageOf = new Map<PackageManager, Map<string, string>>();

/**
 * Says whether a base image holds a program, named by itself (`curl`) or by a path (`/usr/bin/curl`), or its shell has it
 * built in. From programs.json.
 */
export function providesProgram(base: Base, name: string): boolean {
  if (base.shells.includes(name)) return true;
  const plain = /^(?:\/usr(?:\/local)?)?\/s?bin\/([^/]+)$/.exec(name)?.[1] ?? name;
  return base.programs.includes(plain) || (base.shells.length > 0 && builtins.has(name));
}

/**
 * The package of the distribution itself that brings a program: `psql` → `postgresql-client`. From programs.json, its
 * `preferred` part first, where an empty name stands for a program that only foreign packages bring.
 */
export function packageOfProgram(manager: PackageManager, name: string): string | undefined {
  const known = packageOf.get(manager) ?? readPackages(manager);
  packageOf.set(manager, known);
  return known.get(name) || undefined;
}

/** The programs that a package brings: `procps` → `free`, `kill`, `ps` …; none for a package that is not in programs.json. */
export function programsOfPackage(manager: PackageManager, name: string): string[] {
  const list = lookUp(loadTable<ProgramTable>('programs')[manager] ?? {}, name);
  if (list !== undefined) return list.split(' ');
  const major = manager === 'apt' ? /^(postgresql-client|openjdk)-\d+(.*)$/.exec(name) : null;
  if (major === null) return [];
  return programsOfPackage(manager, major[1] === 'openjdk' ? `default${major[2] ?? ''}` : 'postgresql-client');
}

function readPackages(manager: PackageManager): Map<string, string> {
  const table = loadTable<ProgramTable>('programs');
  const pairs = Object.entries(table[manager] ?? {}).flatMap(([name, list]) => list.split(' ').map((program): [string, string] => [program, name]));
  return new Map([...pairs.reverse(), ...Object.entries(table.preferred[manager] ?? {})]);
}
