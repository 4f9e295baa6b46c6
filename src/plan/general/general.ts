import { posix } from 'node:path';
import { buildToolAtStart } from '../../effects/build-tools.ts';
import { allEffects, within } from '../../effects/effect.ts';
import { isInContext } from '../../effects/sources.ts';
import { Stop } from '../../errors.ts';
import { compilesAtRunTime, serverFacts } from '../../knowledge/servers.ts';
import type { Facts, LanguagePlan } from '../../languages/language.ts';
import type { Artifact, Need, ShellCommand } from '../../types.ts';
import { findArtifacts } from '../crossing.ts';
import { broughtNeeds } from '../needs.ts';
import { hasBuildDependencies } from '../packages.ts';
import { HASHED_CERTIFICATES } from '../supply.ts';
import { unknownCommand } from '../unknown.ts';
import { unpackedArchives } from './archives.ts';
import { type Build, findBuilds, SHARED, sourceDirectories } from './builds.ts';
import { INTERPRETERS } from './called.ts';
import { stopAtEditedInstall } from './edited.ts';
import { needsJdk } from './java.ts';
import { isJava, linksOf } from './links.ts';
import { startsOnlyQuiet } from './seen-programs.ts';
import { SERVICES } from './services.ts';
import { readSources, type SourceReading } from './sources.ts';
import { mayUseTls } from './tls.ts';
import { stopAtUnknownBase } from './unknown-base.ts';

/**
 * The plan for a program of no language that restage knows: the final stage is the same image, or the plain one of its
 * release, with what the source's instructions put there, less compilers, headers and sources. Throws Stop where nobody can
 * tell what the container starts, for then nothing can be left out.
 */
export function planGeneral(facts: Facts): LanguagePlan {
  stopAtBuildTool(facts);
  const builds = findBuilds(facts);
  if (builds.length === 0) stopWhereNothingIsBuilt(facts);
  stopWhereOpen(facts);
  stopAtUnknownBase(facts, builds);
  stopAtSystemDirectories(facts, builds);
  stopAtEditedInstall(facts, builds);
  const buildOnly = [...sourceDirectories(facts, builds), ...unpackedArchives(facts)];
  const plan: LanguagePlan = {
    ...empty(),
    buildOnly,
    copies: copiesWithin(facts, buildOnly),
    links: hasBuildDependencies(facts.labelled) ? 'listed' : linksOf(facts, builds),
  };
  const artifacts = findArtifacts(facts.labelled, plan, false);
  stopWhereStartIsLost(facts, artifacts, builds);
  const reading = readSources(
    facts,
    builds.flatMap(({ cwd, effect }) => [...(cwd === undefined ? [] : [cwd]), ...effect.writes.filter(({ kind }) => kind === 'tree').map(({ path }) => path)]),
    startsOnlyQuiet(facts),
  );
  const mayCall =
    reading.tools ||
    startsScript(facts) ||
    compilesAgain(facts) ||
    (isJava(builds) && needsJdk(facts)) ||
    facts.start.commands.some(({ name }) => compilesAtRunTime(name));
  return {
    ...plan,
    needs: sourceNeeds(facts, reading, builds),
    buildTools: reading.unclear === undefined && downloads(facts).length === 0 ? FOR_BUILDS : [],
    ...(mayCall && { keepsPackages: true }),
    bases: mayCall || (reading.unclear !== undefined && !startsServersOnly(facts)) ? ['same'] : smallerBases(facts, artifacts, builds),
  };
}

/** What stands in the base image's own places, the plain image of its release has not. */
function smallerBases(facts: Facts, artifacts: readonly Artifact[], builds: readonly Build[]): LanguagePlan['bases'] {
  if (isJava(builds)) return ['jre', 'same'];
  const paths = facts.start.commands.flatMap(({ name, cwd }) => (name.includes('/') ? [posix.resolve(cwd ?? '/', name)] : []));
  const isOfBase = (path: string) => OWN_PLACES.some((place) => within(path, place)) && !isPut(path, facts, artifacts);
  return paths.some(isOfBase) ? ['slim', 'same'] : ['release', 'slim', 'same'];
}

