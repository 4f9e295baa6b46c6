import { posix } from 'node:path';
import { allEffects, effect, within } from '../../effects/effect.ts';
import { Stop } from '../../errors.ts';
import type { Decision, Effect, Evidence, Need, ShellCommand } from '../../types.ts';
import type { Facts, LanguagePlan } from '../language.ts';
import { findData } from './data.ts';
import { servesOthers, startsOthers } from './elsewhere.ts';
import { buildInstead, type GoRun, readGoRun } from './go-run.ts';
import { linkageOf } from './linkage.ts';
import { linkedSources } from './linked-sources.ts';
import { type GoModule, goFiles, readModule } from './modules.ts';
import { programNeeds, sourceNeeds, startedWords, startsComputed } from './needs.ts';
import { otherWrites } from './other-writes.ts';
import { ownTools } from './own-tools.ts';
import { type GoSource, readGoSource } from './sources.ts';

export interface GoBuild {
  index: number;
  line: number;
  command: ShellCommand;
  effect: Effect;
}

/** The builds of Go programs among the RUN instructions. */
export function findBuilds(facts: Facts, action = 'go-build'): GoBuild[] {
  return facts.labelled.flatMap(({ index, segments }) =>
    (segments ?? []).flatMap(({ effects }) =>
      effects.flatMap((effect) =>
        effect.command && effect.action === action ? [{ index, line: facts.source.instructions[index]?.line ?? 1, command: effect.command, effect }] : [],
      ),
    ),
  );
}

/** Tools that `go install` brought and the start command or a source runs. */
function startedTools(facts: Facts, sources: readonly GoSource[]): GoBuild[] {
  const words = [...facts.start.commands.map(({ name }) => name), ...startedWords(facts, sources).map(({ value }) => value)];
  const names = new Set(words.map((word) => posix.basename(word)));
  return findBuilds(facts, 'go-install-tool').filter((build) => build.effect.writes.some((write) => names.has(posix.basename(write.path))));
}

/** Whether the image starts a program that one of its RUNs builds, or builds one with `go run`. */
export function startsGo(facts: Facts): boolean {
  const isBuilt = isBuiltIn(facts);
  return facts.start.commands.some((command) => readGoRun(command) !== undefined || isBuilt(command));
}

/** Tells whether a command is a program that a build of the image makes. */
function isBuiltIn(facts: Facts): (command: ShellCommand) => boolean {
  const built = placesOfBuilt(facts);
  return (command) => placesOf(command, facts).some((path) => built.has(path));
}

