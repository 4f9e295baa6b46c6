import { allEffects, pathOf } from '../../effects/effect.ts';
import type { Facts } from '../../languages/language.ts';
import { findRemovals } from '../removals.ts';
import { isNamed } from './named.ts';

const ARCHIVE = /\.(tar|t?gz|tgz|t?bz2?|tbz|t?xz|txz|zst|zip|7z|rar|cpio)$/;

/**
 * Archives that are downloaded or copied, unpacked by a command and not removed, and named by nothing else: they have done what
 * they were brought for. As absolute paths in the image.
 */
export function unpackedArchives(facts: Facts): string[] {
  const unpacked = new Set(
    allEffects(facts.labelled).flatMap(({ why, command }) =>
      why === 'unpacks an archive' && command ? command.args.flatMap((word) => pathOf(command, word) ?? []) : [],
    ),
  );
  const removed = new Set(findRemovals(facts.labelled).map(({ path }) => path));
  return broughtFiles(facts).filter((path) => ARCHIVE.test(path) && unpacked.has(path) && !removed.has(path) && !isNamed(path, facts));
}

function broughtFiles({ labelled }: Facts): string[] {
  const downloaded = allEffects(labelled).flatMap(({ action, writes }) => (action === 'download' ? writes.filter(({ kind }) => kind === 'file') : []));
  const copied = labelled.flatMap(({ copy }) => (copy && !copy.unpacks ? copy.placed.filter(({ kind }) => kind === 'file') : []));
  return [...downloaded, ...copied].map(({ path }) => path);
}
