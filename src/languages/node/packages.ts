import { Stop } from '../../errors.ts';
import { describeNpmPackage } from '../../knowledge/npm-packages.ts';
import { runtimeLibraries } from '../../knowledge/packages.ts';
import { programsOfPackage, providesProgram } from '../../knowledge/programs.ts';
import { slimSibling } from '../../knowledge/siblings.ts';
import type { Evidence, Need } from '../../types.ts';
import type { Facts } from '../language.ts';
import { foreignNeed } from './foreign.ts';
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
const BUILDS_NATIVE = new Set([
  'nan',
  'node-addon-api',
  'node-gyp',
  'node-gyp-build',
  'bindings',
  'prebuild-install',
  'node-pre-gyp',
  '@mapbox/node-pre-gyp',
  'cmake-js',
  'napi-macros',
]);

/** What the installed packages need: libraries they link to, programs they start, the C library they are made for. */
export function packageNeeds(facts: Facts, install: Install, pruned: boolean): PackageNeeds {
  const { lock, manifest } = install;
  const file = lock?.file ?? `${manifest?.source === '' || !manifest ? '' : `${manifest.source}/`}package.json`;
  const evidence = (note: string): Evidence => ({ file, note });
  const kept = keptPackages(install, pruned);
  const development = developmentOnly(install);
  const driver = kept.find((one) => describeNpmPackage(one.name)?.browsers && !development(one));
  if (driver) throw new Stop('browser-needed', { package: driver.name }, install.line);
  const native = lock ? kept.find(isNative) : undefined;
  const why = native ? `${native.name} is made for one C library` : 'without a lock file nobody knows whether a package is made for one C library';
  const libc: Need = { kind: 'libc', name: facts.base.libc === 'musl' ? 'musl' : 'glibc', evidence: evidence(why) };
  return {
    needs: [
      ...kept.flatMap((one) => startedBy(facts, one.name, evidence)),
      ...kept.flatMap((one) => linked(facts, describeNpmPackage(one.name)?.links ?? [], evidence(`${one.name} is linked to it`))),
      ...(lock && !native ? [] : [libc]),
    ],
    unknown: [...new Set(kept.filter(isUnknown).map((one) => one.name))],
  };
}

function isUnknown(one: LockedPackage): boolean {
  return isCompiled(one) && describeNpmPackage(one.name) === undefined && !programTable().pureScripts.includes(one.name);
}

/** Programs that a package is known to start, as far as the image has them so far. */
export function startedBy(facts: Facts, name: string, evidence: (note: string) => Evidence): Need[] {
  const programs = programTable().repositoryTools.includes(name) ? [] : (describeNpmPackage(name)?.programs ?? []);
  return programs.flatMap((program): Need[] => {
    const had = brings(facts, program);
    const found = evidence(`${name} starts ${program}`);
    const need = foreignNeed(facts, program, had, found);
    return need ? [need] : had ? [{ kind: 'program', name: program, evidence: found }] : [];
  });
}

function developmentOnly({ lock, manifest }: Install): (one: LockedPackage) => boolean {
  const production = lock ? reachable(lock, manifest?.dependencies ?? []) : new Set(manifest?.dependencies);
  return (one) => one.dev ?? !production.has(one.name);
}

function keptPackages({ lock, manifest }: Install, pruned: boolean): LockedPackage[] {
  const direct = [...(manifest?.dependencies ?? []), ...(pruned ? [] : (manifest?.devDependencies ?? []))];
  if (!lock) return direct.map((name) => ({ name, dev: undefined, script: undefined, platform: false, foreign: false, requires: [], bins: [] }));
  const names = pruned ? reachable(lock, direct) : undefined;
  return lock.packages.filter((one) => !one.foreign && (!pruned || (one.dev === undefined ? names?.has(one.name) : !one.dev)));
}

/** The shared libraries of -dev packages that the full image has and its slim sibling lacks. */
function linked({ base, reference }: Facts, headers: readonly string[], evidence: Evidence): Need[] {
  const manager = base.packageManager;
  if (manager === 'none' || headers.length === 0 || slimSibling(reference) === undefined) return [];
  const names = headers.flatMap((name) => runtimeLibraries(manager, name, base.release) ?? []);
  return [...new Set(names)].map((name) => ({ kind: 'packages', manager, name, evidence }));
}

/** Whether the image so far holds a program, by its base or by a package. */
export function brings({ base, labelled }: Pick<Facts, 'base' | 'labelled'>, program: string): boolean {
  const installed = labelled.flatMap(({ segments }) =>
    (segments ?? []).flatMap(({ effects }) => effects.flatMap((effect) => (effect.action?.endsWith('-install') ? (effect.packages ?? []) : []))),
  );
  return (
    providesProgram(base, program) ||
    installed.some(({ manager, names }) =>
      names.some((written) => bareName(written) === program || programsOfPackage(manager, bareName(written)).includes(program)),
    )
  );
}

function bareName(written: string): string {
  return written.replace(/[=:~<>].*$/, '');
}

function isCompiled(one: LockedPackage): boolean {
  return one.script ?? one.requires.some((name) => BUILDS_NATIVE.has(name));
}

function isNative(one: LockedPackage): boolean {
  const known = describeNpmPackage(one.name);
  return one.platform || one.script === true || known?.native === true || known?.prebuilt === true || (one.script === undefined && isCompiled(one));
}
