import { describeNpmPackage } from '../../knowledge/npm-packages.ts';
import { runtimeLibraries } from '../../knowledge/packages.ts';
import { slimSibling } from '../../knowledge/siblings.ts';
import { providesProgram } from '../../knowledge/programs.ts';
import { Stop } from '../../errors.ts';
import type { Evidence, Need } from '../../types.ts';
import type { Facts } from '../language.ts';
import type { Install } from './installs.ts';
import { type LockedPackage, reachable } from './lock.ts';
import { programTable } from './program-table.ts';

/** What the packages in node_modules need of the system. */
export interface PackageNeeds {
  needs: Need[];
  /** Packages that are compiled, and of which it is not known what they link to. */
  unknown: string[];
}

/** Names that say in a lock file that a package has C code to compile. */
const BUILDS_NATIVE = new Set(['nan', 'node-addon-api', 'node-gyp', 'node-gyp-build', 'bindings', 'prebuild-install', 'node-pre-gyp', '@mapbox/node-pre-gyp', 'cmake-js', 'napi-macros']);

/** What the installed packages need: libraries they link to, programs they start, the C library they are made for. */
export function packageNeeds(facts: Facts, install: Install, pruned: boolean): PackageNeeds {
  const { lock, manifest } = install;
  const file = lock?.file ?? `${manifest?.source === '' || !manifest ? '' : `${manifest.source}/`}package.json`;
  const evidence = (note: string): Evidence => ({ file, note });
  const kept = keptPackages(install, pruned);
  const needs: Need[] = [];
  const unknown: string[] = [];
  for (const one of kept) {
    const known = describeNpmPackage(one.name);
    if (known?.browsers) throw new Stop('browser-needed', { package: one.name }, install.line);
    for (const program of known?.programs ?? []) {
      if (brings(facts, program)) needs.push({ kind: 'program', name: program, evidence: evidence(`${one.name} starts ${program}`) });
    }
    if (slimSibling(facts.reference) !== undefined) needs.push(...linked(facts, known?.links ?? [], evidence(`${one.name} is linked to it`)));
    if (!known && isCompiled(one) && !programTable().pureScripts.includes(one.name)) unknown.push(one.name);
  }
  const native = lock ? kept.find((one) => isNative(one)) : undefined;
  if (!lock || native) needs.push({ kind: 'libc', name: facts.base.libc === 'musl' ? 'musl' : 'glibc', evidence: evidence(native ? `${native.name} is made for one C library` : 'without a lock file nobody knows whether a package is made for one C library') });
  return { needs, unknown: [...new Set(unknown)] };
}

function keptPackages({ lock, manifest }: Install, pruned: boolean): LockedPackage[] {
  const direct = [...(manifest?.dependencies ?? []), ...(pruned ? [] : (manifest?.devDependencies ?? []))];
  if (!lock) return direct.map((name) => ({ name, dev: undefined, script: undefined, platform: false, foreign: false, requires: [], bins: [] }));
  const names = pruned ? reachable(lock, direct) : undefined;
  return lock.packages.filter((one) => !one.foreign && (!pruned || (one.dev === undefined ? names?.has(one.name) : !one.dev)));
}

function linked({ base }: Facts, headers: readonly string[], evidence: Evidence): Need[] {
  const manager = base.packageManager;
  if (manager === 'none') return [];
  const names = headers.flatMap((name) => runtimeLibraries(manager, name, base.release) ?? []);
  return [...new Set(names)].map((name) => ({ kind: 'packages', manager, name, evidence }));
}

/** Whether the image so far holds a program, by its base or by a package. */
export function brings({ base, labelled }: Pick<Facts, 'base' | 'labelled'>, program: string): boolean {
  return providesProgram(base, program) || labelled.some(({ segments }) => segments?.some(({ effects }) => effects.some((effect) => effect.action?.endsWith('-install') && effect.packages?.names.some((name) => name.replace(/[=:~<>].*$/, '') === program))));
}

function isCompiled(one: LockedPackage): boolean {
  return one.script ?? one.requires.some((name) => BUILDS_NATIVE.has(name));
}

function isNative(one: LockedPackage): boolean {
  const known = describeNpmPackage(one.name);
  return one.platform || one.script === true || known?.native === true || known?.prebuilt === true || (one.script === undefined && isCompiled(one));
}
