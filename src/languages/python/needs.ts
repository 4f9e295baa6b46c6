import { posix } from 'node:path';
import { runtimeLibraries } from '../../knowledge/packages.ts';
import { programsOfPackage, providesProgram } from '../../knowledge/programs.ts';
import { describePythonPackage } from '../../knowledge/python-packages.ts';
import type { Decision, Evidence, Need } from '../../types.ts';
import type { Facts } from '../language.ts';
import { clonesAtStart } from './compiling.ts';
import { type Helper, isShell, linesOf, perlNeeds } from './helpers.ts';
import type { FromOutside } from './outside.ts';
import type { PackageSet } from './packages.ts';
import { recipesOf } from './recipes.ts';
import { installedPackages } from './risks.ts';
import type { PythonSource } from './sources.ts';
import { programsOf, toolsIn } from './words.ts';

/** What was read of the context. */
export interface Read {
  sources: readonly PythonSource[];
  helpers: readonly Helper[];
}

export interface FoundNeeds {
  needs: Need[];
  decisions: Decision[];
}

/** What the sources and the installed packages need of the system: programs, libraries that are opened by name, Tk. */
export function findNeeds(facts: Facts, set: PackageSet, { sources, helpers }: Read, outside: FromOutside): FoundNeeds {
  const found: FoundNeeds = { needs: [], decisions: [] };
  const has = programsAtHand(facts);
  const addProgram = (name: string, evidence: Evidence) => {
    if (has(name) && !found.needs.some((need) => need.kind === 'program' && need.name === name)) found.needs.push({ kind: 'program', name, evidence });
  };
  for (const one of set.packages) {
    const known = describePythonPackage(one.name);
    for (const name of known?.programs ?? []) addProgram(name, { ...one.evidence, note: `${one.name} starts ${name}` });
    for (const name of known?.loads ?? []) addLibrary(found, facts, name, { ...one.evidence, note: `${one.name} opens a library of ${name}` });
  }
  for (const source of sources) takeSource(found, facts, source, addProgram);
  takeScripts(helpers, addProgram);
  found.needs.push(...perlNeeds(helpers, facts));
  takeComputed(found, sources, addProgram);
  for (const { name, evidence } of outside.programs) addProgram(name, evidence);
  if (clonesAtStart(facts)) addProgram('git', { file: facts.source.path, note: 'installs from a repository at every start' });
  for (const command of facts.start.commands.flatMap((one) => recipesOf(one, facts) ?? []))
    addProgram(posix.basename(command.name), { file: 'Makefile', note: `runs ${command.name}` });
  if (facts.base.image === 'python')
    found.needs.push({ kind: 'interpreter', name: 'python', evidence: { file: facts.source.path, note: 'the image is started with its Python' } });
  return found;
}

/** Programs that the image had so far: those of its base, and those of the packages that are installed in it. */
function programsAtHand(facts: Facts): (name: string) => boolean {
  const installed = installedPackages(facts.labelled);
  return (name) => providesProgram(facts.base, name) || installed.some((one) => one.name === name || programsOfPackage(one.manager, one.name).includes(name));
}

function addLibrary(found: FoundNeeds, facts: Facts, development: string, evidence: Evidence): void {
  if (facts.base.packageManager === 'none') return;
  const manager = facts.base.packageManager;
  for (const name of runtimeLibraries(manager, development, facts.base.release) ?? []) found.needs.push({ kind: 'packages', name, manager, evidence });
}

function takeSource(found: FoundNeeds, facts: Facts, source: PythonSource, addProgram: (name: string, evidence: Evidence) => void): void {
  for (const { words, line } of source.executes) {
    for (const name of programsOf(words ?? '')) addProgram(name, { file: source.file, line, note: `starts ${name}` });
  }
  for (const { name, line } of source.libraries) {
    const stem = /^(?:lib)?([\w+-]+?)(?:\.so[\d.]*)?$/.exec(posix.basename(name))?.[1];
    if (stem !== undefined) addLibrary(found, facts, `lib${stem}-dev`, { file: source.file, line, note: `opens ${name}` });
  }
  const toolkit = source.imports.get('tkinter') ?? source.imports.get('turtle') ?? source.imports.get('Tkinter');
  if (toolkit !== undefined && facts.base.image === 'python') addLibrary(found, facts, 'tk-dev', { file: source.file, line: toolkit, note: 'imports tkinter' });
}

/** Shell scripts that are started need their programs as well, those too that a loop names. */
function takeScripts(helpers: readonly Helper[], addProgram: (name: string, evidence: Evidence) => void): void {
  for (const helper of helpers.filter(isShell)) {
    for (const { line, at } of linesOf(helper)) {
      const listed = /\bfor\s+\w+\s+in\s+([^;$]+)/.exec(line)?.[1]?.split(/\s+/) ?? [];
      for (const name of [...programsOf(line), ...listed].filter((one) => toolsIn(`${one} -`).length > 0))
        addProgram(name, { file: helper.file, line: at, note: `starts ${name}` });
    }
  }
}

/**
 * Where a source starts a program that it computes, the name must stand in some literal of the sources (or come from outside):
 * each literal that begins with a program of the old image is taken as one.
 */
function takeComputed(found: FoundNeeds, sources: readonly PythonSource[], addProgram: (name: string, evidence: Evidence) => void): void {
  const computed = sources.flatMap((source) => source.executes.filter(({ words }) => words === undefined).map(({ line }) => ({ file: source.file, line })))[0];
  if (!computed) return;
  for (const source of sources) {
    for (const { value, line } of source.literals) {
      for (const name of toolsIn(value)) addProgram(name, { file: source.file, line, note: `may start ${name}` });
    }
  }
  found.decisions.push({
    code: 'computed-program',
    message: `${computed.file}:${computed.line} starts a program whose name is computed: those that the sources name are in the final image`,
    line: computed.line,
  });
}