export function planGo(facts: Facts): LanguagePlan {
  const run = goRunAtStart(facts);
  const builds = [
    ...findBuilds(facts),
    ...(run ? [{ index: 0, line: facts.source.instructions[facts.start.cmd ?? 0]?.line ?? 1, command: run.command, effect: effect('build', 'go run') }] : []),
  ];
  const instead = run && buildInstead(facts, run);
  const files = facts.context.files();
  if (!files) throw new Stop('context-too-large', { limit: '100,000' });
  const roots = sourceRoots(facts, builds);
  const module = readModule(facts.context, roots[0]?.source ?? '');
  const sources = [...new Set(roots.flatMap(({ source }) => goFiles(facts.context, source)))].map((file) => readGoSource(facts.context, file));
  const tools = startedTools(facts, sources);
  const linkages = [...builds, ...tools].map((build) => linkageOf(facts, build.command, module, sources, build.line));
  const linked = linkages.find((linkage) => linkage.libc !== 'none');
  const decisions: Decision[] = [];
  const starts = sources.some(({ executes }) => executes.length > 0) || startsOthers(facts, isBuiltIn(facts));
  const places = roots.map(({ path }) => path);
  const data = findData(facts, sources, module, servesOthers(facts, { started: starts, linked: linked !== undefined }, places));
  const others = otherWrites(facts, data);
  const own = ownTools(facts, sources);
  const needs = [...needsOf(facts, sources, module, builds), ...own.needs];
  if (linked && linked.libc !== 'none') needs.push({ kind: 'libc', name: linked.libc, evidence: linked.evidence });
  else if (linkages[0]) decisions.push(staticNote(linkages[0].evidence));
  decisions.push(...data.decisions);
  return {
    needs,
    copies: withCopied(data.copies, own.copied),
    buildOnly: [...roots.map(({ path }) => path), ...others.directories, '/go', '/root/go', '/usr/local/go'],
    generated: [...others.generated, ...own.generated, ...(instead?.generated ?? [])],
    outputs: [...others.outputs, ...own.outputs, ...[...builds, ...tools].flatMap((build) => build.effect.writes.map((write) => write.path))],
    buildTools: startsComputed(sources) ? [] : FOR_BUILDS.filter((tool) => !facts.start.commands.some((command) => command.name === tool)),
    environment: namedVariables(facts, sources),
    ownPrograms: [...builds, ...tools].flatMap((build) => build.effect.writes.map((write) => posix.basename(write.path))),
    builderSteps: instead?.builderSteps ?? [],
    finalSteps: own.finalSteps,
    ...(instead?.start && { start: instead.start }),
    bases: basesFor(sources),
    bare: true,
    decisions,
    ...earlyDownload(facts, module, roots[0]?.source ?? ''),
  };
}

function staticNote({ note, line }: Evidence): Decision {
  return { code: 'static', message: note, ...(line !== undefined && { line }) };
}

function needsOf(facts: Facts, sources: readonly GoSource[], module: GoModule | undefined, builds: readonly GoBuild[]): Need[] {
  const commands = builds.map(({ command }) => command);
  const trimmed = commands.some(({ args, env }) => /-trimpath\b/.test([...args.map((word) => word.value), env.GOFLAGS ?? ''].join(' ')));
  const linked = linkedSources(facts, commands, module, sources);
  return [...sourceNeeds(facts, sources, module, trimmed), ...programNeeds(facts, sources, module, linked)];
}

/** The copies with the tools that they bring. */
function withCopied(copies: LanguagePlan['copies'], copied: readonly { index: number; source: string }[]): LanguagePlan['copies'] {
  const found = { ...copies };
  for (const { index, source } of copied) {
    const kept = found[index] === 'drop' ? [] : found[index];
    if (kept && !kept.some((one) => within(source, one))) found[index] = [...kept, source];
  }
  return found;
}

/** Of sources that nobody sees it is not known which programs, certificates or files they need. */
function basesFor(sources: readonly GoSource[]): LanguagePlan['bases'] {
  return sources.length === 0 ? ['same'] : ['scratch', 'release'];
}

/** Tools that a build of Go uses; they stay behind where nothing is seen to start them. */
const FOR_BUILDS = ['git', 'curl', 'wget', 'openssh', 'openssh-client', 'mercurial', 'upx', 'tar', 'unzip', 'gnupg', 'nodejs', 'npm', 'yarn', 'file'];

/** Variables of the old base that a source names. */
function namedVariables(facts: Facts, sources: readonly GoSource[]): string[] {
  const words = new Set(sources.flatMap((source) => source.literals.flatMap(({ value }) => value.match(/[A-Z][A-Z0-9_]+/g) ?? [])));
  return Object.keys(facts.base.env).filter((name) => name !== 'PATH' && words.has(name));
}

