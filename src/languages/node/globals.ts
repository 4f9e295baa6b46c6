import { posix } from 'node:path';
import { describeNpmPackage } from '../../knowledge/npm-packages.ts';
import type { Need } from '../../types.ts';
import type { Facts } from '../language.ts';
import { corepackHome, globalPlace, packageOf } from './commands.ts';
import { findCalls } from './installs.ts';
import { startedBy } from './packages.ts';
import { programTable } from './program-table.ts';

export interface Globals {
  /** What those that run need of the system. */
  needs: Need[];
  /** Programs that `npm install -g` brings and the start command runs. */
  names: Set<string>;
  /** Places of those that nothing runs. */
  buildOnly: string[];
  /** Where Corepack keeps a package manager that the start command runs. */
  outputs: string[];
}

const SHIMS = ['yarn', 'yarnpkg', 'pnpm', 'pnpx'];

/** Which of the programs that were installed for the whole image are needed when it runs; `executed` are those that sources start. */
export function globalsOf(facts: Facts, executed: readonly (string | undefined)[]): Globals {
  const named = [...facts.start.commands.map((command) => command.name), ...executed.filter((name) => name !== undefined)];
  const started = new Set(named.map((name) => posix.basename(name)));
  if (started.has('npx') || started.has('npm')) started.add('npm').add('npx');
  const specs = findCalls(facts).flatMap(({ call }) => (call.global ? call.words.map((word) => word.value) : []));
  const all = executed.includes(undefined) || servesModules(facts);
  const isNeeded = (spec: string) => all || isStarted(packageOf(spec), started, facts);
  const { bins } = programTable();
  const names = specs.map(packageOf);
  const shims = SHIMS.some((name) => started.has(name));
  const idle = specs.filter((spec) => !isNeeded(spec)).map((spec) => globalPlace(packageOf(spec)));
  return {
    needs: specs.filter(isNeeded).flatMap((spec) => needsOf(spec, facts)),
    names: new Set([...names, ...Object.keys(bins).filter((bin) => names.includes(bins[bin] ?? ''))]),
    buildOnly: [...idle, ...(shims ? [] : SHIMS.map((name) => `/usr/local/bin/${name}`))],
    outputs: shims && usesCorepack(facts) ? [corepackHome({ env: facts.labelled.at(-1)?.state.env ?? {} })] : [],
  };
}

function isStarted(name: string, started: ReadonlySet<string>, facts: Facts): boolean {
  const { bins } = programTable();
  if ([...started].some((program) => program === name || bins[program] === name) || (name === '@yarnpkg/cli-dist' && started.has('yarn'))) return true;
  const known = Object.values(bins).includes(name) || ['npm', 'yarn', 'pnpm', 'node-gyp'].includes(name);
  return !known && mayBeStarted(started, facts);
}

/** Whether programs load modules from where `npm install -g` puts them. */
function servesModules(facts: Facts): boolean {
  return facts.labelled.at(-1)?.state.env.NODE_PATH !== undefined || findCalls(facts).some(({ call }) => call.verb === 'link');
}

/** What an install that is done again in the final stage needs, and what is installed. */
function needsOf(spec: string, facts: Facts): Need[] {
  const evidence = (note: string) => ({ file: facts.source.path, note });
  const name = packageOf(spec);
  const known = describeNpmPackage(name);
  const fetches: Need[] = /^git\b|github:|\.git(#|$)/.test(spec) ? [{ kind: 'program', name: 'git', evidence: evidence(`installs ${spec}`) }] : [];
  const compiles: Need[] = known?.native && !known.prebuilt ? [{ kind: 'system', name, evidence: evidence(`${name} is compiled where it is installed`) }] : [];
  return [...fetches, ...compiles, ...startedBy(facts, name, evidence)];
}

/** A package whose programs are not known may bring one that nothing else does. */
function mayBeStarted(started: ReadonlySet<string>, facts: Facts): boolean {
  return [...started].some((name) => !facts.base.programs.includes(name));
}

function usesCorepack(facts: Facts): boolean {
  return facts.labelled.some(({ segments }) => segments?.some(({ effects }) => effects.some((effect) => effect.action === 'corepack')));
}
