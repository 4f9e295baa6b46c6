import { posix } from 'node:path';
import type { Need } from '../../types.ts';
import type { Facts } from '../language.ts';
import { findExecutions } from './executes.ts';
import type { Globals } from './globals.ts';
import { brings } from './packages.ts';
import type { Sources } from './sources.ts';

/** Programs of Node's own image that every sibling of it has. */
const OWN = new Set(['node', 'nodejs', 'npm', 'npx', 'yarn', 'corepack']);

/** What the sources need of the system: programs they start, certificates they read by name. */
export function sourceNeeds(facts: Facts, { list }: Sources, globals: Globals): Need[] {
  const needs: Need[] = [];
  for (const source of list) {
    for (const { file, line, program } of findExecutions(source)) {
      const evidence = { file, line, note: `${file}:${line} starts ${program ?? 'a program whose name is only known at run time'}` };
      if (program === undefined || program.endsWith('.sh')) needs.push({ kind: 'system', name: 'programs', evidence });
      else if (/^(\/bin\/)?(sh|bash)$/.test(program)) needs.push({ kind: 'shell', name: program.includes('bash') ? '/bin/bash' : '/bin/sh', evidence });
      else if (!OWN.has(program) && !globals.names.has(program) && brings(facts, posix.basename(program))) needs.push({ kind: 'program', name: posix.basename(program), evidence });
    }
    if (/["'`]\/etc\/ssl\/certs/.test(source.text)) needs.push({ kind: 'certificates', name: 'certificates', evidence: { file: source.file, note: 'reads /etc/ssl/certs' } });
  }
  const env = facts.labelled.at(-1)?.state.env ?? {};
  const names = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'].find((name) => env[name]?.startsWith('/etc/ssl')) ?? (/--use-openssl-ca|--use-system-ca/.test(env.NODE_OPTIONS ?? '') ? 'NODE_OPTIONS' : undefined);
  if (names !== undefined) needs.push({ kind: 'certificates', name: 'certificates', evidence: { file: facts.source.path, note: `ENV ${names} names the system's certificates` } });
  return needs;
}
