import { posix } from 'node:path';
import { allEffects, alsoBuilds, makesFiles, within } from '../effects/effect.ts';
import { oncePer } from '../effects/once.ts';
import { type PathMap, putUnder, upwards } from '../effects/path-index.ts';
import { Stop } from '../errors.ts';
import type { Artifact, Effect, LabelledInstruction, LabelledSegment, PathWrite, ShellCommand } from '../types.ts';
import { artifactsBelow, artifactsByPath, crosses, meetsTree } from './artifact-places.ts';
import { isRuntimeDirectory } from './crossing.ts';
import { isDoneAgain } from './owners.ts';
import { type PackageInput, type PackageSplit, splitPackages } from './packages.ts';
import { isRemovedAfter } from './removals.ts';
import { isLeftBehind, isTidying } from './throwaway.ts';
import { unknownCommand } from './unknown.ts';

/**
 * keep: the final stage needs it; leave: only the builder does; tidy: goes with installs; source: goes with later installs,
 * for it says where packages come from; setup: goes with what follows.
 */
export type Verdict = { kind: 'keep' | 'leave' | 'tidy' | 'source' | 'setup' } | { kind: 'packages'; split: PackageSplit };

export interface SegmentScope {
  artifacts: readonly Artifact[];
  /** Directories of which the final stage has nothing. */
  buildOnly: readonly string[];
  /** Whether the final stage has the path, by a COPY it carries. */
  isCarried(path: string): boolean;
  packages: PackageInput;
  /** Programs of the packages that stay behind. */
  leftPrograms: ReadonlySet<string>;
  /** The directory that the program runs in. */
  cwd: string;
  /** Paths whose mode or owner is changed. */
  attributed: ReadonlySet<string>;
  /** The source indices of what makes directories (WORKDIR, mkdir), by the directories and those around them. */
  directories: ReadonlyMap<string, readonly number[]>;
}

/** Which stage a part of a RUN belongs to. Throws Stop for one that nobody can judge. */
export function judgeSegment(part: LabelledSegment, instruction: LabelledInstruction, line: number, scope: SegmentScope): Verdict {
  if (part.segment.commands.length === 0) return { kind: 'setup' };
  const unknown = part.effects.find((effect) => effect.role === 'unknown');
  if (unknown) throw unknownCommand(unknown, line);
  const stays = part.effects.map((effect) => without(effect, instruction.index, part.segment.start, scope));
  const verdicts = stays.map((effect) => judgeEffect(effect, instruction.index, scope));
  if (isAboutLeft(part, scope)) return { kind: 'leave' };
  const install = verdicts.find((verdict) => verdict.kind === 'packages');
  if (alsoBuilds(part)) {
    const system = part.effects.find((effect, at) => verdicts[at]?.kind === 'packages' || (verdicts[at]?.kind === 'keep' && !makesFiles(effect)));
    if (system && part.effects.length > 1) throw new Stop('mixed-command', { command: part.segment.commands[0]?.name ?? '', what: system.why }, line);
    return { kind: 'leave' };
  }
  if (install) return install;
  for (const kind of ['keep', 'source', 'tidy'] as const) if (verdicts.some((verdict) => verdict.kind === kind)) return { kind };
  return part.segment.commands.every((command) => ['set', 'export', 'cd', 'umask', 'trap', 'unset'].includes(command.name))
    ? { kind: 'setup' }
    : { kind: 'leave' };
}

/** `update-alternatives --install /usr/bin/gcc gcc /usr/bin/gcc-12 20`: a choice among programs that stay behind. */
function isAboutLeft({ segment, effects }: LabelledSegment, { leftPrograms }: SegmentScope): boolean {
  const paths = segment.commands.flatMap(({ args }) => args.map((word) => word.value)).filter((word) => /^\/usr\/bin\/[^/]+$/.test(word));
  const isChoice =
    segment.commands.every(({ name }) => name === 'update-alternatives' || name === 'ln' || name === 'sudo') && effects.every(({ packages }) => !packages);
  return isChoice && paths.some((path) => leftPrograms.has(posix.basename(path)));
}

/** The effect without what a later command removes again. */
function without(effect: Effect, index: number, start: number, scope: SegmentScope): Effect {
  if (effect.role !== 'both' || effect.action === 'remove' || effect.packages) return effect;
  const writes = effect.writes.filter((write) => !isRemovedAfter(write.path, { index, start }, scope.packages.labelled));
  return writes.length === effect.writes.length ? effect : { ...effect, writes };
}

function judgeEffect(effect: Effect, index: number, scope: SegmentScope): Verdict {
  if (effect.action === 'remove') return judgeRemoval(effect, index, scope);
  if (effect.packages) return judgePackages(effect, scope);
  if (/^(apt|apk|dnf|zypper|pacman)-(update|clean|autoclean|autoremove|answers)/.test(effect.action ?? '')) return { kind: 'tidy' };
  if (effect.action === 'package-source') return { kind: 'source' };
  if (isOfBuilder(effect, scope)) return { kind: 'leave' };
  if (effect.role === 'runtime' || effect.action === 'git-config') return { kind: 'keep' };
  if (effect.writes.some((write) => isRootOfTree(effect, write, index, scope))) return { kind: 'keep' };
  if (effect.action === 'link' && effect.writes.every((write) => artifactsByPath(scope.artifacts).has(write.path))) return { kind: 'leave' };
  return { kind: effect.writes.some((write) => isWanted(effect, write, index, scope)) ? 'keep' : 'leave' };
}

