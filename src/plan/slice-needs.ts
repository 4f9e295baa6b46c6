import { labelledAt } from '../effects/labelled.ts';
import type { Base } from '../knowledge/bases.ts';
import { providesProgram } from '../knowledge/programs.ts';
import type { Facts } from '../languages/language.ts';
import type { Need } from '../types.ts';
import { startedBy } from './early-tools.ts';
import { alongOf, bareName, IN_PART, programsOf } from './needs.ts';
import type { FinalPart, Slice } from './slice.ts';
import { LOST } from './supply.ts';

/** What the instructions and artifacts of the final stage need of its base. */
export function sliceNeeds(facts: Facts, sliced: Slice, base: Base): Need[] {
  const runs = sliced.parts.filter((part) => part.kind !== 'none' && facts.source.instructions[part.index]?.keyword === 'RUN');
  return [
    ...runs.flatMap((part) => runNeeds(part, facts, sliced, base)),
    ...foreignNeeds(facts, sliced),
    ...homeNeeds(facts),
    ...lostCertificates(facts, sliced),
  ];
}

/** Packages that apt takes ca-certificates along with, unless it is told not to take what is recommended. */
const RECOMMEND_CERTIFICATES =
  /^(wget|curl|git|git-core|libcurl\d.*|libcurl4-.*-dev|software-properties-common|devscripts|maven|gradle|ant|intltool|lynx|aria2)$/;

/** Certificates that only came along with packages that stay behind. */
function lostCertificates({ labelled, source }: Facts, { packages }: Slice): Need[] {
  const installs = labelled.map(({ index, segments }) => {
    const effects = (segments ?? []).flatMap((segment) => segment.effects);
    const names = effects.flatMap(({ action, packages }) => (action === 'apt-install' ? (packages?.names ?? []) : []));
    return { index, names: names.map(bareName), recommends: !NO_RECOMMENDS.test(source.instructions[index]?.text ?? '') };
  });
  const without = new Set(installs.flatMap(({ names, recommends }) => (recommends ? [] : names)));
  if (packages.map(bareName).some((name) => name === 'ca-certificates' || (RECOMMEND_CERTIFICATES.test(name) && !without.has(name)))) return [];
  const install = installs.find(({ names, recommends }) => recommends && names.some((name) => RECOMMEND_CERTIFICATES.test(name)));
  if (install === undefined) return [];
  const evidence = { file: source.path, line: source.instructions[install.index]?.line ?? 1, note: 'a package that stays behind brought them' };
  return [{ kind: 'certificates', name: LOST, evidence }];
}

const NO_RECOMMENDS = /--no-install-recommends|Install-Recommends[= "]*(0|false|no)/i;

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
  const { segments = [], state } = labelledAt(facts.labelled, part.index) ?? {};
  const shell = state?.shell[0] ?? '/bin/sh';
  const commands = segments.flatMap(({ segment }) => segment.commands.map(({ name }) => name));
  const names = commands.flatMap(startedBy);
  const staying = commands.filter((name) => staysIn(part, name)).flatMap(startedBy);
  const programs = new Set(staying.filter((name) => /^[\w.+-]+$/.test(name) && (ACCOUNTS.has(name) || providesProgram(facts.base, name))));
  const managers = segments.flatMap(({ effects }) =>
    effects.flatMap((effect) => (effect.action?.endsWith('-install') && effect.packages ? [effect.packages.manager] : [])),
  );
  return [
    ...(base.shells.length === 0 ? [{ kind: 'commands' as const, name: String(line), evidence }] : []),
    ...(shell.startsWith('/') && shell !== '/bin/sh'
      ? [{ kind: 'shell' as const, name: shell, evidence: { ...evidence, note: `SHELL of line ${line}` } }]
      : []),
    ...[...programs].map((name): Need => ({ kind: 'tool', name, evidence })),
    ...[...new Set(names)].filter((name) => staysIn(part, name)).flatMap((name) => leftTool(name, evidence, facts, sliced)),
    ...(sliced.packages.length > 0 ? managers.map((name): Need => ({ kind: 'package-manager', name, evidence })) : []),
  ];
}

/** The package of a program that a RUN of the final stage calls, and which only packages that stay behind have brought. */
function leftTool(program: string, evidence: Need['evidence'], facts: Facts, { packages, left }: Slice): Need[] {
  const manager = facts.base.packageManager;
  if (manager === 'none' || (providesProgram(facts.base, program) && !IN_PART.has(program))) return [];
  const brings = (name: string) => alongOf(manager, name, program) ?? (programsOf(manager, [name]).has(program) ? bareName(name) : undefined);
  if (packages.some((name) => brings(name) !== undefined)) return [];
  const found = left.map(brings).find((name) => name !== undefined);
  return found === undefined ? [] : [{ kind: 'packages', name: found, manager, evidence }];
}

const ACCOUNTS = new Set(['adduser', 'addgroup', 'useradd', 'groupadd', 'usermod']);

function staysIn(part: FinalPart, name: string): boolean {
  const escaped = name.replace(/[^\w-]/g, '\\$&');
  return part.kind !== 'split' || new RegExp(`(?<![\\w.+-])${escaped}(?![\\w.+-])`).test(part.text);
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

export function mayBeProgram(destination: string, sources: readonly string[]): boolean {
  return [destination, ...sources].every(
    (path) => !/\.(txt|json|ya?ml|toml|conf|cfg|ini|html?|css|pem|crt|key|types|csv|sql|mmdb|dat|db|png|svg|ttf|woff2?)$/.test(path),
  );
}
