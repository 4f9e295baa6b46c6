import { posix } from 'node:path';
import { within } from '../../effects/effect.ts';
import { isInContext } from '../../effects/sources.ts';
import type { Effect } from '../../types.ts';
import type { Facts, LanguagePlan } from '../language.ts';
import type { DataFiles } from './data.ts';

/**
 * What else RUN instructions write: directories of other builds (a front end) stay behind but for the paths that the
 * program reads, and so do files made among the sources. All of them are kept where the program opens computed paths.
 */
export function otherWrites(facts: Facts, data: DataFiles): { directories: string[]; outputs: string[]; generated: LanguagePlan['generated'] } {
  const writes = facts.labelled.flatMap(({ index, segments }) =>
    (segments ?? []).flatMap(({ effects }) =>
      effects
        .filter(isOther)
        .flatMap((effect) =>
          effect.writes.map((write) => ({ index, builds: effect.role === 'build', generates: effect.action === 'generate', path: write.path })),
        ),
    ),
  );
  const generated = new Map(writes.flatMap((write) => [...data.named].flatMap((path) => madeFor(path, write, data, facts))));
  return {
    directories: data.all ? [] : [...new Set(writes.filter(({ builds }) => builds).map(({ path }) => path))],
    outputs: data.all ? writes.map(({ path }) => path) : [],
    generated: [...generated].map(([path, after]) => ({ path, after })),
  };
}

function isOther(effect: Effect): boolean {
  return !effect.action?.startsWith('go-') && !KEEPS_PLACE.has(effect.action ?? '') && effect.role !== 'neutral';
}

interface Write {
  index: number;
  builds: boolean;
  /** It writes sources for another step of the build. */
  generates: boolean;
  path: string;
}

/** What of a write the program reads by that path: the path itself, or all that was written at or below it. */
function madeFor(path: string, write: Write, data: DataFiles, facts: Facts): [string, number][] {
  const cwd = facts.labelled.at(-1)?.state.cwd ?? '/';
  if (within(write.path, path)) return within(cwd, path) && write.path !== path ? [] : [[write.path, write.index]];
  return write.builds && within(path, write.path) && !isInContext(path, facts) && isMade(path, write, data) ? [[path, write.index]] : [];
}

/** Whether a build is sure enough to make a path below the directory that it works in: the COPY of what is not there fails. */
function isMade(path: string, write: Write, { expected }: DataFiles): boolean {
  const below = posix.relative(write.path, path);
  if (!write.generates && OUTPUT.test(below)) return true;
  return expected.has(path) && (below.includes('/') || (!write.generates && /^[^.]+$|\.html$/.test(below)));
}

const OUTPUT = /^([\w-]+\/)*(dist|build|out|public|static)(\/[\w.-]+)*$/;
const KEEPS_PLACE = new Set(['remove', 'chmod', 'chown', 'chgrp', 'edit', 'make-directory']);
