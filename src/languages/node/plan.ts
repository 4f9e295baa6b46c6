import { posix } from 'node:path';
import { allEffects, within } from '../../effects/effect.ts';
import { Stop } from '../../errors.ts';
import { describeNpmPackage } from '../../knowledge/npm-packages.ts';
import type { Decision, Need, PathWrite } from '../../types.ts';
import { startsDownloaded } from '../downloaded.ts';
import type { AddedStep, Facts, LanguagePlan } from '../language.ts';
import { builderAtStart, toolNeeds, toolsAtStart } from './at-start.ts';
import { earlyInstall } from './early.ts';
import { findEntries } from './entries.ts';
import { findExecutions } from './executes.ts';
import { globalsOf } from './globals.ts';
import { builds, findInstalls, type Install, lastStep } from './installs.ts';
import { nativeSteps } from './native.ts';
import { nestedSteps } from './nested.ts';
import { packageNeeds } from './packages.ts';
import { programTable } from './program-table.ts';
import { planPrune } from './prune.ts';
import { sourceNeeds } from './source-needs.ts';
import { readSources } from './sources.ts';
import { staticSite } from './static-site.ts';

/** What a Node program needs at run time, and what only its build does. Throws Stop where that cannot be told. */
export function planNode(facts: Facts): LanguagePlan {
  const gain = stopWithoutGain(facts);
  const installs = findInstalls(facts);
  stopAtRoot(facts);
  stopWithoutModules(facts, installs);
  const site = staticSite(facts, globalsOf(facts, []));
  if (site) return { ...empty(facts), ...site, ...gain, ...earlyInstall(facts, installs) };
  const entries = findEntries(facts);
  const names = new Set(installs.flatMap(({ manifest }) => [...(manifest?.dependencies ?? []), ...(manifest?.devDependencies ?? [])]));
  const started = facts.start.commands.map((command) => posix.basename(command.name)).filter((name) => programTable().bins[name] !== undefined);
  const sources = readSources(facts, entries, names, started);
  const executions = sources.list.flatMap(findExecutions);
  const globals = globalsOf(
    facts,
    executions.map(({ program }) => program),
  );
  const tools = toolsAtStart(facts, sources, executions);
  const nested = nestedSteps(facts, tools === undefined ? installs : [], sources);
  const decisions: Decision[] = [...nested.decisions];
  const builderSteps: AddedStep[] = [...nested.steps];
  const needs: Need[] = [...sourceNeeds(facts, sources, executions, globals), ...(tools === undefined ? [] : toolNeeds(facts, tools))];
  const building = tools ?? builderAtStart(facts);
  const unknown: string[] = [];
  for (const install of installs.filter((one) => !nested.removed.includes(one.directory))) {
    const prune = planPrune(facts, install, building, entries, sources, globals.names);
    builderSteps.push(...prune.steps);
    decisions.push(...prune.decisions);
    const found = packageNeeds(facts, install, prune.pruned);
    needs.push(...found.needs);
    unknown.push(...found.unknown);
  }
  const native = nativeSteps(facts, installs, unknown, needs);
  decisions.push(...native.decisions);
  const kept = decisions.find((decision) => decision.code === 'dev-dependencies-kept');
  return {
    ...empty(facts),
    needs,
    buildOnly: globals.buildOnly,
    outputs: globals.outputs,
    buildTools: startsDownloaded(facts) || needs.some((need) => need.kind === 'system') ? [] : buildTools(facts, installs),
    ownPrograms: started,
    builderSteps: [...builderSteps, ...native.builderSteps],
    finalSteps: native.finalSteps,
    decisions,
    ...(kept && facts.base.variant !== 'full' && { nothingToGain: { why: kept.message, advice: ADVICE } }),
    ...gain,
    ...earlyInstall(facts, installs),
  };
}

function empty(facts: Facts): LanguagePlan {
  return {
    ...{ needs: [], copies: {}, buildOnly: [], outputs: [], generated: [], buildTools: [], ownPrograms: [], builderSteps: [], finalSteps: [], decisions: [] },
    bases: facts.base.variant === 'full' ? ['slim', 'same'] : ['same'],
    bare: false,
  };
}

