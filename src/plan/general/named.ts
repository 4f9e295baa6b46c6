import { posix } from 'node:path';
import { within } from '../../effects/effect.ts';
import type { Facts } from '../../languages/language.ts';
import type { LabelledSegment } from '../../types.ts';
import { placesNamed } from '../start.ts';

/** Text files above this are not looked through for the name of a directory. */
const MOST_FILES = 2000;

/** Whether what the image starts, is configured with, or what later commands do may look into a directory of sources. */
export function isNamed(path: string, facts: Facts): boolean {
  const { start, source, labelled } = facts;
  const state = labelled.at(-1)?.state;
  if (within(state?.cwd ?? '/', path)) return true;
  if (Object.values(state?.env ?? {}).some((value) => value?.split(':').some((part) => within(posix.normalize(part), path)))) return true;
  if (start.commands.some((command) => [command.name, ...command.args.map((word) => word.value), command.cwd ?? ''].some((word) => word.includes(path))))
    return true;
  if (placesNamed(facts).some((place) => within(place.path, path))) return true;
  if (source.instructions.some(({ keyword, text }) => !['RUN', 'COPY', 'ADD', 'WORKDIR', 'FROM'].includes(keyword) && text.includes(path))) return true;
  return isNamedByCommand(path, facts) || isNamedByFile(path, facts);
}

/** A link to it, a line of configuration, a home: whatever is not the build of it counts on what is there. */
function isNamedByCommand(path: string, { source, labelled }: Facts): boolean {
  const built = labelled.findLastIndex(({ segments }) =>
    segments?.some(({ effects, segment }) => effects.some(({ role }) => role === 'build') && worksIn(segment.cwd, path)),
  );
  return labelled.some(({ index, copy, segments }, at) => {
    if (copy && at > built && built >= 0 && within(copy.destination, path)) return true;
    if (copy?.from === 'heredoc' && source.instructions[index]?.text.includes(path)) return true;
    return segments?.some((part) => !onlyBuilds(part) && looksAt(part, path, source.instructions[index]?.shell?.text ?? '')) === true;
  });
}

function worksIn(cwd: string | undefined, path: string): boolean {
  return cwd !== undefined && (within(cwd, path) || within(path, cwd));
}

function onlyBuilds({ effects }: LabelledSegment): boolean {
  return effects.every((effect) => effect.role === 'build' || effect.role === 'neutral' || ['download', 'remove', 'copy'].includes(effect.action ?? ''));
}

/** By its path, by a path that climbs to it, or from within. */
function looksAt({ segment, effects }: LabelledSegment, path: string, shell: string): boolean {
  const text = shell.slice(segment.start, segment.end);
  if (text.includes(path.slice(1))) return true;
  if (segment.cwd === undefined || !within(segment.cwd, path)) return false;
  if (/\$\(pwd\)|`pwd`|\$\{?(?:OLD)?PWD\b/.test(text) || segment.commands.some(({ args }) => args.some(({ value }) => /^\.{1,2}(\/|$)/.test(value))))
    return true;
  return effects.some((effect) => [...effect.writes.map((write) => write.path), ...effect.reads].some((place) => within(place, path)));
}

/** A file of the context that stands elsewhere in the image. */
function isNamedByFile(path: string, { labelled, context }: Facts): boolean {
  const outside = labelled.flatMap(({ copy }) =>
    copy?.from === 'context' ? copy.placed.filter((placed) => !within(placed.path, path) && !within(path, placed.path)) : [],
  );
  if (outside.length === 0) return false;
  const files = context.files();
  if (!files) return true;
  const seen = files.filter((file) => outside.some(({ source }) => source === '' || file === source || file.startsWith(`${source}/`)));
  return seen.length > MOST_FILES || seen.some((file) => context.read(file)?.includes(path));
}
