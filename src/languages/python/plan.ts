import { allEffects } from '../../effects/effect.ts';
import { Stop } from '../../errors.ts';
import { describePythonPackage } from '../../knowledge/python-packages.ts';
import { slimSibling } from '../../knowledge/siblings.ts';
import type { Decision, Need, ShellCommand } from '../../types.ts';
import { startsDownloaded } from '../downloaded.ts';
import type { AddedStep, Facts, LanguagePlan } from '../language.ts';
import { absentProgram } from './absent.ts';
import { planCompilers } from './compilers.ts';
import { findCompiling } from './compiling.ts';
import { fontNeeds } from './fonts.ts';
import { findHelpers } from './helpers.ts';
import { otherPython } from './interpreters.ts';
import { isPure } from './locks.ts';
import { lookSteps } from './look.ts';
import { mediaNeeds } from './media.ts';
import { findNeeds } from './needs.ts';
import { outsidePrograms, readOutside } from './outside.ts';
import { collectPackages, findInstalls, type PackageSet } from './packages.ts';
import { isFullPython, minorVersion } from './places.ts';
import { refuseUnsafe } from './refusals.ts';
import { linkingOf } from './risks.ts';
import { readSources } from './sources.ts';
import { smallBase, standIns, stepsForCaches, toolCopies, usedTools } from './system.ts';
import { linkNeeds } from './unversioned.ts';

/** What a Python program needs to run, and what only its installation does. Throws Stop where that cannot be told. */
export function planPython(facts: Facts): LanguagePlan {
  const installs = findInstalls(facts.labelled);
  const set = collectPackages(
    installs.map(({ command }) => command),
    facts,
  );
  const nothingToGain = smallBase(facts);
  if (nothingToGain) throw new Stop('nothing-to-gain', nothingToGain);
  refuseUnsafe(facts);
  if (facts.options.targetBase !== 'auto') checkTarget(facts, set);
  const copied = facts.labelled.flatMap(({ copy }) => (copy?.from === 'context' ? copy.placed.map(({ source }) => source) : []));
  const isCopied = (file: string) => copied.some((source) => source === '' || file === source || file.startsWith(`${source}/`));
  const sources = readSources(facts.context, isCopied);
  const helpers = findHelpers(facts, sources, isCopied);
  const outside = readOutside(facts, sources);
  const found = findNeeds(facts, set, { sources, helpers }, outside);
  const compilers = planCompilers(facts, findCompiling(facts, set, sources, found.needs));
  const other =
    otherPython(facts, sources, helpers) ??
    absentProgram(facts, set, sources) ??
    outsidePrograms([...outside.unknown, ...found.needs.flatMap(({ kind, evidence }) => (kind === 'system' ? [evidence] : []))]);
  const linking = linkingOf(facts, set);
  const steps =
    facts.base.packageManager === 'apt' && linking.look
      ? lookSteps(
          facts,
          installs.flatMap(({ effect, command }) => (bringsNothing(command, facts) ? [] : effect.writes)),
          linking.look,
        )
      : undefined;
  const libraries: Need[] = steps
    ? []
    : linking.libraries.flatMap(({ name, evidence }) => (facts.base.packageManager === 'apt' ? [{ kind: 'packages', name, manager: 'apt', evidence }] : []));
  const effects = allEffects(facts.labelled);
  return {
    needs: [
      ...found.needs,
      ...(other?.needs ?? []),
      ...libraries,
      ...linkNeeds(facts, sources),
      ...mediaNeeds(facts, set, sources, isCopied),
      ...fontNeeds(facts, sources),
      ...compilers.needs,
    ],
    copies: toolCopies(facts),
    buildOnly: [],
    outputs: effects.flatMap((effect) =>
      /^python-/.test(effect.action ?? '') ? effect.writes.filter((write) => !write.disposable).map((write) => write.path) : [],
    ),
    generated: [],
    buildTools: startsDownloaded(facts) ? [] : usedTools(facts, set),
    instead: standIns(facts),
    ownPrograms: [],
    builderSteps: [...stepsForCaches(facts), ...(steps?.builder ?? [])],
    finalSteps: steps?.final ?? [],
    bases: compilers.bases ?? other?.bases ?? basesOf(facts),
    bare: false,
    decisions: [...found.decisions, ...decisionsOf(facts, steps?.final)],
    nothingToGain: compilers.nothingToGain ?? other?.nothingToGain ?? nothingLeft(facts),
  };
}