/** The script of a language that has no module may start anything; so may Java, which compiles what it is given as a source. */
function startsScript({ start }: Facts): boolean {
  return start.commands.some(
    ({ name, args }) => INTERPRETERS.test(posix.basename(name)) || (posix.basename(name) === 'java' && args.some((word) => word.value.endsWith('.java'))),
  );
}

function compilesAgain({ labelled }: Facts): boolean {
  return allEffects(labelled).some((effect) => effect.compiles && effect.role === 'runtime');
}

/** Servers of which it is known that they start nothing else, wherever their sources come from. */
function startsServersOnly({ start }: Facts): boolean {
  const names = start.commands.map(({ name }) => posix.basename(name));
  return names.length > 0 && names.every((name) => serverFacts(name) && !serverFacts(name)?.wraps);
}

/** Tools that a build uses to get its sources; they stay behind where the sources are known to start none. */
const FOR_BUILDS = ['git', 'curl', 'wget', 'unzip', 'xz-utils', 'bzip2', 'gnupg', 'mercurial', 'subversion'];

function empty(): LanguagePlan {
  return {
    needs: [],
    copies: {},
    buildOnly: [],
    outputs: [],
    generated: [],
    buildTools: [],
    ownPrograms: [],
    builderSteps: [],
    finalSteps: [],
    bases: ['same'],
    bare: false,
    decisions: [],
  };
}

/** What nobody knows may be a build; else all that is there runs. */
function stopWhereNothingIsBuilt({ labelled, source, start }: Facts): never {
  for (const { index, why, segments } of labelled) {
    const unknown = why === 'a comment says so' ? undefined : segments?.flatMap(({ effects }) => effects).find(({ role }) => role === 'unknown');
    if (unknown) throw unknownCommand(unknown, source.instructions[index]?.line);
  }
  throw new Stop('nothing-to-gain', {
    why: start.open === undefined ? 'nothing is built, and all that is installed or copied is there to run' : `nothing is built (and ${start.open})`,
    advice: 'Leave this Dockerfile as it is.',
  });
}

function stopAtBuildTool(facts: Facts): void {
  const tool = buildToolAtStart(facts.start);
  if (!tool) return;
  const command = [tool.name, ...tool.args.map((word) => word.text)].join(' ');
  throw new Stop('build-tool-at-start', { command, advice: 'Build the program with a RUN, and start what it makes.' }, startLine(facts));
}

function stopWhereOpen(facts: Facts): void {
  const { open } = facts.start;
  if (open !== undefined) throw new Stop('unknown-start', { why: open }, startLine(facts));
}

/** The line of the instruction that says what the container starts, counted from 1. */
function startLine({ start, source }: Facts): number | undefined {
  return source.instructions[start.entrypoint ?? start.cmd ?? 0]?.line;
}

/** What a build wrote into a directory of the system cannot be told from what was there before. */
function stopAtSystemDirectories(facts: Facts, builds: readonly Build[]): void {
  for (const { effect, line } of builds) {
    const shared = effect.writes.find(({ path, kind }) => kind === 'tree' && (SHARED.has(path) || (path === '/usr/local' && facts.base.ownLocal === true)));
    if (shared) throw new Stop('tree-is-root', { command: effect.command?.name ?? effect.why, directory: shared.path }, line);
  }
}

/** The program that is started must be among what the final stage gets. */
function stopWhereStartIsLost(facts: Facts, artifacts: readonly Artifact[], builds: readonly Build[]): void {
  const line = startLine(facts);
  for (const command of facts.start.commands) {
    const started = startedFile(command);
    if (started === undefined) continue;
    const path = posix.resolve(command.cwd ?? '/', started);
    const there = isOfSystem(path, facts) || isPut(path, facts, artifacts);
    if (isUnseen(path, artifacts, builds)) throw new Stop('unknown-start', { why: `${started} is downloaded, so that nobody sees what it starts` }, line);
    if (!there) throw new Stop('unknown-start', { why: `no instruction is seen to make ${started}` }, line);
  }
}

