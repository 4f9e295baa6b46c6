import { labelledAt } from '../effects/labelled.ts';
import { oncePer } from '../effects/once.ts';
import { type PathMap, putUnder, upwards } from '../effects/path-index.ts';
import type { Facts } from '../languages/language.ts';
import type { Artifact, LabelledSegment } from '../types.ts';
import { looksAround, pathsNamed } from './cut.ts';
import { firstMade } from './first-made.ts';
import type { FinalPart } from './slice.ts';

/** A command of the final stage that looks at something: its part there, its instruction, and where it starts in that. */
interface Look {
  part: number;
  index: number;
  start: number;
  /** It only works there, which counts for a directory. */
  works?: true;
}

interface Looks {
  /** By what is looked at, and the directories of that. */
  below: PathMap<Look>;
  /** At the whole system. */
  around: Look[];
}

/** The position of the first part that looks into an artifact before the last edit of it: it has to find there what the builder makes. */
export function earlyPart(artifact: Artifact, parts: readonly FinalPart[], facts: Facts): number | undefined {
  const made = firstMade(artifact, facts.labelled);
  if (made.index >= artifact.after) return undefined;
  const isBetween = ({ index, start }: Look) => index < artifact.after && (index > made.index || (index === made.index && start > made.start));
  const { below, around } = looksOf(facts)(parts);
  const into = below.get(artifact.from)?.find((look) => isBetween(look) && (!look.works || artifact.kind === 'tree'));
  const anywhere = around.find(isBetween);
  return into && anywhere ? Math.min(into.part, anywhere.part) : (into ?? anywhere)?.part;
}

const looksOf = oncePer((facts: Facts) =>
  oncePer((parts: readonly FinalPart[]): Looks => {
    const looks: Looks = { below: new Map(), around: [] };
    for (const [at, part] of parts.entries()) {
      for (const one of keptSegments(part, facts)) {
        const look = { part: at, index: part.index, start: one.segment.start };
        if (!isRemoval(one)) addLooks(looks, one, look);
      }
    }
    return looks;
  }),
);

function addLooks({ below, around }: Looks, one: LabelledSegment, look: Look): void {
  const { cwd } = one.segment;
  if (cwd !== undefined) putUnder(below, upwards(cwd), { ...look, works: true });
  putUnder(below, new Set(pathsNamed(one).flatMap(upwards)), look);
  if (looksAround(one)) around.push(look);
}

/** The commands of a RUN that a part of it still has. */
export function keptSegments(part: FinalPart, facts: Facts): LabelledSegment[] {
  const segments = labelledAt(facts.labelled, part.index)?.segments ?? [];
  if (part.kind === 'carried') return segments;
  const { text = '', shell } = facts.source.instructions[part.index] ?? {};
  const offset = shell?.start ?? 0;
  return part.kind === 'split' ? segments.filter(({ segment }) => part.text.includes(text.slice(offset + segment.start, offset + segment.end))) : [];
}

function isRemoval({ effects }: LabelledSegment): boolean {
  return effects.length > 0 && effects.every(({ action }) => action === 'remove');
}
