import { loadTable } from './load.ts';

/** The part of bases.json that names releases. */
export type ReleaseNames = {
  debian: { aliases: Record<string, string>; numbers: Record<string, string> };
  ubuntu: { codenames: Record<string, string> };
};

/** Debian's code names that images are tagged with. From bases.json. */
export function debianCodenames(): Set<string> {
  const { aliases, numbers } = loadTable<ReleaseNames>('bases').debian;
  return new Set([...Object.values(numbers), ...Object.values(aliases)]);
}

/** Ubuntu's code names that images are tagged with. From bases.json. */
export function ubuntuCodenames(): Set<string> {
  return new Set(Object.keys(loadTable<ReleaseNames>('bases').ubuntu.codenames));
}
