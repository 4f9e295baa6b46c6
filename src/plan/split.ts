import { Stop } from '../errors.ts';
import type { LabelledSegment, SourceInstruction } from '../types.ts';
import { tellsLoader } from './libraries.ts';
import type { PackageSplit } from './packages.ts';
import type { Verdict } from './segments.ts';
import { escapePattern, spellFlags } from './spell.ts';

/** What the final stage takes of a RUN: nothing, the instruction as it is, or a text of its own. */
export type FinalRun =
  | { kind: 'none' }
  | { kind: 'carried' }
  /** `afterCrossing`: it stands after what the RUN makes and the final stage copies from the builder. */
  | { kind: 'split'; text: string; afterCrossing?: true };

export interface JudgedSegment {
  part: LabelledSegment;
  verdict: Verdict;
}

export interface Cut {
  /** Lists of packages are refreshed here for an install of a later RUN. */
  tidyAnyway: boolean;
  /** Position of the last part whose outcome crosses from the builder; -1 if none does. */
  crossing: number;
  /** Whether a part has to find there what crosses. */
  needsCrossing(part: LabelledSegment): boolean;
}

/**
 * Puts together the kept parts of a RUN, as they are joined there; a script in a heredoc stays one. Throws Stop for a RUN
 * of which a part has to be left out and that cannot be taken apart.
 */
export function splitRun(instruction: SourceInstruction, judged: readonly JudgedSegment[], cut: Cut): FinalRun[] {
  const gaps = judged.map(({ part }, at) => gapBefore(instruction, judged[at - 1]?.part, part));
  const kept = keptParts(instruction, judged, gaps, cut.tidyAnyway);
  if (!kept.some(({ verdict }) => verdict.kind !== 'setup')) return [{ kind: 'none' }];
  const whole = judged.every((one) => kept.includes(one) || isQuiet(one));
  const rewritten = kept.some(({ verdict }) => verdict.kind === 'packages' && verdict.split.left.length > 0);
  if ((whole && !rewritten) || instruction.exec || !instruction.shell) return [{ kind: 'carried' }];
  if (!isDivisible(instruction, gaps)) {
    if (whole) return [{ kind: 'carried' }];
    throw notDivisible(instruction, judged, kept);
  }
  return halves(judged, kept, cut).flatMap((half, at): FinalRun[] => {
    if (half.every(({ verdict }) => verdict.kind === 'setup')) return [];
    const parts = partsOf(instruction, judged, half, gaps);
    const text = isScript(instruction) ? scriptText(instruction, parts) : shellText(instruction, parts);
    return [{ kind: 'split', text, ...(at === 1 && { afterCrossing: true }) }];
  });
}

function keptParts(instruction: SourceInstruction, judged: readonly JudgedSegment[], gaps: readonly Gap[], tidyAnyway: boolean): JudgedSegment[] {
  const wanted = judged.map(({ verdict }) => verdict.kind === 'keep' || verdict.kind === 'packages');
  const installs = judged.some(isInstall);
  return judged.filter(({ verdict, part }, at) => {
    if (wanted[at]) return true;
    if (verdict.kind === 'tidy') return installs || tidyAnyway;
    if (verdict.kind !== 'setup') return guards(part, at, wanted, gaps);
    const later = judged.filter((_, next) => next > at && wanted[next]);
    const set = assigned(instruction, part);
    if (set !== undefined) return later.some((one) => new RegExp(`\\$\\{?${set}\\b`).test(segmentText(instruction, one.part, one.verdict)));
    return isChange(part) ? later.some((one) => dependsOnDirectory(one.part)) : later.length > 0;
  });
}

function isInstall({ verdict, part }: JudgedSegment): boolean {
  return (
    verdict.kind === 'packages' ||
    (verdict.kind === 'keep' && part.effects.some((effect) => effect.action?.endsWith('-upgrade') || ['package-file', 'apt-fix'].includes(effect.action ?? '')))
  );
}