/** Whether an instruction is seen to put a file there. */
function isPut(path: string, facts: Facts, artifacts: readonly Artifact[]): boolean {
  return artifacts.some((artifact) => within(path, artifact.from)) || isInContext(path, facts) || isCopied(path, facts) || isMade(path, facts);
}

/** The program, or the jar that Java runs, where it is named by its path. */
function startedFile({ name, args }: ShellCommand): string | undefined {
  const jar = posix.basename(name) === 'java' ? args.findIndex((word) => word.value === '-jar') : -1;
  const file = jar < 0 ? name : (args[jar + 1]?.value ?? '');
  return (jar < 0 && !file.includes('/')) || /[$*?[]/.test(file) ? undefined : file;
}

const SYSTEM_PLACES = ['/bin', '/sbin', '/usr', '/lib', '/etc', '/opt'];
const OWN_PLACES = ['/usr/local', '/opt'];

/** A known image has nothing in /usr/local and /opt that is not one of its own programs, unless packages of others bring it. */
function isOfSystem(path: string, { base, labelled }: Facts): boolean {
  if (!OWN_PLACES.some((place) => within(path, place))) return SYSTEM_PLACES.some((place) => within(path, place));
  if (allEffects(labelled).some(({ action }) => action === 'package-source' || action === 'package-file')) return true;
  if (base.ownLocal === false) return false;
  return base.image === '' || base.unsure?.includes('programs') === true || base.programs.includes(posix.basename(path));
}

function isCopied(path: string, { labelled }: Facts): boolean {
  return labelled.some(({ copy }) => copy && copy.from !== 'context' && within(path, copy.destination));
}

/** A program that was downloaded as it is: it may be a script that starts anything. */
function isUnseen(path: string, artifacts: readonly Artifact[], builds: readonly Build[]): boolean {
  if (serverFacts(posix.basename(path))) return false;
  return artifacts.some(
    ({ foreign, from }) =>
      foreign && within(path, from) && !builds.some(({ effect }) => effect.writes.some((write) => within(write.path, from) || within(from, write.path))),
  );
}

/** By a command that is carried out again in the final stage. */
function isMade(path: string, { labelled }: Facts): boolean {
  return allEffects(labelled).some(({ role, writes }) => role !== 'build' && writes.some((write) => within(path, write.path)));
}

function copiesWithin(facts: Facts, directories: readonly string[]): LanguagePlan['copies'] {
  const inside = facts.labelled.filter(
    ({ copy }) =>
      copy?.from === 'context' && copy.placed.length > 0 && copy.placed.every(({ path }) => directories.some((directory) => within(path, directory))),
  );
  return Object.fromEntries(inside.map(({ index }) => [index, 'drop' as const]));
}

function downloads({ labelled }: Facts): string[] {
  return allEffects(labelled).flatMap((effect) => (effect.action === 'download' ? effect.writes.map(({ path }) => path) : []));
}

function sourceNeeds(facts: Facts, reading: SourceReading, builds: readonly Build[]): Need[] {
  const { libc } = facts.base;
  const first = builds[0];
  const evidence = { file: facts.source.path, ...(first && { line: first.line }), note: 'compiled by this instruction' };
  return [
    ...(libc === 'none' || isJava(builds) ? [] : [{ kind: 'libc' as const, name: libc, evidence }]),
    ...reading.programs.flatMap(({ name, file, line }): Need[] => {
      const need: Need = { kind: 'program', name, evidence: { file, line, note: `starts ${name}` } };
      return [need, ...broughtNeeds(need, facts)];
    }),
    ...(reading.services ? [{ kind: 'file' as const, name: SERVICES, evidence: { ...evidence, note: 'its sources name services' } }] : []),
    ...(reading.network || (!isJava(builds) && mayUseTls(facts, builds))
      ? [{ kind: 'certificates' as const, name: HASHED_CERTIFICATES, evidence: { ...evidence, note: 'it may talk to others over TLS' } }]
      : []),
  ];
}
