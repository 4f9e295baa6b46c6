import { within } from '../effects/effect.ts';
import type { Base } from '../knowledge/bases.ts';
import type { AddedStep, Facts, LanguagePlan } from '../languages/language.ts';
import type { Artifact, ObservedProgram } from '../types.ts';
import { type Build, findBuilds } from './general/builds.ts';
import { usesCompilerRuntime } from './general/compiler-runtimes.ts';
import { linksOf } from './general/links.ts';
import { hasBuildDependencies } from './packages.ts';
import type { Slice } from './slice.ts';
import { mayBeProgram } from './slice-needs.ts';

/** Where the builder writes down what the artifacts link to, whoever its user is. */
const PLACE = '/tmp/linked';
const LIST = `${PLACE}/packages`;

export interface LinkedSteps {
  builder: AddedStep[];
  final: AddedStep[];
  /** Packages to install in the final stage. */
  packages: string[];
}

/**
 * Steps by which the builder itself lists what its artifacts link to, and the final stage installs it: the packages that own
 * the libraries, as the official images find them, and the libraries that no package owns. None where the final stage has
 * what the builder had, or nothing was compiled.
 */
export function linkedSteps(facts: Facts, plan: LanguagePlan, base: Base, sliced: Slice, builder: string): LinkedSteps {
  const programs = facts.observation?.programs;
  if (programs) return seenLinks(programs, sliced, builder, facts.base === base || facts.base.image === base.image);
  if (!isListed(facts, plan, sliced, sharesLibraries(facts.base, base))) return { builder: [], final: [], packages: [] };
  const linked = sliced.artifacts.filter((artifact) => artifact.compiled || isForeignProgram(artifact));
  const last = Math.max(...linked.map((artifact) => artifact.after));
  const apt = base.packageManager === 'apt';
  const paths = linked.map((artifact) => artifact.from);
  const trees = linked.filter(({ kind }) => kind === 'tree').map((artifact) => artifact.from);
  const data = { paths, trees, place: PLACE, list: LIST, stage: builder, apt };
  const own = { stage: builder, from: `${PLACE}/lib/`, to: '/usr/local/lib/', owner: '' };
  const install = apt ? [added('copy-from', own), added('install-listed', data), added('ldconfig', {})] : [added('apk-listed', data)];
  return {
    builder: [{ after: last, instruction: added('list-linked', data) }],
    final: install.map((instruction) => ({ after: -1, instruction })),
    packages: [],
  };
}

/**
 * What programs were seen to link to needs no listing: packages have names, and libraries that nobody owns are copied; those of the base
 * image into a directory in which every loader looks.
 */
function seenLinks(programs: readonly ObservedProgram[], { artifacts }: Slice, builder: string, hasOwn: boolean): LinkedSteps {
  const crossing = programs.filter(({ path }) => artifacts.some(({ from }) => within(path, from)));
  const made = crossing.flatMap(({ libraries }) => libraries).filter((path) => !artifacts.some(({ from }) => within(path, from)));
  const ofBase = hasOwn ? [] : crossing.flatMap((one) => one.ofBase);
  const copies = [
    ...unique(made).map((path) => added('copy-from', { stage: builder, from: path, to: path, owner: '' })),
    ...unique(ofBase).map((path) => added('copy-from', { stage: builder, from: path, to: '/usr/local/lib/', owner: '' })),
  ];
  const steps = copies.length > 0 ? [...copies, added('ldconfig', {})] : [];
  const final = steps.map((instruction) => ({ after: -1, instruction }));
  return { builder: [], final, packages: unique(crossing.flatMap((one) => one.packages)) };
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

/** Whether the builder lists what the artifacts link to. `shares`: the final base has the libraries of the builder's. */
export function isListed(facts: Facts, plan: LanguagePlan, { artifacts, unlisted }: Pick<Slice, 'artifacts' | 'unlisted'>, shares: boolean): boolean {
  const compiled = artifacts.some((artifact) => artifact.compiled);
  if (!shares && artifacts.some(isForeignProgram)) return true;
  if (!compiled || (shares && unlisted.length === 0 && !hasBuildDependencies(facts.labelled) && !usesCompilerRuntime(facts))) return false;
  return (plan.links ?? linksOf(facts, compilations(facts))) === 'listed';
}

/** What comes from elsewhere, ready made, may link to whatever the builder's image has; what is known to link to nothing, or is no program, does not. */
function isForeignProgram({ foreign, kind, to }: Artifact): boolean {
  return foreign === true && (kind === 'tree' || mayBeProgram(to, [])) && !STANDS_ALONE.test(to);
}

const STANDS_ALONE =
  /\/(tini(-static)?|dumb-init|gosu|su-exec|dockerize|docker-compose|kubectl|helm|jq|yq|go|[^/]+\.(sh|jar|war|js|py|rb|phar|pl|gz|tgz|zip|xz|bz2|tar))$/;

/** The small image of a distribution has the libraries of the full one; that of a language has not. */
function sharesLibraries(before: Base, base: Base): boolean {
  return before === base || (before.image === base.image && DISTRIBUTIONS.has(base.image));
}

/** Templates of steps that install what the builder has listed. */
export const INSTALLS_LIST = new Set(['install-listed', 'apk-listed']);

export const DISTRIBUTIONS = new Set(['alpine', 'debian', 'ubuntu']);

/** Compilers may be at work beside a program of a language that has a module. */
function compilations(facts: Facts): Build[] {
  return findBuilds(facts).filter(({ effect }) => effect.action === 'compile' || effect.action === 'install-built');
}

function added(template: string, data: AddedStep['instruction']['data']): AddedStep['instruction'] {
  return { kind: 'added', template, data, why: 'what the programs link to' };
}
