import { posix } from 'node:path';
import { within } from '../effects/effect.ts';
import { labelledAt } from '../effects/labelled.ts';
import { Stop } from '../errors.ts';
import type { AddedStep, Facts } from '../languages/language.ts';
import type { Artifact, LabelledSegment } from '../types.ts';
import { keptSegments } from './early-part.ts';
import type { Slice } from './slice.ts';

/** Where the loader looks by its cache alone: ld.so(8), and /etc/ld.so.conf.d of Debian and Red Hat; a Dockerfile may add others. */
const CACHED = ['/usr/local/lib', '/usr/local/lib64'];

/**
 * The step that tells the loader of shared libraries that cross into the directories of its cache, where no command of the
 * source does it after them: an install of packages did it in the old image by the way. Throws Stop where only root could.
 */
export function cacheLibraries(facts: Facts, { artifacts, parts }: Pick<Slice, 'artifacts' | 'parts'>): AddedStep[] {
  if (facts.base.libc === 'musl') return [];
  const listed = facts.source.instructions.some(({ text }) => text.includes('ld.so.conf'));
  const libraries = artifacts.filter(
    (artifact) => (listed && artifact.kind === 'tree') || ((artifact.compiled || artifact.foreign) && holdsLibraries(artifact)),
  );
  if (libraries.length === 0) return [];
  const after = Math.max(...libraries.map((artifact) => artifact.after));
  if (parts.some((part) => part.index >= after && keptSegments(part, facts).some(tellsLoader))) return [];
  const user = labelledAt(facts.labelled, after)?.state.user ?? '';
  if (!['', 'root', '0'].includes(user.split(':')[0] ?? ''))
    throw new Stop(
      'layout-unknown',
      {
        why: `libraries get into ${libraries[0]?.from} as ${user}, who cannot tell the loader of them`,
        advice: 'Put RUN ldconfig right after they are installed, before the USER instruction.',
      },
      facts.source.instructions[after]?.line,
    );
  return [{ after, instruction: { kind: 'added', template: 'ldconfig', data: {}, why: 'tells the loader of the shared libraries' } }];
}

/** Whether a part of a RUN calls ldconfig, which lists the libraries that are there, and makes the links to them: ldconfig(8). */
export function tellsLoader({ segment }: LabelledSegment): boolean {
  return segment.commands.some(({ name }) => posix.basename(name) === 'ldconfig');
}

function holdsLibraries({ to, kind }: Artifact): boolean {
  if (kind === 'file') return CACHED.includes(posix.dirname(to)) && /\.so(\.|$)/.test(to);
  return CACHED.some((directory) => within(directory, to) || within(to, directory));
}
