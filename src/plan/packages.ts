import { allEffects } from '../effects/effect.ts';
import { isHeaderPackage, packageRole, runtimeLibraries, runtimeOfBuildTools } from '../knowledge/packages.ts';
import { programsOfPackage } from '../knowledge/programs.ts';
import type { LanguagePlan } from '../languages/language.ts';
import type { Effect, LabelledInstruction, Need, PackageManager, SourceDockerfile } from '../types.ts';

export interface PackageSplit {
  manager: PackageManager;
  /** Written name → the names that the final stage installs for it; [] leaves it behind. */
  names: Map<string, string[]>;
  /** Variable as written that stands for several names → the names that the final stage installs for it. */
  variables: Map<string, string[]>;
  kept: string[];
  left: string[];
  /** Headers that stay behind though no table says what their libraries are: the builder has to list these. */
  unlisted: string[];
}

export interface PackageInput {
  labelled: readonly LabelledInstruction[];
  /** Distribution release of the base, or ''. */
  release: string;
  /** Programs and packages that the running image is known to need. */
  needed: ReadonlySet<string>;
  /** Packages of tools (git, curl …) that a build step is seen to use and nothing else. */
  buildTools: ReadonlySet<string>;
  /** What the final stage installs in the place of a package that stays behind. */
  instead: Record<string, string[]>;
  /** Something that the final stage installs may compile, so that compilers and headers stay. */
  compiles: boolean;
  /** What the programs link to that the image's compilers made; undefined where they made none. */
  links: LanguagePlan['links'];
  /** The final stage has no shell: what these packages bring is copied from the builder. */
  bare: boolean;
}

/** Packages that are nothing but files which a need names: see `packageNeeds`. */
const FILES_ONLY: Record<string, 'certificates' | 'zones'> = { 'ca-certificates': 'certificates', tzdata: 'zones' };

/** The needs that the installed packages stand for whatever the program's source says. */
export function packageNeeds(labelled: readonly LabelledInstruction[], source: SourceDockerfile): Need[] {
  const removed = new Set([...removedLater(labelled, 'apk'), ...removedLater(labelled, 'apt')]);
  return labelled.flatMap(({ index, segments }) =>
    (segments ?? []).flatMap(({ effects }) =>
      effects.flatMap((effect) =>
        (effect.action?.endsWith('-install') ? (effect.packages?.names ?? []) : []).flatMap((name): Need[] => {
          const kind = FILES_ONLY[bare(name)];
          const evidence = { file: source.path, line: source.instructions[index]?.line ?? 1, note: `installs ${name}` };
          return kind === undefined || removed.has(bare(name)) || removed.has(effect.group ?? '')
            ? []
            : [{ kind, name: kind === 'zones' ? '/usr/share/zoneinfo' : kind, evidence }];
        }),
      ),
    ),
  );
}

/**
 * Which packages of an install the running image needs. Compilers and headers stay behind, headers leave their shared
 * library; what is not known to serve only builds is kept.
 */
export function splitPackages(effect: Effect, input: PackageInput): PackageSplit | undefined {
  const list = effect.packages;
  if (!list) return undefined;
  const removed = removedLater(input.labelled, list.manager);
  const virtual = effect.group !== undefined && removed.has(effect.group);
  const names = new Map(list.names.map((name) => [name, virtual || removed.has(bare(name)) ? [] : runtimeNames(list.manager, name, input)]));
  const kept = [...names.values()].flat();
  const left = list.names.filter((name) => !names.get(name)?.includes(name));
  return {
    manager: list.manager,
    names,
    variables: variablesOf(effect, names),
    kept: [...new Set(kept)],
    left,
    unlisted: left.filter((name) => isUnlisted(list.manager, bare(name), input)),
  };
}

/** The variables of an install of which not all is kept. */
function variablesOf({ command }: Effect, names: PackageSplit['names']): PackageSplit['variables'] {
  const words = (command?.args ?? []).filter(({ text, value }) => /^\$\{?\w+\}?$/.test(text) && value !== text);
  const pairs = words.map(({ text, value }) => ({ text, written: value.split(/\s+/).filter(Boolean) }));
  const cut = pairs.filter(({ written }) => written.some((name) => !names.get(name)?.includes(name)));
  return new Map(cut.map(({ text, written }) => [text, [...new Set(written.flatMap((name) => names.get(name) ?? []))]]));
}

function runtimeNames(manager: PackageManager, written: string, input: PackageInput): string[] {
  const name = bare(written);
  if (input.bare && FILES_ONLY[name] !== undefined) return [];
  if (input.compiles || isNeeded(manager, name, input)) return [written];
  if (input.instead[name]) return input.instead[name];
  if (input.buildTools.has(name)) return [];
  const libraries = runtimeLibraries(manager, name, input.release);
  if (libraries) return libraries;
  if (isHeaderPackage(manager, name)) return canList(manager, input) ? [] : [written];
  if (packageRole(manager, name) !== 'build') return [written];
  const brought = runtimeOfBuildTools(manager, name, input.release);
  const java = brought.filter((one) => /\bjre\b/.test(one));
  if (java.length > 0) return java;
  return input.links === 'listed' || (input.links && manager !== 'apt') ? brought : [];
}

/** Headers bring their libraries. Where no table names these they stay, unless the builder lists what is linked to. */
function isUnlisted(manager: PackageManager, name: string, input: PackageInput): boolean {
  return isHeaderPackage(manager, name) && canList(manager, input) && runtimeLibraries(manager, name, input.release) === undefined;
}

function canList(manager: PackageManager, { links }: PackageInput): boolean {
  return links === 'listed' && (manager === 'apt' || manager === 'apk');
}

function isNeeded(manager: PackageManager, name: string, { needed }: PackageInput): boolean {
  return needed.has(name) || programsOfPackage(manager, name).some((program) => needed.has(program));
}

/** `libpq-dev=13.*`, `curl:amd64` → the package's name. */
function bare(name: string): string {
  return name.replace(/[=<>~:].*$/, '');
}

function removedLater(labelled: readonly LabelledInstruction[], manager: PackageManager): Set<string> {
  const effects = allEffects(labelled);
  return new Set(effects.flatMap((effect) => (effect.action === `${manager}-remove` ? (effect.packages?.names ?? []) : [])));
}
