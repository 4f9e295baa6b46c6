import type { Effect, LabelledInstruction, LabelledSegment, Observation, ObservedInstruction, PathWrite } from '../types.ts';
import { alsoBuilds, isShared, makesFiles, within } from './effect.ts';
import { describe } from './run.ts';
import { withEffects } from './settle-each.ts';

/** More single files than these among those of the system are no program of their own. */
const MOST_PATHS = 60;

/**
 * The effects of commands of which nobody knows what they do, that write where nothing tells their files from the system's, or that
 * build and change the system at once, as they were seen when the image was built. One that did more than make files stays as
 * it is, with what it was seen to do: that cannot be had by copying. `isCopied`: whether a path of the image is a file of the context.
 */
export function settleObserved(labelled: readonly LabelledInstruction[], observation: Observation, isCopied: (path: string) => boolean): LabelledInstruction[] {
  const seen = new Map(observation.instructions.map((one) => [one.index, one]));
  return labelled.map((one) => {
    const observed = seen.get(one.index);
    if (!observed || !one.segments) return one;
    return settleOne(one, observed, observation, (path) => isCopied(path) || isMadeBefore(path, one.index, observation));
  });
}

function isMadeBefore(path: string, index: number, { instructions }: Observation): boolean {
  return instructions.some((one) => one.index < index && one.made.some((made) => covers(made, path)));
}

function covers({ path: place, kind }: Pick<PathWrite, 'path' | 'kind'>, path: string): boolean {
  return kind === 'tree' ? within(path, place) : place === path;
}

function settleOne(one: LabelledInstruction, observed: ObservedInstruction, observation: Observation, isOwn: (path: string) => boolean): LabelledInstruction {
  const effects = (one.segments ?? []).flatMap((part) => part.effects);
  const unclear = new Set((one.segments ?? []).flatMap(unclearEffects));
  if (unclear.size === 0) return one;
  const clear = effects.filter((effect) => !unclear.has(effect));
  const known = clear.flatMap(({ writes }) => writes);
  const isKnown = (path: string) => known.some((write) => covers(write, path));
  // What it changed of the program's own files crosses over what a COPY brings again.
  const edited = observed.changed.filter((path) => isOwn(path) && !isKnown(path)).map((path) => ({ path, kind: 'file' as const }));
  const left = [...observed.made.filter(({ path }) => !isKnown(path)), ...edited];
  const touched = [...observed.changed.filter((path) => !isOwn(path)), ...observed.removed].filter((path) => !isKnown(path));
  const more = left.length > MOST_PATHS ? `writes ${left.length} files among those of the system` : moreThanFiles(touched, observed, clear, observation);
  if (more !== undefined) return withEffects(one, (effect) => (effect.role === 'unknown' ? { ...effect, why: `${wordsOf(effect)} ${more}` } : effect));
  const writes = left.map(({ path, kind }): PathWrite => ({ path, kind, seen: true }));
  const last = [...unclear].at(-1);
  return withEffects(one, (effect) => (unclear.has(effect) ? asSeen(effect, effect === last ? writes : []) : effect));
}

function unclearEffects(part: LabelledSegment): Effect[] {
  const changesSystem = part.effects.some((effect) => effect.role !== 'neutral' && effect.role !== 'build' && !makesFiles(effect));
  return alsoBuilds(part) && changesSystem ? part.effects.filter(({ role }) => role !== 'neutral') : part.effects.filter(isUnclear);
}

function isUnclear({ role, writes }: Effect): boolean {
  return role === 'unknown' || (role === 'build' && writes.some(({ path, kind }) => kind === 'tree' && isShared(path)));
}

/** What an instruction was seen to do that its files do not bring along, as the end of a sentence; undefined where there is nothing. */
function moreThanFiles(
  touched: readonly string[],
  { packages, shared }: ObservedInstruction,
  clear: readonly Effect[],
  observation: Observation,
): string | undefined {
  const [path] = touched;
  if (path !== undefined) return `writes or removes ${path}, which was there before`;
  const asked = clear.flatMap((effect) => effect.packages?.names ?? []);
  const expected = withNeeds(asked, observation);
  const unasked = packages.filter((name) => !expected.has(name));
  if (unasked.length > 0) return `installs by itself ${unasked.slice(0, 3).join(', ')}`;
  const accounts = shared.filter((file) => ACCOUNTS.test(file));
  if (accounts.length > 0 && !clear.some(({ action }) => action === 'account')) return `writes accounts into ${accounts[0]}`;
  const others = shared.filter((file) => !ACCOUNTS.test(file));
  return others.length > 0 && asked.length === 0 ? `writes ${others[0]}, which belongs to the system` : undefined;
}

/** The command itself, without what is said of it. */
function wordsOf({ command, why }: Effect): string {
  return command ? describe(command) : why.replace(/ (writes|names|starts|uses|puts|installs by|may|sets rights)\b.*$/, '');
}

const ACCOUNTS = /^\/etc\/(passwd|group|shadow|gshadow|subuid|subgid)$/;

/** Packages with all that comes with them. */
export function withNeeds(names: readonly string[], { packages }: Pick<Observation, 'packages'>): Set<string> {
  const needs = new Map(packages.map((one) => [one.name, one.needs]));
  const found = new Set<string>();
  const waiting = names.map((name) => name.replace(/[=<>~:/].*$/, ''));
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    waiting.push(...(needs.get(name) ?? []));
  }
  return found;
}

function asSeen(effect: Effect, seen: readonly PathWrite[]): Effect {
  const own = effect.role === 'build' ? effect.writes.filter(({ path, kind }) => !(kind === 'tree' && isShared(path))) : [];
  const writes = [...new Map([...own, ...seen].map((write) => [write.path, write])).values()];
  if (effect.role === 'build') return { ...effect, writes };
  const { packages: _packages, users: _users, ...rest } = effect;
  return { ...rest, role: 'build', action: 'compile', why: 'was seen to write what crosses', writes };
}
