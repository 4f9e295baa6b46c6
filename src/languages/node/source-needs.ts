import { posix } from 'node:path';
import type { Need } from '../../types.ts';
import type { Facts } from '../language.ts';
import type { Execution } from './executes.ts';
import { foreignNeed, isOwnScript } from './foreign.ts';
import type { Globals } from './globals.ts';
import { brings } from './packages.ts';
import { programTable } from './program-table.ts';
import type { Sources } from './sources.ts';

/** Programs of Node's own image that every sibling of it has. */
const OWN = new Set(['node', 'nodejs', 'npm', 'npx', 'yarn', 'corepack']);

/** What the sources need of the system: programs they start, certificates they read by name. */
export function sourceNeeds(facts: Facts, sources: Sources, executions: readonly Execution[], globals: Globals): Need[] {
  const readers = sources.list.filter(({ text }) => /["'`]\/etc\/ssl\/certs/.test(text));
  const certificates = readers.map(({ file }): Need => ({ kind: 'certificates', name: 'certificates', evidence: { file, note: 'reads /etc/ssl/certs' } }));
  return [
    ...globals.needs,
    ...executions.flatMap((one) => executionNeed(one, facts, globals) ?? []),
    ...startNeeds(facts, globals),
    ...certificates,
    ...settingNeeds(facts),
    ...gapNeeds(facts, sources),
  ];
}

function executionNeed({ file, line, program }: Execution, facts: Facts, globals: Globals): Need | undefined {
  const evidence = { file, line, note: `${file}:${line} starts ${program ?? 'a program whose name is only known at run time'}` };
  // What a script of its own starts is not read.
  if (
    program === undefined ||
    program.endsWith('.sh') ||
    (/^\.{0,2}\//.test(program) && !/^\/(usr\/)?(local\/)?s?bin\//.test(program) && !/\.[cm]?js$|node_modules\//.test(program))
  )
    return { kind: 'system', name: 'programs', evidence };
  const name = posix.basename(program);
  if (['sh', 'bash'].includes(name)) return { kind: 'shell', name: `/bin/${name}`, evidence };
  if (OWN.has(program) || globals.names.has(program)) return undefined;
  if (isOwnScript(facts, program)) return { kind: 'system', name: 'programs', evidence };
  const had = brings(facts, name);
  return foreignNeed(facts, program, had, evidence) ?? (had ? { kind: 'program', name, evidence } : undefined);
}

/** Programs that the start command runs and that come ready made from elsewhere. */
function startNeeds(facts: Facts, globals: Globals): Need[] {
  const { bins } = programTable();
  const names = facts.start.commands.map(({ name }) => name).filter((name) => /^[\w./+-]+$/.test(name) && !isOwnScript(facts, name));
  return [...new Set(names)]
    .filter((name) => !OWN.has(posix.basename(name)) && !globals.names.has(name) && bins[name] === undefined)
    .flatMap(
      (name) => foreignNeed(facts, name, brings(facts, posix.basename(name)), { file: facts.source.path, note: `the start command runs ${name}` }) ?? [],
    );
}

/** Settings that make Node read the certificates of the system: https://nodejs.org/api/cli.html#node_extra_ca_certsfile */
function settingNeeds(facts: Facts): Need[] {
  const env = facts.labelled.at(-1)?.state.env ?? {};
  const name =
    ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'].find((one) => env[one]?.startsWith('/etc/ssl')) ??
    (/--use-(openssl|system)-ca/.test(env.NODE_OPTIONS ?? '') ? 'NODE_OPTIONS' : undefined);
  return name === undefined
    ? []
    : [{ kind: 'certificates', name: 'certificates', evidence: { file: facts.source.path, note: `ENV ${name} names the system's certificates` } }];
}

/** Sources that nobody can read may start any program; those of known packages are described elsewhere. */
function gapNeeds(facts: Facts, { gap }: Sources): Need[] {
  const { bins } = programTable();
  const started = facts.start.commands.map((command) => posix.basename(command.name)).filter((name) => !['npx', 'npm', 'yarn', 'pnpm', 'exec'].includes(name));
  const known = started.length > 0 && started.every((name) => bins[name] !== undefined);
  return gap === undefined || known
    ? []
    : [{ kind: 'system', name: 'programs', evidence: { file: facts.source.path, note: `${gap}, so that nobody knows which programs it starts` } }];
}
