import type { InstalledPackage } from '../engine/package-books.ts';
import type { ObservedPackage } from '../types.ts';

export type Packages = ReadonlyMap<string, InstalledPackage>;

/** The packages of an image that its base has not, by name, each with those of them that come with it. */
export function observedPackages(base: Packages, all: Packages): ObservedPackage[] {
  const providers = providersOf(all);
  const added = [...all.values()].filter(({ name }) => !base.has(name));
  const isAdded = (name: string) => !base.has(name);
  return added
    .map(({ name, bytes, needs, recommends }) => {
      const others = [...needs, ...recommends].flatMap((one) => providers.get(one) ?? []).filter((one) => one !== name && isAdded(one));
      return { name, bytes, needs: [...new Set(others)].sort() };
    })
    .sort(byName);
}

/** Names of what was added or replaced between two states. */
export function changedPackages(before: Packages, after: Packages): string[] {
  const changed = [...after.values()].filter(({ name, version }) => before.get(name)?.version !== version);
  return changed.map(({ name }) => name).sort();
}

/** Names of the packages that the smallest image of the distribution has: those of which it is made, and all that they need. */
export function basicPackages(all: Packages): Set<string> {
  const providers = providersOf(all);
  const found = new Set<string>();
  const waiting = [...all.values()].filter(({ isBasic }) => isBasic).map(({ name }) => name);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    waiting.push(...(all.get(name)?.needs ?? []).flatMap((one) => providers.get(one) ?? []));
  }
  return found;
}

/** The packages that answer to each name, their own and virtual ones. */
function providersOf(all: Packages): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { name, provides } of all.values()) for (const one of [name, ...provides]) found.set(one, [...(found.get(one) ?? []), name]);
  return found;
}

function byName(one: { name: string }, other: { name: string }): number {
  return one.name < other.name ? -1 : 1;
}
