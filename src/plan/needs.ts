import { otherStarter } from '../effects/daemons.ts';
import { allEffects } from '../effects/effect.ts';
import { broughtAlong } from '../knowledge/packages.ts';
import { programsOfPackage, providesProgram } from '../knowledge/programs.ts';
import type { Facts, LanguagePlan } from '../languages/language.ts';
import { interpreterOf } from '../parse/interpreter.ts';
import type { Evidence, Need, PackageManager } from '../types.ts';
import type { Place } from './start/started.ts';
import type { Trail } from './start/trail.ts';
import { scriptText, traceStart } from './start.ts';

const BUILTINS = new Set(
  '. : [ alias bg break case cd command continue echo eval exec exit export false fg getopts hash jobs kill let local printf pwd read readonly return set shift source test times trap true type ulimit umask unalias unset wait'.split(
    ' ',
  ),
);

/** Needs of all that the container starts: shells, and each program that is run. Those that come with the program itself are not among them. */
export function startNeeds(facts: Facts, plan: LanguagePlan): Need[] {
  if (plan.start) return [];
  const { start, source } = facts;
  const trail = traceStart(facts);
  const line = source.instructions[start.entrypoint ?? start.cmd ?? 0]?.line ?? 1;
  const evidence = (note: string, place?: Place): Evidence => ({ file: place?.file ?? source.path, line: place?.line ?? line, note });
  const other = otherStarter(start);
  const programs = new Map<string, Need>();
  for (const { command, place } of trail.commands) {
    if (BUILTINS.has(command.name) || plan.ownPrograms.includes(command.name)) continue;
    for (const name of [programOf(command.name, facts), otherInterpreter(scriptText(command, trail), facts)]) {
      if (name !== undefined && !programs.has(name)) programs.set(name, { kind: 'program', name, evidence: evidence(`runs ${command.name}`, place) });
    }
  }
  return [
    ...(other ? [{ kind: 'system' as const, name: 'programs', evidence: evidence(`${other.name} starts programs that its own files name`) }] : []),
    ...shellsOf(facts, trail).map(({ name, note, place }): Need => ({ kind: 'shell', name, evidence: evidence(note, place) })),
    ...programs.values(),
    ...(plan.keepsPackages ? [] : [...programs.values()].flatMap((need) => broughtNeeds(need, facts))),
  ];
}

/** The package of a program that came along with another package, which may stay behind. */
export function broughtNeeds({ name, evidence }: Pick<Need, 'name' | 'evidence'>, facts: Facts): Need[] {
  if (providesProgram(facts.base, name) && !IN_PART.has(name)) return [];
  if (installs(facts).some(({ manager, names }) => programsOf(manager, names).has(name))) return [];
  return installs(facts)
    .flatMap(({ manager, names }): Need[] => {
      const brought = names.map((one) => alongOf(manager, one, name)).find((one) => one !== undefined);
      return brought === undefined ? [] : [{ kind: 'packages', name: brought, manager, evidence }];
    })
    .slice(0, 1);
}

/** Programs that a base may have without what belongs to them: perl-base has few of Perl's modules. */
export const IN_PART: ReadonlySet<string> = new Set(['perl']);

/** The package with a program that another one brings along. */
export function alongOf(manager: PackageManager, name: string, program: string): string | undefined {
  return broughtAlong(manager, bareName(name)).find((brought) => programsOf(manager, [brought]).has(program));
}

/** `libpq-dev=13.*`, `curl:amd64` → the package's name. */
export function bareName(name: string): string {
  return name.replace(/[=<>~:].*$/, '');
}

function installs({ labelled }: Facts): { manager: PackageManager; names: string[] }[] {
  return allEffects(labelled).flatMap(({ action, packages }) => (action?.endsWith('-install') && packages ? [packages] : []));
}