/** Before and after what crosses, which ldconfig has to find. What tidies up after an install goes into its layer. */
function halves(judged: readonly JudgedSegment[], kept: readonly JudgedSegment[], { crossing, needsCrossing }: Cut): JudgedSegment[][] {
  const lists = ({ part }: JudgedSegment) => tellsLoader(part);
  const later = kept.filter((one) => (lists(one) || judged.indexOf(one) > crossing) && one.verdict.kind === 'keep');
  if (crossing < 0 || !later.some(({ part }) => needsCrossing(part))) return [[...kept], []];
  const lastInstall = judged.findLastIndex(isInstall);
  const tidiesFirst = lastInstall >= 0 && lastInstall <= crossing;
  const isFirst = (one: JudgedSegment) => (judged.indexOf(one) <= crossing && !lists(one)) || (one.verdict.kind === 'tidy' && tidiesFirst);
  return [kept.filter(isFirst), kept.filter((one) => !isFirst(one) || one.verdict.kind === 'setup')];
}

/** The variable that a part sets, if it does nothing else. */
function assigned({ shell }: SourceInstruction, { segment }: LabelledSegment): string | undefined {
  return segment.commands.length > 0 ? undefined : /^\s*(\w+)=/.exec(shell?.text.slice(segment.start, segment.end) ?? '')?.[1];
}

/** `cd` alone. */
function isChange({ segment }: LabelledSegment): boolean {
  return segment.commands.length > 0 && segment.commands.every(({ name }) => name === 'cd' || name === 'pushd' || name === 'popd');
}

/** Whether a command would do something else in another directory. */
function dependsOnDirectory({ segment, effects }: LabelledSegment): boolean {
  const words = segment.commands.flatMap(({ args, redirects }) => [...args.map((word) => word.value), ...redirects.map(({ word }) => word.value)]);
  return effects.some((effect) => {
    if (effect.packages || effect.users || SYSTEM_WIDE.has(effect.action ?? '') || effect.role === 'neutral') return false;
    const paths = [...effect.writes.map(({ path }) => path), ...effect.reads];
    return paths.length === 0
      ? words.some((word) => !/^[-/]/.test(word))
      : !paths.every((path) => words.some((word) => word.startsWith('/') && word.includes(path)));
  });
}

const SYSTEM_WIDE = new Set(['package-source', 'certificates', 'account']);

function notDivisible({ line }: SourceInstruction, judged: readonly JudgedSegment[], kept: readonly JudgedSegment[]): Stop {
  const left = judged.find((one) => !kept.includes(one) && !isQuiet(one));
  const what = kept.find(({ verdict }) => verdict.kind === 'keep' || verdict.kind === 'packages')?.part.effects[0]?.why ?? '';
  return new Stop('mixed-command', { command: left?.part.segment.commands[0]?.name ?? '', what }, line);
}

type Gap = '&&' | '&' | ';';

interface SplitPart {
  text: string;
  /** What stands before it; nothing before the first. */
  glue: '' | '&&' | ';';
}

function partsOf(instruction: SourceInstruction, judged: readonly JudgedSegment[], kept: readonly JudgedSegment[], gaps: readonly Gap[]): SplitPart[] {
  const places = kept.map((one) => judged.indexOf(one));
  return kept.map(({ part, verdict }, at) => {
    const passed = gaps.slice((places[at - 1] ?? -1) + 1, (places[at] ?? 0) + 1);
    const glue = at === 0 ? '' : passed.every((gap) => gap === '&&') ? '&&' : ';';
    return { text: segmentText(instruction, part, verdict), glue };
  });
}

const SHELL_GLUE = { '': '', '&&': ' \\\n    && ', ';': '; \\\n    ' };
const SCRIPT_GLUE = { '': '', '&&': ' && ', ';': '\n' };

function shellText(instruction: SourceInstruction, parts: readonly SplitPart[]): string {
  const [keyword] = /^\S+/.exec(instruction.text) ?? [];
  const glued = parts.map(({ text, glue }) => `${SHELL_GLUE[glue]}${text}`);
  return `${keyword} ${spellFlags(instruction.flags)}${glued.join('')}\n`;
}

