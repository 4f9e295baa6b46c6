import { programsOfPackage, providesProgram } from '../knowledge/programs.ts';
import type { Need, PackageManager, ShellCommand, StartCommand } from '../types.ts';
import type { Facts, LanguagePlan } from '../languages/language.ts';

const BUILTINS = new Set(
  '. : [ alias bg break case cd command continue echo eval exec exit export false fg getopts hash jobs kill let local printf pwd read readonly return set shift source test times trap true type ulimit umask unalias unset wait'.split(' '),
);

/** Needs of the start command: a shell, and each program that it names. Those that come with the program itself are not among them. */
export function startNeeds(facts: Facts, plan: LanguagePlan): Need[] {
  if (plan.start) return [];
  const { start, source } = facts;
  const line = source.instructions[start.entrypoint ?? start.cmd ?? 0]?.line ?? 1;
  const evidence = (note: string) => ({ file: source.path, line, note });
  const needs: Need[] = [];
  const commands = start.commands;
  if (start.shell || usesShell(start, facts)) needs.push({ kind: 'shell', name: shellOf(facts), evidence: evidence('started through a shell') });
  const shell = facts.labelled.at(-1)?.state.shell[0];
  if (source.instructions.some((instruction) => instruction.keyword === 'SHELL') && shell?.startsWith('/')) needs.push({ kind: 'shell', name: shell, evidence: evidence('SHELL names it') });
  for (const name of new Set(commands.map((command) => command.name))) {
    if (BUILTINS.has(name) || plan.ownPrograms.includes(name) || name.includes('$') || name === '') continue;
    if (name.includes('/')) {
      const program = /^\/(usr\/)?(local\/)?s?bin\/([\w.+-]+)$/.exec(name)?.[3];
      if (program !== undefined && providesProgram(facts.base, program)) needs.push({ kind: 'program', name: program, evidence: evidence(`runs ${name}`) });
    } else if (providesProgram(facts.base, name) || installed(name, facts)) {
      needs.push({ kind: 'program', name, evidence: evidence(`runs ${name}`) });
    }
  }
  return needs;
}

function usesShell(start: StartCommand, facts: Facts): boolean {
  const line = start.healthcheck === undefined ? undefined : facts.source.instructions[start.healthcheck];
  if (line && /^CMD\s+[^[]/i.test(line.value)) return true;
  return start.commands.some((command: ShellCommand) => ['sh', 'bash', 'ash', 'dash'].includes(command.name.replace(/^.*\//, '')));
}

function shellOf(facts: Facts): string {
  const named = facts.start.commands.find((command) => /(^|\/)bash$/.test(command.name));
  const scripts = facts.start.commands.flatMap((command) => {
    const place = facts.sourceOf(command.name.startsWith('/') ? command.name : `${command.cwd ?? ''}/${command.name}`);
    return place === undefined ? [] : [facts.context.read(place) ?? ''];
  });
  return named || scripts.some((text) => /^#!.*\bbash\b/.test(text)) ? '/bin/bash' : '/bin/sh';
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
