import { allEffects } from '../../effects/effect.ts';
import { isHeaderPackage, packageRole } from '../../knowledge/packages.ts';
import { programsOfPackage, providesProgram } from '../../knowledge/programs.ts';
import type { Effect, Evidence, Need, PackageManager } from '../../types.ts';
import type { Facts } from '../language.ts';
import type { Compiling } from './compiling.ts';
import { placeOf, type StayingPlan, stays } from './staying.ts';

export const COMPILER = /^(gcc|g\+\+|cc|c\+\+|c[89]9|clang|clang\+\+|gfortran|tcc|nvcc)(-\d[\d.]*)?$/;
/** Packages of build tools that neither compile nor are called where a program compiles by itself. */
const AROUND = /^(make|cmake|ninja(-build)?|meson|scons|bazel|autoconf|automake|libtool|bison|flex|gettext|pkg-config|pkgconf|ccache)$/;

/** Whether the old image has a compiler, its own or one of a package. */
export function compilerAtHand(facts: Facts): boolean {
  return hasOwnCompiler(facts) || stayingPackages(facts).some(({ manager, name }) => bringsCompiler(manager, name));
}

function hasOwnCompiler({ base }: Pick<Facts, 'base'>): boolean {
  return ['gcc', 'cc', 'clang'].some((name) => providesProgram(base, name));
}

function bringsCompiler(manager: PackageManager, name: string): boolean {
  return /^(build-essential|build-base|alpine-sdk|base-devel)$/.test(name) || [name, ...programsOfPackage(manager, name)].some((one) => COMPILER.test(one));
}

export interface StayingPackage {
  manager: PackageManager;
  name: string;
  /** As written, with its version. */
  written: string;
  group?: string | undefined;
}

/** The packages that RUN instructions install and none of them removes again. */
export function stayingPackages({ labelled }: Pick<Facts, 'labelled'>): StayingPackage[] {
  let staying: StayingPackage[] = [];
  for (const effect of allEffects(labelled)) {
    const named = namedBy(effect);
    if (effect.action?.endsWith('-install')) staying = [...staying.filter(({ name }) => !named.some((one) => one.name === name)), ...named];
    if (effect.action?.endsWith('-remove')) staying = staying.filter(({ name, group }) => !named.some((one) => one.name === name || one.name === group));
  }
  return staying;
}

function namedBy({ packages, group }: Effect): StayingPackage[] {
  return (packages?.names ?? []).map((written) => ({
    manager: packages?.manager as PackageManager,
    name: written.replace(/[=<>~:].*$/, ''),
    written,
    group,
  }));
}

/** Whether a package brings headers, and the links to libraries that go with them. */
export function isHeader({ manager, name }: StayingPackage): boolean {
  return isHeaderPackage(manager, name) || /-(dev|devel|headers)$/.test(name);
}

/** The need of an installed package itself. */
export function packageNeed({ manager, name, written }: StayingPackage, evidence: Evidence): Need {
  // One with a version is installed by the source's own words alone.
  return written === name ? { kind: 'packages', name, manager, evidence } : { kind: 'program', name, evidence };
}

/** Keeps what is compiled with: the packages of it, and the old image where that holds what nobody can name. */
export function planCompilers(facts: Facts, compiling: Compiling | undefined): StayingPlan {
  if (!compiling) return { needs: [] };
  const { takes, evidence } = compiling;
  const needs = stayingPackages(facts)
    .filter((one) => takes === 'installs' || isHeader(one) || (packageRole(one.manager, one.name) === 'build' && !AROUND.test(one.name)))
    .map((one) => packageNeed(one, evidence));
  if (!hasOwnCompiler(facts)) return { needs };
  if (takes === 'plain' && facts.base.packageManager === 'apt')
    return { needs: [...needs, ...['g++', 'libc6-dev'].map((name): Need => ({ kind: 'packages', name, manager: 'apt', evidence }))] };
  const plan = stays('compilers', evidence, `it lacks compilers and headers (${evidence.note})`, {
    why: `${placeOf(evidence)}: ${evidence.note}, for which the compilers and headers of ${facts.reference} have to stay`,
    advice: 'Install and compile in a RUN, then another stage can do it.',
  });
  return { ...plan, needs: [...needs, ...plan.needs] };
}