/** The lines around a heredoc stay as they are. */
function scriptText({ text, shell }: SourceInstruction, parts: readonly SplitPart[]): string {
  const { start = 0, text: body = '' } = shell ?? {};
  const [interpreter = ''] = /^#!.*\n/.exec(text.slice(start)) ?? [];
  const glued = parts.map((part) => `${SCRIPT_GLUE[part.glue]}${part.text}`);
  return `${text.slice(0, start)}${interpreter}${glued.join('')}\n${text.slice(start + body.length)}`;
}

/** Whether the whole of a RUN is a script in a heredoc. */
function isScript({ heredocs, shell }: SourceInstruction): boolean {
  return heredocs.length === 1 && shell?.text.length === heredocs[0]?.body.length;
}

/** Heredocs within it would lose their text; what runs in the background goes on while others start. */
function isDivisible(instruction: SourceInstruction, gaps: readonly Gap[]): boolean {
  if (gaps.includes('&')) return false;
  return isScript(instruction) ? !/<<(?!<)/.test(instruction.heredocs[0]?.body ?? '') : instruction.heredocs.length === 0;
}

/** What stands between two parts: `&&`, `&`, or `;` for all that goes on whether or not the first succeeds. */
function gapBefore(instruction: SourceInstruction, previous: LabelledSegment | undefined, part: LabelledSegment): Gap {
  if (!previous) return '&&';
  const between = instruction.shell?.text.slice(previous.segment.end, part.segment.start).replace(/\\\n|#.*/g, '') ?? '';
  if (/(^|[^&])&([^&]|$)/.test(between)) return '&';
  return between.includes('&&') ? '&&' : ';';
}

/** A test holds for what follows it by `&&`. */
function guards(part: LabelledSegment, at: number, wanted: readonly boolean[], gaps: readonly Gap[]): boolean {
  if (!['[', '[[', 'test'].includes(part.segment.commands[0]?.name ?? '')) return false;
  for (let next = at + 1; gaps[next] === '&&'; next++) if (wanted[next]) return true;
  return false;
}

/** Nothing is gained by cutting out what leaves nothing behind. */
function isQuiet({ verdict, part }: JudgedSegment): boolean {
  return verdict.kind === 'setup' || verdict.kind === 'tidy' || part.effects.every((effect) => effect.role === 'neutral');
}

function segmentText(instruction: SourceInstruction, part: LabelledSegment, verdict: Verdict): string {
  const { start: offset = 0, text: masked = '' } = instruction.shell ?? {};
  const { start, end } = part.segment;
  const raw = instruction.text.slice(offset + start, offset + end);
  return verdict.kind === 'packages' ? rewriteInstall(raw, masked.slice(start, end), verdict.split) : raw;
}

/**
 * The install command with the names that stay behind taken out, and libraries in the place of their headers. `masked` is
 * the text without its comments, each character at its old place; a comment right above a name goes with it.
 */
function rewriteInstall(raw: string, masked: string, split: PackageSplit): string {
  const seen = new Set<string>();
  const edits: { start: number; end: number; text: string }[] = [];
  for (const [name, names] of [...split.variables, ...split.names]) {
    const fresh = names.filter((one) => !seen.has(one));
    for (const one of fresh) seen.add(one);
    const found = new RegExp(`((?:[ \\t]|\\\\[ \\t]*\\n)+)${escapePattern(name)}(?=\\s|\\\\|$)`).exec(masked);
    if (!found?.[1]) continue;
    const gap = raw.slice(found.index, found.index + found[1].length);
    const text = fresh.map((one, at) => `${at === 0 ? gap : gap.replace(/^[ \t]*#.*\n/gm, '')}${one}`).join('');
    edits.push({ start: found.index, end: found.index + found[0].length, text });
  }
  edits.sort((one, other) => other.start - one.start);
  return edits.reduce((text, { start, end, text: fresh }) => text.slice(0, start) + fresh + text.slice(end), raw).trimEnd();
}
