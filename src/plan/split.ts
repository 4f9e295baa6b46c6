import type { LabelledSegment, SourceInstruction } from '../types.ts';
import type { PackageSplit } from './packages.ts';
import type { Verdict } from './segments.ts';
import { escapePattern, spellFlags } from './spell.ts';

/** What the final stage takes of a RUN: nothing, the instruction as it is, or a text of its own. */
export type FinalRun = { kind: 'none' } | { kind: 'carried' } | { kind: 'split'; text: string };

export interface JudgedSegment {
  part: LabelledSegment;
  verdict: Verdict;
}

/** Puts together the kept parts of a RUN. `tidyAnyway`: lists of packages are refreshed here for a later install. */
export function splitRun(instruction: SourceInstruction, judged: readonly JudgedSegment[], tidyAnyway: boolean): FinalRun {
  const wanted = judged.map(({ verdict }) => verdict.kind === 'keep' || verdict.kind === 'packages');
  const installs = judged.some(
    ({ verdict, part }) => verdict.kind === 'packages' || (verdict.kind === 'keep' && part.effects.some((effect) => effect.action?.endsWith('-upgrade'))),
  );
  const kept = judged.filter(({ verdict }, at) => {
    if (wanted[at]) return true;
    if (verdict.kind === 'tidy') return installs || tidyAnyway;
    return verdict.kind === 'setup' && wanted.slice(at + 1).some(Boolean);
  });
  if (!kept.some(({ verdict }) => verdict.kind !== 'setup')) return { kind: 'none' };
  const whole = judged.every(({ verdict, part }) => kept.some((one) => one.part === part) || isQuiet({ verdict, part }));
  const rewritten = kept.some(({ verdict }) => verdict.kind === 'packages' && verdict.split.left.length > 0);
  if (whole && !rewritten) return { kind: 'carried' };
  if (instruction.exec) return { kind: 'carried' };
  const parts = kept.map(({ part, verdict }) => segmentText(instruction, part, verdict));
  const flags = spellFlags(instruction.flags);
  return { kind: 'split', text: `RUN ${flags}${parts.join(` ${CONTINUED}    && `)}\n` };
}

const CONTINUED = '\\\n';

/** Nothing is gained by cutting out what leaves nothing behind. */
function isQuiet({ verdict, part }: JudgedSegment): boolean {
  return verdict.kind === 'setup' || verdict.kind === 'tidy' || part.effects.every((effect) => effect.role === 'neutral');
}

function segmentText(instruction: SourceInstruction, part: LabelledSegment, verdict: Verdict): string {
  const start = instruction.shell?.start ?? 0;
  const raw = instruction.text.slice(start + part.segment.start, start + part.segment.end);
  return verdict.kind === 'packages' ? rewriteInstall(raw, verdict.split) : raw;
}

/** The install command with the names that stay behind taken out, and libraries in the place of their headers. */
function rewriteInstall(raw: string, split: PackageSplit): string {
  let text = raw;
  const seen = new Set<string>();
  for (const [name, names] of split.names) {
    const fresh = names.filter((one) => !seen.has(one));
    for (const one of fresh) seen.add(one);
    const pattern = new RegExp(`((?:[ \\t]|\\\\[ \\t]*\\r?\\n)+)${escapePattern(name)}(?=\\s|\\\\|$)`);
    text = text.replace(pattern, (_, gap: string) => fresh.map((one) => `${gap}${one}`).join(''));
  }
  return text.replace(/(?:[ \t]*\\\r?\n[ \t]*)+$/, '').trimEnd();
}