/** `go mod download` reads go.mod and go.sum alone, unless a module is replaced by a directory. */
function earlyDownload(facts: Facts, module: GoModule | undefined, directory: string): Pick<LanguagePlan, 'earlyInstall'> {
  const manifests = ['go.mod', 'go.sum'].map((name) => posix.join(directory, name)).filter((path) => facts.context.kind(path) === 'file');
  if (!module || module.local.length > 0 || manifests.length < 2 || facts.context.kind(posix.join(directory, 'go.work')) !== undefined) return {};
  for (const { index, segments } of facts.labelled) {
    const [first] = segments ?? [];
    const [command] = first?.segment.commands ?? [];
    const downloads = command?.name === 'go' && command.args.length === 2 && command.args[0]?.value === 'mod' && command.args[1]?.value === 'download';
    const copied = facts.labelled.some(
      (one) => one.index < index && one.copy?.placed.some((placed) => placed.kind === 'file' && /(^|\/)go\.mod$/.test(placed.source)),
    );
    if (downloads && !copied && facts.sourceOf(posix.join(command.cwd ?? '/', 'go.mod')) === manifests[0])
      return { earlyInstall: { run: index, segments: 1, manifests } };
  }
  return {};
}

/** Directories of the image that hold the sources of the builds, with where they came from. */
function sourceRoots(facts: Facts, builds: readonly GoBuild[]): { path: string; source: string }[] {
  const found = new Map<string, string>();
  for (const { copy } of facts.labelled) {
    for (const placed of copy?.from === 'context' ? copy.placed : []) {
      const directory = placed.kind === 'directory' ? placed : directoryOf(placed);
      if (directory && holdsGo(directory.source, facts)) found.set(directory.path, directory.source);
    }
  }
  const roots = [...found].map(([path, source]) => ({ path, source }));
  const cwd = builds[0]?.command.cwd;
  return roots.sort((one, other) => Number(other.path === cwd) - Number(one.path === cwd));
}

function directoryOf(placed: { path: string; source: string }): { path: string; source: string } | undefined {
  if (!/\.go$|(^|\/)go\.(mod|sum)$/.test(placed.source)) return undefined;
  return { path: posix.dirname(placed.path), source: posix.dirname(placed.source).replace(/^\.$/, '') };
}

function holdsGo(directory: string, facts: Facts): boolean {
  return goFiles(facts.context, directory).length > 0 || facts.context.kind(posix.join(directory, 'go.mod')) === 'file';
}

/** `go run` at start is built instead where the user allows it, and only where nothing else is started. */
function goRunAtStart(facts: Facts): GoRun | undefined {
  const run = facts.start.commands.map(readGoRun).find((one) => one !== undefined);
  if (!run) return undefined;
  const alone = facts.start.commands.length === 1 && !(facts.start.entrypoint !== undefined && facts.start.cmd !== undefined);
  if (alone && facts.options.allow.includes('go-run')) return run;
  const command = [run.command.name, ...run.command.args.map((word) => word.value)].join(' ');
  const advice = alone
    ? 'Allow it to be built once with --allow go-run, or build it with RUN go build and start what it makes.'
    : 'Build the program with RUN go build, and start what it makes.';
  throw new Stop('build-tool-at-start', { command, advice }, facts.source.instructions[facts.start.cmd ?? facts.start.entrypoint ?? 0]?.line);
}

/** The absolute paths that a command's name may stand for. */
function placesOf(command: ShellCommand, facts: Facts): string[] {
  if (command.name.includes('/')) return [posix.resolve(command.cwd ?? '/', command.name)];
  const state = facts.labelled.at(-1)?.state;
  return (state?.env.PATH ?? '').split(':').map((directory) => posix.join(directory, command.name));
}

/** The paths of the built programs, and where later commands copied, moved or linked them to. */
function placesOfBuilt(facts: Facts): Set<string> {
  const places = new Set(findBuilds(facts).flatMap((build) => build.effect.writes.map((write) => write.path)));
  for (const effect of allEffects(facts.labelled)) {
    const source = effect.action === 'copy' || effect.action === 'link' ? effect.reads.find((read) => places.has(read)) : undefined;
    if (source === undefined) continue;
    for (const write of effect.writes) for (const path of [write.path, posix.join(write.path, posix.basename(source))]) places.add(path);
  }
  return places;
}