/** What to say where the same image serves and no package stays behind. */
function nothingLeft(facts: Facts): { why: string; advice: string } {
  const full = facts.base.variant === 'full' && slimSibling(facts.reference) === undefined;
  const why = full ? `there is no slim image beside ${facts.reference}` : 'all that is installed is needed at run time';
  return { why, advice: 'Leave this Dockerfile as it is.' };
}

/** `pip install --upgrade pip`: installers only, which bring nothing that a program loads. */
function bringsNothing(command: ShellCommand, facts: Facts): boolean {
  const set = collectPackages([command], facts);
  return set.packages.length === 0 && !set.opaque && set.projects.size === 0;
}

function basesOf(facts: Facts): LanguagePlan['bases'] {
  const { base, reference } = facts;
  if (isFullPython(base) && slimSibling(reference) !== undefined) return ['slim'];
  return ['slim', 'same'];
}

/** Another libc takes nothing that was compiled for the first one; other images lack the interpreter. */
function checkTarget(facts: Facts, set: PackageSet): void {
  const { targetBase } = facts.options;
  const refuse = (why: string, advice: string): never => {
    throw new Stop('no-base-fits', { why, advice });
  };
  if (targetBase === 'distroless' || targetBase === 'scratch')
    refuse(
      `a Python program needs the interpreter that it was installed with, which ${targetBase} lacks`,
      'Leave out --target-base: the slim image is the smallest that is safe.',
    );
  if (targetBase !== 'alpine' || facts.base.distro === 'alpine') return;
  const unproved = set.packages.find((one) => !isPure(one) && !describePythonPackage(one.name)?.pure);
  if (set.opaque || unproved || !set.closed) {
    const why = unproved
      ? `${unproved.name} (${unproved.evidence.file}) may hold a module compiled for glibc, which Alpine lacks`
      : 'no lock file proves that every package is nothing but Python';
    refuse(why, 'Leave out --target-base, or start from an alpine image so that packages are installed for it.');
  }
  if (installsBesideInterpreter(facts))
    refuse(
      'the programs of the packages cross with all of /usr/local/bin, where the interpreter is one for glibc, which Alpine lacks',
      'Leave out --target-base, or install into a virtual environment (`python3 -m venv /opt/venv`, with /opt/venv/bin first on PATH).',
    );
}

function installsBesideInterpreter({ labelled }: Facts): boolean {
  const places = new Set(['/usr/local', '/usr/local/bin']);
  return allEffects(labelled).some(({ action, writes }) => action === 'python-install' && writes.some(({ path }) => places.has(path)));
}

function decisionsOf(facts: Facts, looks: readonly AddedStep[] | undefined): Decision[] {
  const decisions: Decision[] = [];
  if (looks && looks.length > 0)
    decisions.push({
      code: 'libraries-listed',
      message: `the builder lists the libraries that the installed packages link to: ${looks[0]?.instruction.why ?? ''}`,
    });
  if (
    allEffects(facts.labelled).some((effect) => effect.action === 'python-install' && effect.writes.some((write) => write.path === '/usr/local')) &&
    facts.base.image === 'python' &&
    minorVersion(facts) === undefined
  ) {
    decisions.push({
      code: 'floating-version',
      message: `${facts.reference} does not name an older version of Python for good: /usr/local crosses as a whole, interpreter and all`,
    });
  }
  return decisions;
}
