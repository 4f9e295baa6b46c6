import type { ObservedBase } from '../types.ts';
import type { Base, BaseTable } from './base.ts';
import { isDistribution } from './bases.ts';
import { parseImageReference } from './image-reference.ts';
import { loadTable } from './load.ts';
import { splitTag } from './tag-parts.ts';

const MEGABYTE = 1024 * 1024;

/** Describes an image that no table knows by what was seen of it: a tag that is newer than the tables, or somebody's own image. */
export function describeSeen(reference: string, seen: ObservedBase, bytes: number): Base {
  const { official, registry, repository, tag = 'latest' } = parseImageReference(reference);
  const { libc, packageManager, shells } = loadTable<BaseTable>('bases').distros[seen.distro];
  const image = official ?? (registry === '' ? repository : `${registry}/${repository}`);
  return {
    ...seen,
    ...{ image, libc, packageManager, shells: [...shells] },
    floating: official === undefined || !tag.includes(seen.release),
    variant: seen.distro === 'alpine' ? 'alpine' : splitTag(tag).slim ? 'slim' : 'full',
    megabytes: Math.round(bytes / MEGABYTE),
    ownLocal: !isDistribution(image),
  };
}
