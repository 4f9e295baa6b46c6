import { posix } from 'node:path';
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
  const started = new Set(
    [...facts.start.commands.map((command) => command.name), ...executed.filter((name) => name !== undefined)].map((name) => posix.basename(name)),
  );
  if (started.has('npx') || started.has('npm')) started.add('npm').add('npx');
  const { bins } = programTable();
  const packages = new Set([...started].flatMap((name) => [name, bins[name] ?? name]));
  const installed = findCalls(facts).flatMap(({ call }) => (call.global ? call.words.map((word) => packageOf(word.value)) : []));
  const needed = (name: string) =>
    executed.includes(undefined) ||
    packages.has(name) ||
    (name === '@yarnpkg/cli-dist' && started.has('yarn')) ||
    (!Object.values(bins).includes(name) && !['npm', 'yarn', 'pnpm', 'node-gyp'].includes(name) && mayBeStarted(started, facts));
  const shims = SHIMS.some((name) => started.has(name));
  const evidence = (note: string) => ({ file: facts.source.path, note });
  return {
    needs: installed.filter(needed).flatMap((name) => startedBy(facts, name, evidence)),
    names: new Set(installed.flatMap((name) => [name, ...Object.keys(bins).filter((bin) => bins[bin] === name)])),
    buildOnly: [...installed.filter((name) => !needed(name)).map(globalPlace), ...(shims ? [] : SHIMS.map((name) => `/usr/local/bin/${name}`))],
    outputs: shims && usesCorepack(facts) ? [corepackHome({ env: facts.labelled.at(-1)?.state.env ?? {} })] : [],
  };
}

/** A package whose programs are not known may bring one that nothing else does. */
function mayBeStarted(started: ReadonlySet<string>, facts: Facts): boolean {
  return [...started].some((name) => !facts.base.programs.includes(name));
}

function usesCorepack(facts: Facts): boolean {
  return facts.labelled.some(({ segments }) => segments?.some(({ effects }) => effects.some((effect) => effect.action === 'corepack')));
}
