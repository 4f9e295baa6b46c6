import { programsOfPackage, providesProgram } from '../knowledge/programs.ts';
import type { Facts } from '../languages/language.ts';
import type { Effect, LabelledSegment } from '../types.ts';
import type { BaseChoice } from './bases.ts';
import { keptSegments } from './early-part.ts';
import { bareName, programsOf } from './needs.ts';

/** Where the added packages go: into the install of a package by an instruction of the source. */
export interface Joined {
  index: number;
  name: string;
}

/**
 * Packages that have to be there before the commands of the source: one of these calls their programs earlier than an install
 * of the source could bring them.
 */
export function earlyTools(choice: BaseChoice, facts: Facts, joined: Joined | undefined): string[] {
  const { base, slice, supply } = choice;
  if (slice.packages.length + supply.packages.length === 0) return [];
  const early = new Set<string>();
  const programs = new Set<string>();
  const bring = (names: readonly string[]) => {
    if (base.packageManager !== 'none') for (const program of programsOf(base.packageManager, names)) programs.add(program);
  };
  const segments = slice.parts.flatMap((part) => keptSegments(part, facts).map((segment) => ({ index: part.index, segment })));
  for (const { index, segment } of segments) {
    for (const name of calledBy(segment)) {
      const found = programs.has(name) ? undefined : missing(name, choice, facts);
      if (found === undefined) continue;
      early.add(found);
      bring([found]);
    }
    const names = segment.effects.flatMap(installedBy).filter((name) => slice.packages.includes(name));
    bring([...names, ...(joined?.index === index && names.includes(joined.name) ? supply.packages : [])]);
  }
  if ([...early].some((name) => DOWNLOADS.has(name)) && !base.certificates && facts.base.certificates) early.add('ca-certificates');
  return [...early].sort();
}

/** The package of a called program that the base does not bring, among those that the final stage installs at all. */
function missing(name: string, { base, slice, supply }: BaseChoice, facts: Facts): string | undefined {
  const manager = base.packageManager;
  if (manager === 'none' || providesProgram(base, name)) return undefined;
  const found = [...supply.packages, ...slice.packages].find((one) => bareName(one) === name || programsOfPackage(manager, bareName(one)).includes(name));
  return found !== undefined && (supply.packages.includes(found) || providesProgram(facts.base, name)) ? found : undefined;
}

/** What `apt-key` starts is a package of its own: https://manpages.debian.org/bookworm/apt/apt-key.8.en.html */
export function startedBy(name: string): string[] {
  return name === 'apt-key' ? [name, 'gpg'] : [name];
}

/** Without recommended packages they have no certificates. */
const DOWNLOADS = new Set(['curl', 'git', 'wget']);

function calledBy({ segment }: LabelledSegment): string[] {
  return segment.commands.flatMap(({ name }) => startedBy(name));
}

function installedBy({ action, packages }: Effect): string[] {
  return action?.endsWith('-install') ? (packages?.names ?? []) : [];
}