/** Tools that the build is seen to need: git for dependencies from repositories, Python beside a compiler for node-gyp. */
function buildTools(facts: Facts, installs: readonly Install[]): string[] {
  const texts = installs.flatMap(({ manifest, lock }) => [
    facts.context.read(posix.join(manifest?.source ?? '', 'package.json')),
    lock && facts.context.read(lock.file),
  ]);
  const effects = allEffects(facts.labelled);
  const packages = effects.flatMap((effect) => effect.packages?.names ?? []);
  const clones =
    effects.some((effect) => effect.command?.name === 'git') || texts.some((text) => /git\+|"git:|github:|\.git[#"]|gitlab:|bitbucket:/.test(text ?? ''));
  // Of a package by such a name it is not known whether it starts the program itself.
  const names = installs.flatMap(({ manifest, lock }) => [...(manifest?.dependencies ?? []), ...(lock?.packages ?? []).map((one) => one.name)]);
  const namesGit = names.some((name) => /(^|[-/])git([-/]|$)/.test(name) && describeNpmPackage(name)?.programs === undefined);
  const namesPython = names.some((name) => /python/.test(name));
  const compiles = packages.some((name) => /^(make|gcc|g\+\+|build-essential|build-base|alpine-sdk|clang)$/.test(name));
  return [
    ...((clones || compiles) && !namesGit ? ['git', 'openssh', 'openssh-client'] : []),
    ...(compiles && !namesPython
      ? ['python', 'python2', 'python3', 'py3-pip', 'python3-pip', 'python-is-python3', 'python3-setuptools', 'py3-setuptools']
      : []),
  ];
}

const ADVICE = 'Leave this Dockerfile as it is.';

/** A small image that only installs and runs; what a compiler leaves behind is for the planner to weigh. */
function stopWithoutGain(facts: Facts): Pick<LanguagePlan, 'nothingToGain'> {
  if (facts.base.variant === 'full' || builds(facts)) return {};
  const nothingToGain = { why: `${facts.reference} is small, and all that is done in it is to install and to run`, advice: ADVICE };
  const packages = facts.labelled.some(({ segments }) =>
    segments?.some(({ effects }) => effects.some((effect) => effect.packages && effect.action?.endsWith('-install'))),
  );
  if (!packages && facts.options.targetBase === 'auto') throw new Stop('nothing-to-gain', nothingToGain);
  return { nothingToGain };
}

/** In `/` the program cannot be told from the system, but for its node_modules. */
function stopAtRoot(facts: Facts): void {
  for (const { index, segments } of facts.labelled) {
    for (const { effects, segment } of segments ?? []) {
      const atRoot = effects.find(
        (effect) => /^node-(install|script|prune)/.test(effect.action ?? '') && effect.writes.some((write: PathWrite) => write.path === '/'),
      );
      const words = segment.commands.map((command) => [command.name, ...command.args.map((word) => word.text)].join(' '));
      if (atRoot) throw new Stop('tree-is-root', { command: words.at(-1) ?? '', directory: '/' }, facts.source.instructions[index]?.line);
    }
  }
}

/** Yarn's PnP runs packages out of a cache, which lies outside of the program unless told otherwise: https://yarnpkg.com/features/pnp */
function stopWithoutModules(facts: Facts, installs: readonly Install[]): void {
  for (const { manifest, lock, line } of installs) {
    if (!manifest || lock?.format !== 'berry') continue;
    const settings = facts.context.read(posix.join(manifest.source, '.yarnrc.yml')) ?? '';
    if (/^nodeLinker:\s*["']?(node-modules|pnpm)/m.test(settings) || /^enableGlobalCache:\s*false/m.test(settings)) continue;
    throw new Stop(
      'cache-is-program',
      {
        why: "Yarn runs packages from its global cache (Plug'n'Play)",
        advice: 'Set `nodeLinker: node-modules` or `enableGlobalCache: false` in .yarnrc.yml, then try again.',
      },
      line,
    );
  }
}

/** Whether the image starts a program of Node. */
export function startsNode(facts: Facts): boolean {
  const { bins } = programTable();
  return (
    facts.start.commands.some((command) => {
      const name = posix.basename(command.name);
      return (
        ['node', 'nodejs', 'npm', 'npx', 'yarn', 'yarnpkg', 'pnpm', 'pnpx'].includes(name) ||
        command.name.includes('node_modules/.bin/') ||
        (bins[name] !== undefined && !command.name.startsWith('/') && name !== 'ws')
      );
    }) || facts.start.commands.some((command) => lastStep(facts) !== undefined && within(command.name, '/usr/local/lib/node_modules'))
  );
}
