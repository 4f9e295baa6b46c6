import { posix } from 'node:path';
import { allEffects } from '../../effects/effect.ts';
import { labelledAt } from '../../effects/labelled.ts';
import { packageRole } from '../../knowledge/packages.ts';
import type { Effect } from '../../types.ts';
import type { AddedStep, Facts, LanguagePlan } from '../language.ts';
import { isStarted } from './bootstrap.ts';
import type { PackageSet } from './packages.ts';
import { installedPackages } from './risks.ts';

const PIP = /^python[23]?-pip$/;

/** Why there is nothing to gain on an image that is small already: no compiler, no headers, no pip of the distribution. */
export function smallBase(facts: Facts): LanguagePlan['nothingToGain'] {
  const { base, labelled, options } = facts;
  const language = base.image !== '' && base.image !== base.distro;
  if (options.targetBase !== 'auto' || (language && base.variant === 'full')) return undefined;
  const effects = allEffects(labelled);
  if (effects.some((effect) => effect.role === 'unknown' && !/^(python|pip|flask|django)/.test(posix.basename(effect.command?.name ?? '')))) return undefined;
  const pure = new Set(installedPackages(labelled).map(({ name }) => name));
  const goes = installedPackages(labelled).filter(
    ({ manager, name, index }) =>
      (packageRole(manager, name) === 'build' || packageRole(manager, name) === 'tool' || (manager === 'apt' && PIP.test(name))) &&
      !removedThere(facts, index, name),
  );
  if (goes.length > 0 || (pure.size === 0 && !language)) return undefined;
  return { why: `${facts.reference} is small already, and nothing but packages and sources is put into it`, advice: 'Leave this Dockerfile as it is.' };
}

function removedThere(facts: Facts, index: number, name: string): boolean {
  const effects = labelledAt(facts.labelled, index)?.segments?.flatMap((segment) => segment.effects) ?? [];
  const removed = effects.flatMap((effect) => (effect.action?.endsWith('-remove') ? (effect.packages?.names ?? []) : []));
  return (
    removed.includes(name) ||
    effects.some(
      (effect) => effect.group !== undefined && removed.includes(effect.group) && effect.packages?.names.some((one) => one.replace(/[=<>~:].*$/, '') === name),
    )
  );
}

/** Tools of the distribution that a step of the build is seen to use. What the program starts is a need, and stays. */
export function usedTools(facts: Facts, set: PackageSet): string[] {
  const effects = allEffects(facts.labelled);
  const commands = new Set(
    facts.labelled.flatMap(({ segments }) => (segments ?? []).flatMap((segment) => segment.segment.commands.map(({ name }) => posix.basename(name)))),
  );
  const repositories = set.packages.some(({ url }) => url !== undefined) || effects.some((effect) => effect.why === 'clones a repository');
  return [
    ...(repositories ? ['git', 'openssh-client', 'mercurial'] : []),
    ...['curl', 'wget', 'unzip'].filter((name) => commands.has(name)),
    'pkg-config',
    'python3-pip',
    'python-pip',
    'python3-venv',
    'python3-virtualenv',
    'pipx',
  ];
}

/** What the distribution's pip pulls in and the program may use: https://packages.debian.org/bookworm/python3-pip */
export function standIns(facts: Facts): Record<string, string[]> {
  if (facts.base.image === 'python' || facts.base.packageManager !== 'apt') return {};
  const named = new Set(installedPackages(facts.labelled).map(({ name }) => name));
  const brings = (pip: string, python: string, ...others: string[]): [string, string[]][] => {
    const needed = (named.has(pip) ? [python, `${python}-setuptools`, 'ca-certificates'] : [python]).filter((name) => !named.has(name));
    const first = [pip, ...others].find((name) => named.has(name));
    return first === undefined ? [] : [[first, needed]];
  };
  return Object.fromEntries([
    ...brings('python3-pip', 'python3', 'python3-venv', 'python3-dev', 'python3-virtualenv', 'python3-full'),
    ...brings('python-pip', 'python', 'python-dev', 'python-virtualenv'),
  ]);
}

/** A tool that another image brings (`COPY --from=ghcr.io/astral-sh/uv`) stays in the builder where nothing starts it. */
export function toolCopies(facts: Facts): LanguagePlan['copies'] {
  const copies: LanguagePlan['copies'] = {};
  for (const { index, copy } of facts.labelled) {
    if (copy?.from === 'image' && copy.sources.every((source) => /^\/?(usr\/local\/bin\/|bin\/)?uvx?$/.test(source)) && !isStarted('uvx?', facts))
      copies[index] = 'drop';
    if (copy?.from === 'context' && copy.placed.length > 0 && copy.placed.every(({ path, kind }) => kind === 'file' && /^\/(var\/)?tmp\//.test(path)))
      copies[index] = 'drop';
  }
  return copies;
}

/** Directories that cross, and that the build may not have made: a copy of what is not there would fail. */
export function stepsForCaches(facts: Facts): AddedStep[] {
  return facts.labelled.flatMap(({ index, segments }): AddedStep[] => {
    const effects = (segments ?? []).flatMap((segment) => segment.effects);
    const paths = [
      ...new Set([
        ...effects.filter((effect) => effect.action === 'python-cache').flatMap((effect) => effect.writes.map((write) => write.path)),
        ...unsure(effects),
      ]),
    ];
    return paths.length === 0
      ? []
      : [{ after: index, instruction: { kind: 'added', template: 'python/directories', data: { paths }, why: 'crosses whether or not it was filled' } }];
  });
}

/**
 * uv brings a Python of its own where the image's does not fit (https://docs.astral.sh/uv/concepts/python-versions/); an
 * editable install leaves an .egg-info or not, by the version of setuptools.
 */
function unsure(effects: readonly Effect[]): string[] {
  return effects.flatMap((effect) =>
    effect.action?.startsWith('python-') ? effect.writes.flatMap(({ path }) => (/\/uv\/python$|\.egg-info$/.test(path) ? [path] : [])) : [],
  );
}
