import { posix } from 'node:path';
import { otherStarter } from '../effects/daemons.ts';
import { programsOfPackage, providesProgram } from '../knowledge/programs.ts';
import type { Facts, LanguagePlan } from '../languages/language.ts';
import type { Need, PackageManager, ShellCommand } from '../types.ts';

const BUILTINS = new Set(
  '. : [ alias bg break case cd command continue echo eval exec exit export false fg getopts hash jobs kill let local printf pwd read readonly return set shift source test times trap true type ulimit umask unalias unset wait'.split(
    ' ',
  ),
);

/** Needs of the start command: a shell, and each program that it names. Those that come with the program itself are not among them. */
export function startNeeds(facts: Facts, plan: LanguagePlan): Need[] {
  if (plan.start) return [];
  const { start, source } = facts;
  const line = source.instructions[start.entrypoint ?? start.cmd ?? 0]?.line ?? 1;
  const evidence = (note: string) => ({ file: source.path, line, note });
  const programs = new Set(start.commands.map((command) => command.name).filter((name) => !BUILTINS.has(name) && !plan.ownPrograms.includes(name)));
  const other = otherStarter(start);
  return [
    ...(other ? [{ kind: 'system' as const, name: 'programs', evidence: evidence(`${other.name} starts programs that its own files name`) }] : []),
    ...shellsOf(facts).map(({ name, note }): Need => ({ kind: 'shell', name, evidence: evidence(note) })),
    ...[...programs].flatMap((name): Need[] => {
      const program = programOf(name, facts);
      return program === undefined ? [] : [{ kind: 'program', name: program, evidence: evidence(`runs ${name}`) }];
    }),
  ];
}

/** The program of the base or of a package that a command's name stands for. */
function programOf(name: string, facts: Facts): string | undefined {
  const bare = name.includes('/') ? /^\/(?:usr\/)?(?:local\/)?s?bin\/([\w.+-]+)$/.exec(name)?.[1] : name;
  if (bare === undefined || bare === '' || bare.includes('$')) return undefined;
  return providesProgram(facts.base, bare) || (bare === name && installed(bare, facts)) ? bare : undefined;
}

const SHELL_NAMES = ['sh', 'bash', 'ash', 'dash'];

/** The shells that the start goes through: of a shell form, of SHELL, of scripts, of HEALTHCHECK. */
function shellsOf(facts: Facts): { name: string; note: string }[] {
  const { start, source } = facts;
  const found: { name: string; note: string }[] = [];
  const health = start.healthcheck === undefined ? undefined : source.instructions[start.healthcheck];
  if (start.shell) found.push({ name: '/bin/sh', note: 'started through a shell' });
  if (health && /^CMD\s+[^[]/i.test(health.value)) found.push({ name: '/bin/sh', note: 'HEALTHCHECK goes through a shell' });
  const shell = facts.labelled.at(-1)?.state.shell[0];
  if (source.instructions.some((instruction) => instruction.keyword === 'SHELL') && shell?.startsWith('/')) found.push({ name: shell, note: 'SHELL names it' });
  for (const command of start.commands) {
    const name = command.name.replace(/^.*\//, '');
    const script = /^#!\s*(?:\/usr\/bin\/env\s+)?(?:\S*\/)?(sh|bash|ash|dash)\b/.exec(scriptText(command, facts))?.[1];
    const used = SHELL_NAMES.includes(name) ? name : script;
    if (used !== undefined) found.push({ name: used === 'bash' ? '/bin/bash' : '/bin/sh', note: `runs ${command.name}` });
  }
  return [...new Map(found.map((one) => [one.name, one])).values()];
}

/** The text of a script of the context that a command runs; '' if it is none. */
function scriptText(command: ShellCommand, facts: Facts): string {
  const places = command.name.includes('/')
    ? [posix.resolve(command.cwd ?? '/', command.name)]
    : (command.env.PATH ?? '').split(':').map((directory) => posix.join(directory, command.name));
  const source = places.map((place) => facts.sourceOf(place)).find((place) => place !== undefined && facts.context.kind(place) === 'file');
  return source === undefined ? '' : (facts.context.read(source) ?? '');
}

function installed(name: string, facts: Facts): boolean {
  return facts.labelled.some(({ segments }) =>
    segments?.some((segment) => segment.effects.some((effect) => effect.packages && programsOf(effect.packages.manager, effect.packages.names).has(name))),
  );
}

/** The programs that a list of packages brings. */
export function programsOf(manager: PackageManager, names: readonly string[]): Set<string> {
  return new Set(names.flatMap((name) => [name, ...programsOfPackage(manager, name)]));
}

/** The user that the image runs as, and those that files are given to. */
export function userNeeds(facts: Facts): Need[] {
  const state = facts.labelled.at(-1)?.state;
  const owners = facts.labelled.flatMap(({ copy }) => (copy?.owner === undefined ? [] : [copy.owner.split(':')[0] ?? '']));
  const user = state?.user.split(':')[0] ?? '';
  const names = new Set([user, ...owners].filter((name) => name !== '' && name !== 'root' && !/^\d+$/.test(name)));
  return [...names].map((name) => ({ kind: 'user', name, evidence: { file: facts.source.path, note: `USER or --chown names ${name}` } }));
}
