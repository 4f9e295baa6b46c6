import { posix } from 'node:path';
import { allEffects } from '../effects/effect.ts';
import { oncePer } from '../effects/once.ts';
import { isHeaderPackage, packageRole, runtimeLibraries, runtimeOfBuildTools } from '../knowledge/packages.ts';
import { programsOfPackage } from '../knowledge/programs.ts';
import { remember } from '../knowledge/remember.ts';
import { compilesAtRunTime } from '../knowledge/servers.ts';
import type { LanguagePlan } from '../languages/language.ts';
import type { Effect, LabelledInstruction, Need, PackageManager, SourceDockerfile } from '../types.ts';
import { bareName, programsOf } from './needs.ts';

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
  const removed = new Map([...removedLater(labelled, 'apk'), ...removedLater(labelled, 'apt')]);
  return labelled.flatMap(({ index, segments }) =>
    (segments ?? []).flatMap(({ effects }) =>
      effects.flatMap((effect) =>
        (effect.action?.endsWith('-install') ? (effect.packages?.names ?? []) : []).flatMap((name): Need[] => {
          const kind = FILES_ONLY[bareName(name)];
          const evidence = { file: source.path, line: source.instructions[index]?.line ?? 1, note: `installs ${name}` };
          return kind === undefined || removed.has(bareName(name)) || removed.has(effect.group ?? '')
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
export function splitPackages(effect: Effect, facts: PackageInput): PackageSplit | undefined {
  const list = effect.packages;
  if (!list) return undefined;
  const input = { ...facts, compiles: mayCompile(facts) };
  const removed = removedLater(input.labelled, list.manager);
  const group = effect.group === undefined ? undefined : removed.get(effect.group);
  const names = new Map(list.names.map((name) => [name, runtimeNames(list.manager, name, input, group ?? removed.get(bareName(name)))]));
  const kept = [...names.values()].flat();
  const left = list.names.filter((name) => !names.get(name)?.includes(name));
  return {
    manager: list.manager,
    names,
    variables: variablesOf(effect, names),
    kept: [...new Set(kept)],
    left,
    unlisted: left.filter((name) => isUnlisted(list.manager, bareName(name), input)),
  };
}

/** The variables of an install of which not all is kept. */
function variablesOf({ command }: Effect, names: PackageSplit['names']): PackageSplit['variables'] {
  const words = (command?.args ?? []).filter(({ text, value }) => /^\$\{?\w+\}?$/.test(text) && value !== text);
  const pairs = words.map(({ text, value }) => ({ text, written: value.split(/\s+/).filter(Boolean) }));
  const cut = pairs.filter(({ written }) => written.some((name) => !names.get(name)?.includes(name)));
  return new Map(cut.map(({ text, written }) => [text, [...new Set(written.flatMap((name) => names.get(name) ?? []))]]));
}

function runtimeNames(manager: PackageManager, written: string, input: PackageInput, removed: Removed | undefined): string[] {
  const name = bareName(written);
  if (removed !== undefined) return removed === 'whole' ? [] : remains(manager, written, input);
  if (input.bare && FILES_ONLY[name] !== undefined) return [];
  if (input.compiles || isNeeded(manager, name, input)) return [written];
  if (input.instead[name]) return input.instead[name];
  return input.buildTools.has(name) && isCalled(manager, name, input.labelled) ? [] : withoutBuildTools(manager, written, input);
}

/** What came with a package and is there after it is removed. */
function remains(manager: PackageManager, written: string, input: PackageInput): string[] {
  const names = withoutBuildTools(manager, written, input);
  return packageRole(manager, bareName(written)) === 'build' ? names : names.filter((name) => name !== written);
}

/** `libssl-dev:i386`: its libraries go by names of that machine, and so does the loader. */
const OF_ANOTHER_MACHINE = /:(?!amd64|native|any|all)[a-z]/;

/** What stays of a package that no need names. */
function withoutBuildTools(manager: PackageManager, written: string, input: PackageInput): string[] {
  if (OF_ANOTHER_MACHINE.test(written)) return [written];
  const name = bareName(written);
  const libraries = runtimeLibraries(manager, name, input.release);
  if (libraries) return libraries;
  if (isHeaderPackage(manager, name)) return canList(manager, input) ? [] : [written];
  if (packageRole(manager, name) !== 'build') return [written];
  const brought = runtimeOfBuildTools(manager, name, input.release);
  const java = brought.filter((one) => /\bjre\b/.test(one));
  if (java.length > 0) return java;
  return input.links === 'listed' || (input.links && manager !== 'apt') ? brought : [];
}

/** Something that is installed compiles when it is started, or a program that is started does. */
function mayCompile({ compiles, links, needed }: PackageInput): boolean {
  return compiles || (links !== undefined && [...needed].some(compilesAtRunTime));
}

/** Whether a command that only the build runs is seen to call a tool: one that nobody calls is there to run. */
function isCalled(manager: PackageManager, name: string, labelled: readonly LabelledInstruction[]): boolean {
  const programs = new Set([name, ...programsOfPackage(manager, name)]);
  const callers = CALLERS.find(([tools]) => tools.test(name))?.[1];
  return callsOfBuilds(labelled).some((called) => programs.has(called) || callers?.test(called) === true);
}

const callsOfBuilds = oncePer((labelled: readonly LabelledInstruction[]): readonly string[] => {
  const parts = labelled.flatMap(({ segments }) => segments ?? []).filter(({ role }) => role !== 'runtime');
  const commands = parts.flatMap(({ segment, effects }) => [...segment.commands, ...effects.flatMap(({ command }) => command ?? [])]);
  return commands.map((command) => posix.basename(command.name));
});

/** Tools, and the programs that are known to call them by themselves. */
const CALLERS: [tools: RegExp, programs: RegExp][] = [
  [
    /^(git|git-core|openssh|openssh-client|mercurial|subversion|bzr)$/,
    /^(go|npm|npx|yarn|pnpm|bun|corepack|pip[\d.]*|python[\d.]*|uv|poetry|pipenv|cargo|composer|bundler?|gem|cmake)$/,
  ],
  [/^(nodejs|npm)/, /^(node|npm|npx|yarn|pnpm)$/],
  [/^(py\d?-|python|pipx)/, /^(npm|npx|yarn|pnpm|bun|node-gyp|pip[\d.]*|python[\d.]*|uv|poetry|pipenv)$/],
  [/^(xz-utils|xz|bzip2)$/, /^tar$/],
  [/^gnupg\d?$/, /^(apt-key|add-apt-repository)$/],
];

/** Headers bring their libraries. Where no table names these they stay, unless the builder lists what is linked to. */
function isUnlisted(manager: PackageManager, name: string, input: PackageInput): boolean {
  return isHeaderPackage(manager, name) && canList(manager, input) && runtimeLibraries(manager, name, input.release) === undefined;
}

function canList(manager: PackageManager, { links }: PackageInput): boolean {
  return links === 'listed' && (manager === 'apt' || manager === 'apk');
}

function isNeeded(manager: PackageManager, name: string, { needed }: PackageInput): boolean {
  return [...programsOf(manager, [name])].some((program) => needed.has(program));
}

/** `alone`: a package is removed, and what came with it is still there. */
type Removed = 'alone' | 'whole';

/** apt leaves what came with a package until it is told to tidy up: https://manpages.debian.org/apt-get(8) */
function removedLater(labelled: readonly LabelledInstruction[], manager: PackageManager): ReadonlyMap<string, Removed> {
  return removedBy(labelled)(manager);
}

const removedBy = oncePer((labelled: readonly LabelledInstruction[]) => remember((manager) => readRemoved(labelled, manager as PackageManager)));

function readRemoved(labelled: readonly LabelledInstruction[], manager: PackageManager): ReadonlyMap<string, Removed> {
  const effects = allEffects(labelled);
  const tidied = effects.findLastIndex((effect) => takesUnused(effect, manager));
  return new Map(
    effects.flatMap((effect, at) =>
      effect.action === `${manager}-remove` ? (effect.packages?.names ?? []).map((name): [string, Removed] => [name, at > tidied ? 'alone' : 'whole']) : [],
    ),
  );
}

/** Whether a command also takes away what no other package needs any longer. */
function takesUnused({ action, command }: Effect, manager: PackageManager): boolean {
  if (action === `${manager}-autoremove`) return true;
  if (action !== `${manager}-remove`) return false;
  if (manager === 'apk' || command === undefined) return manager === 'apk';
  return /^(dnf5?|aptitude)$/.test(posix.basename(command.name)) || command.args.some(({ value }) => TIDIES.test(value));
}

const TIDIES = /^(--auto-?remove|auto-?remove|autopurge|--clean-deps|-u|-R\w*s\w*|--recursive)$|AutomaticRemove=(true|1)$/i;

/** Whether an instruction installs what another package is built with: no list says what that is, and programs may link to it. */
export function hasBuildDependencies(labelled: readonly LabelledInstruction[]): boolean {
  return allEffects(labelled).some(
    ({ action, command }) => action?.endsWith('-build-dep') === true || /^(mk-build-deps|yum-builddep|dnf-builddep)$/.test(posix.basename(command?.name ?? '')),
  );
}