/** The program that a script's first line names, where it is no shell and no language has it. */
function otherInterpreter(text: string, facts: Facts): string | undefined {
  const name = interpreterOf(text);
  return name !== undefined && /^(perl|ruby|php|tclsh|expect|lua|awk|gawk|python[\d.]*)$/.test(name) ? programOf(name, facts) : undefined;
}

/** The program of the base or of a package that a command's name stands for. */
function programOf(name: string, facts: Facts): string | undefined {
  const bare = name.includes('/') ? /^\/(?:usr\/)?(?:local\/)?s?bin\/([\w.+-]+)$/.exec(name)?.[1] : name;
  if (bare === undefined || bare === '' || bare.includes('$')) return undefined;
  return providesProgram(facts.base, bare) || (!name.startsWith('/usr/local/') && installed(bare, facts)) ? bare : undefined;
}

const SHELL_NAMES = ['sh', 'bash', 'ash', 'dash'];

interface UsedShell {
  name: string;
  note: string;
  place?: Place | undefined;
}

/** The shells that the start goes through: of a shell form, of SHELL, of scripts, of crontabs, of HEALTHCHECK. */
function shellsOf(facts: Facts, trail: Trail): UsedShell[] {
  const followed = trail.commands.flatMap(({ command, place }): UsedShell[] => {
    const name = command.name.replace(/^.*\//, '');
    const script = /^#!\s*(?:\/usr\/bin\/env\s+)?(?:\S*\/)?(?:with-contenv\s+)?(sh|bash|ash|dash)\b/.exec(scriptText(command, trail))?.[1];
    const used = SHELL_NAMES.includes(name) ? name : script;
    return used === undefined ? [] : [{ name: pathOfShell(used), note: `runs ${command.name}`, place }];
  });
  const read = trail.shells.map(({ name, place }) => ({ name: pathOfShell(name), note: 'read by a shell', place }));
  return [...new Map([...configuredShells(facts), ...followed, ...read].map((one) => [one.name, one])).values()];
}

function pathOfShell(name: string): string {
  return name.endsWith('bash') ? '/bin/bash' : '/bin/sh';
}

function configuredShells({ start, source, labelled }: Facts): UsedShell[] {
  const health = start.healthcheck === undefined ? undefined : source.instructions[start.healthcheck];
  const shell = labelled.at(-1)?.state.shell[0];
  const named = source.instructions.some((instruction) => instruction.keyword === 'SHELL') && shell?.startsWith('/') ? shell : undefined;
  return [
    ...(start.shell ? [{ name: '/bin/sh', note: 'started through a shell' }] : []),
    ...(health && /^CMD\s+[^[]/i.test(health.value) ? [{ name: '/bin/sh', note: 'HEALTHCHECK goes through a shell' }] : []),
    ...(named === undefined ? [] : [{ name: named, note: 'SHELL names it' }]),
  ];
}

function installed(name: string, facts: Facts): boolean {
  return installs(facts).some(({ manager, names }) => programsOf(manager, names).has(name) || names.some((one) => alongOf(manager, one, name) !== undefined));
}

/** The programs that a list of packages brings; that of a server is often called by the package's name and a `d`. */
export function programsOf(manager: PackageManager, names: readonly string[]): Set<string> {
  const bare = names.map(bareName);
  return new Set(bare.flatMap((name) => [name, `${name}d`, ...programsOfPackage(manager, name)]));
}

/** The user that the image runs as, and those that files are given to. */
export function userNeeds(facts: Facts): Need[] {
  const state = facts.labelled.at(-1)?.state;
  const owners = facts.labelled.flatMap(({ copy }) => (copy?.owner === undefined ? [] : [copy.owner.split(':')[0] ?? '']));
  const user = state?.user.split(':')[0] ?? '';
  const names = new Set([user, ...owners].filter((name) => name !== '' && name !== 'root' && !/^\d+$/.test(name)));
  return [...names].map((name) => ({ kind: 'user', name, evidence: { file: facts.source.path, note: `USER or --chown names ${name}` } }));
}
