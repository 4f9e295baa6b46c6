import type { Base } from '../knowledge/bases.ts';
import { providesProgram } from '../knowledge/programs.ts';
import type { Facts } from '../languages/language.ts';
import type { Need } from '../types.ts';
import type { FinalPart, Slice } from './slice.ts';

/** What the instructions and artifacts of the final stage need of its base. */
export function sliceNeeds(facts: Facts, sliced: Slice, base: Base): Need[] {
  const runs = sliced.parts.filter((part) => part.kind !== 'none' && facts.source.instructions[part.index]?.keyword === 'RUN');
  return [...runs.flatMap((part) => runNeeds(part, facts, sliced, base)), ...foreignNeeds(facts, sliced), ...homeNeeds(facts)];
}

/** A user made by a RUN has a home made with it, which a copy of /etc/passwd does not bring. */
function homeNeeds(facts: Facts): Need[] {
  const { user = '', cwd = '/' } = facts.labelled.at(-1)?.state ?? {};
  const made = facts.labelled.some(({ segments }) =>
    segments?.some(({ effects }) => effects.some((effect) => effect.users?.includes(user.split(':')[0] ?? ''))),
  );
  if (!made || !cwd.startsWith('/home/')) return [];
  return [{ kind: 'directories', name: cwd, evidence: { file: facts.source.path, note: `the home of ${user}, who works there` } }];
}

/** A RUN needs a shell, its programs, and its package manager. */
function runNeeds(part: FinalPart, facts: Facts, sliced: Slice, base: Base): Need[] {
  const line = facts.source.instructions[part.index]?.line ?? 1;
  const evidence = { file: facts.source.path, line, note: `line ${line} is carried` };
  const { segments = [], state } = facts.labelled.find((one) => one.index === part.index) ?? {};
  const shell = state?.shell[0] ?? '/bin/sh';
  const names = segments.flatMap(({ segment }) => segment.commands.map((command) => command.name));
  const programs = new Set(names.filter((name) => /^[\w.+-]+$/.test(name) && staysIn(part, name) && (ACCOUNTS.has(name) || providesProgram(facts.base, name))));
  const managers = segments.flatMap(({ effects }) =>
    effects.flatMap((effect) => (effect.action?.endsWith('-install') && effect.packages ? [effect.packages.manager] : [])),
  );
  return [
    ...(base.shells.length === 0 ? [{ kind: 'commands' as const, name: String(line), evidence }] : []),
    ...(shell.startsWith('/') && shell !== '/bin/sh'
      ? [{ kind: 'shell' as const, name: shell, evidence: { ...evidence, note: `SHELL of line ${line}` } }]
      : []),
    ...[...programs].map((name): Need => ({ kind: 'tool', name, evidence })),
    ...(sliced.packages.length > 0 ? managers.map((name): Need => ({ kind: 'package-manager', name, evidence })) : []),
  ];
}

const ACCOUNTS = new Set(['adduser', 'addgroup', 'useradd', 'groupadd', 'usermod']);

function staysIn(part: FinalPart, name: string): boolean {
  return part.kind !== 'split' || new RegExp(`\\b${name.replace(/[^\w-]/g, '.')}\\b`).test(part.text);
}

/** A program that was downloaded or comes from another image runs with the C library it ran with so far. */
function foreignNeeds(facts: Facts, sliced: Slice): Need[] {
  const { libc } = facts.base;
  if (libc === 'none') return [];
  const carried = new Set(sliced.parts.flatMap((part) => (part.kind === 'none' ? [] : [part.index])));
  const copies = facts.labelled.filter(
    ({ index, copy }) => carried.has(index) && copy && (copy.from === 'image' || copy.from === 'url') && mayBeProgram(copy.destination, copy.sources),
  );
  const foreign = [
    ...copies.map(({ index, copy }) => ({ index, path: copy?.destination ?? '' })),
    ...sliced.artifacts
      .filter((artifact) => artifact.foreign && mayBeProgram(artifact.to, []))
      .map((artifact) => ({ index: artifact.after, path: artifact.to })),
  ];
  return foreign.map(({ index, path }) => {
    const line = facts.source.instructions[index]?.line ?? 1;
    return { kind: 'libc', name: libc, evidence: { file: facts.source.path, line, note: `${path} comes from elsewhere and may link to it` } };
  });
}

function mayBeProgram(destination: string, sources: readonly string[]): boolean {
  return [destination, ...sources].every(
    (path) => !/\.(txt|json|ya?ml|toml|conf|cfg|ini|html?|css|pem|crt|key|types|csv|sql|mmdb|dat|db|png|svg|ttf|woff2?)$/.test(path),
  );
}