/** What only looks, builds or brings files; and what copies stand for where the final stage has no shell. */
function isOfBuilder({ role, action = '' }: Effect, { packages }: SegmentScope): boolean {
  if (role === 'neutral' || role === 'build' || ['copy', 'download'].includes(action)) return true;
  if (action === 'git-config') return !packages.needed.has('git');
  return packages.bare && (['certificates', 'account'].includes(action) || action.endsWith('-upgrade'));
}

/**
 * A COPY leaves mode and owner of a directory that is there before as they are, so that what makes and gives it away is
 * done again: https://github.com/moby/moby/issues/38710
 */
function isRootOfTree(effect: Effect, write: PathWrite, index: number, { artifacts, attributed, directories, packages }: SegmentScope): boolean {
  if (effect.action === 'make-directory')
    return (
      !isLeftBehind(write, effect, packages.labelled) &&
      crosses(write, index, artifacts) &&
      upwards(write.path).some((path) => path !== '/' && attributed.has(path))
    );
  if (!OF_FILES.has(effect.action ?? '')) return false;
  const covered = artifactsBelow(write.path, artifacts);
  const covers = covered.some(({ kind, from }) => kind === 'tree' && (from === write.path || write.kind === 'tree'));
  return covers && (directories.get(write.path)?.[0] ?? Number.POSITIVE_INFINITY) <= index;
}

const OF_FILES = new Set(['chmod', 'chown', 'chgrp']);

function isWanted(effect: Effect, write: PathWrite, index: number, scope: SegmentScope): boolean {
  if (!(OF_FILES.has(effect.action ?? '') && scope.isCarried(write.path)) && isLeftBehind(write, effect, scope.packages.labelled)) return false;
  if (isDoneAgain(effect, write, scope.artifacts, scope.packages.labelled)) return true;
  if (crosses(write, index, scope.artifacts)) return false;
  // What is done to the mode or owner of the directory that the program runs in holds for what it writes there.
  if (OF_FILES.has(effect.action ?? '') && (write.path === scope.cwd || (write.kind === 'tree' && write.path !== '/' && within(scope.cwd, write.path))))
    return true;
  if (scope.isCarried(write.path) || isRuntimeDirectory(effect, write, scope.cwd)) return true;
  return !scope.buildOnly.some((directory) => within(write.path, directory));
}

/** Removing matters where the final stage would have the file otherwise. */
function judgeRemoval(effect: Effect, index: number, scope: SegmentScope): Verdict {
  if (effect.writes.some((write) => isForeignToTree(effect, write, scope))) return { kind: 'keep' };
  const paths = effect.writes.filter((write) => !crosses(write, index, scope.artifacts));
  if (paths.some((write) => write.path !== '/' && (scope.isCarried(write.path) || (within(write.path, '/etc') && !isTidying(write.path)))))
    return { kind: 'keep' };
  return { kind: paths.some((write) => isTidying(write.path)) ? 'tidy' : 'leave' };
}

function judgePackages(effect: Effect, scope: SegmentScope): Verdict {
  if (effect.action?.endsWith('-remove')) return { kind: 'leave' };
  const split = splitPackages(effect, scope.packages);
  return split && split.kept.length > 0 ? { kind: 'packages', split } : { kind: 'leave' };
}

/** What the base image or a package has where a tree crosses to stays under the tree: COPY only adds. */
function isForeignToTree(effect: Effect, { path }: PathWrite, { artifacts, packages: { labelled } }: SegmentScope): boolean {
  const ofSystem = ['/etc', '/usr', '/var', '/opt'].some((place) => within(path, place) && path !== place) && !isTidying(path);
  if (!ofSystem || !meetsTree(path, artifacts)) return false;
  if (isForced(effect) && !['/usr/local', '/opt'].some((place) => within(path, place))) return true;
  const { commands, writes, below } = written(labelled);
  const place = commands.get(effect.command) ?? -1;
  const before = (places: readonly number[] | undefined) => places?.[0] !== undefined && places[0] < place;
  return !upwards(path).some((one) => before(writes.get(one))) && !before(below.get(path));
}

/** The first place of each command among the effects, and the places of those that write, by path and by directory. */
const written = oncePer((labelled: readonly LabelledInstruction[]) => {
  const commands = new Map<ShellCommand | undefined, number>();
  const [writes, below]: [PathMap<number>, PathMap<number>] = [new Map(), new Map()];
  for (const [place, effect] of allEffects(labelled).entries()) {
    if (!commands.has(effect.command)) commands.set(effect.command, place);
    if (effect.role === 'neutral' || effect.action === 'remove') continue;
    for (const { path } of effect.writes) {
      putUnder(writes, [path], place);
      putUnder(below, upwards(path), place);
    }
  }
  return { commands, writes, below };
});

/** `rm -f` does not mind where there is nothing. */
function isForced({ command }: Effect): boolean {
  return command?.args.some(({ value }) => /^(-[a-zA-Z]*f[a-zA-Z]*|--force)$/.test(value)) ?? false;
}
