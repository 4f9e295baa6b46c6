import { within } from '../../effects/effect.ts';
import type { Effect } from '../../types.ts';
import type { Facts, LanguagePlan } from '../language.ts';
import type { DataFiles } from './data.ts';

/**
 * What else RUN instructions write: directories of other builds (a front end) stay behind but for the paths that the
 * program reads, and so do files made among the sources. All of them are kept where the program opens computed paths.
 */
export function otherWrites(facts: Facts, data: DataFiles): { directories: string[]; outputs: string[]; generated: LanguagePlan['generated'] } {
  const writes = facts.labelled.flatMap(({ index, segments }) => (segments ?? []).flatMap(({ effects }) => effects.filter(isOther).flatMap((effect) => effect.writes.map((write) => ({ index, builds: effect.role === 'build', path: write.path })))));
  const generated = new Map(writes.flatMap((write) => [...data.named].flatMap((path) => madeFor(path, write, facts))));
  return {
    directories: data.all ? [] : [...new Set(writes.filter(({ builds }) => builds).map(({ path }) => path))],
    outputs: data.all ? writes.map(({ path }) => path) : [],
    generated: [...generated].map(([path, after]) => ({ path, after })),
  };
}

function isOther(effect: Effect): boolean {
  return !effect.action?.startsWith('go-') && !KEEPS_PLACE.has(effect.action ?? '') && effect.role !== 'neutral';
}

/** What of a write the program reads by that path: the path itself, or all that was written at or below it. */
function madeFor(path: string, write: { index: number; builds: boolean; path: string }, facts: Facts): [string, number][] {
  if (within(write.path, path)) return [[write.path, write.index]];
  return write.builds && within(path, write.path) && !isInContext(path, facts) ? [[path, write.index]] : [];
}

const KEEPS_PLACE = new Set(['remove', 'chmod', 'chown', 'chgrp', 'edit', 'make-directory']);

function isInContext(path: string, facts: Facts): boolean {
  const source = facts.sourceOf(path);
  return source !== undefined && facts.context.kind(source) !== undefined;
}

