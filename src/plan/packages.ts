import { packageRole, runtimeLibraries } from '../knowledge/packages.ts';
import type { Effect, LabelledInstruction, PackageManager } from '../types.ts';

export interface PackageSplit {
  manager: PackageManager;
  /** Written name → the names that the final stage installs for it; [] leaves it behind. */
  names: Map<string, string[]>;
  kept: string[];
  left: string[];
}

export interface PackageInput {
  labelled: readonly LabelledInstruction[];
  /** Distribution release of the base, or ''. */
  release: string;
  /** Programs and packages that the running image is known to need. */
  needed: ReadonlySet<string>;
  /** Packages of tools (git, curl …) that a build step is seen to use and nothing else. */
  buildTools: ReadonlySet<string>;
}

/**
 * Which packages of an install the running image needs. Compilers and headers stay behind, headers leave their shared
 * library; what is not known to serve only builds is kept.
 */
export function splitPackages(effect: Effect, input: PackageInput): PackageSplit | undefined {
  const list = effect.packages;
  if (!list) return undefined;
  const removed = removedLater(input.labelled, list.manager);
  const virtual = effect.group !== undefined && removed.has(effect.group);
  const names = new Map(list.names.map((name) => [name, virtual || removed.has(bare(name)) ? [] : runtimeNames(list.manager, name, input)]));
  const kept = [...names.values()].flat();
  return { manager: list.manager, names, kept: [...new Set(kept)], left: list.names.filter((name) => !names.get(name)?.includes(name)) };
}

function runtimeNames(manager: PackageManager, written: string, input: PackageInput): string[] {
  const name = bare(written);
  if (input.needed.has(name)) return [written];
  const libraries = runtimeLibraries(manager, name, input.release);
  if (libraries) return libraries;
  switch (packageRole(manager, name)) {
    case 'build':
      return /-(dev|devel)$/.test(name) && name.startsWith('lib') ? [written] : [];
    case 'tool':
      return input.buildTools.has(name) ? [] : [written];
    default:
      return [written];
  }
}

/** `libpq-dev=13.*`, `curl:amd64` → the package's name. */
function bare(name: string): string {
  return name.replace(/[=<>~:].*$/, '');
}

function removedLater(labelled: readonly LabelledInstruction[], manager: PackageManager): Set<string> {
  const effects = labelled.flatMap(({ segments }) => (segments ?? []).flatMap((segment) => segment.effects));
  return new Set(effects.flatMap((effect) => (effect.action === `${manager}-remove` ? (effect.packages?.names ?? []) : [])));
}
