import { posix } from 'node:path';
import { describeGoModule, importsNetwork } from '../../knowledge/go-modules.ts';
import { providesProgram } from '../../knowledge/programs.ts';
import type { Evidence, Need } from '../../types.ts';
import type { Facts } from '../language.ts';
import { isThirdParty } from './linkage.ts';
import type { GoModule } from './modules.ts';
import type { GoSource, Mark } from './sources.ts';

/** What the sources and the libraries of a program need of the system: certificates, time zones, places, files. */
export function sourceNeeds(facts: Facts, sources: readonly GoSource[], module: GoModule | undefined): Need[] {
  const needs: Need[] = [];
  const third = sources.flatMap((source) => source.imports.filter((path) => isThirdParty(path, module)).map((path) => ({ file: source.file, path })))[0];
  const hasZones = facts.base.image === 'golang' || facts.base.zones;
  const add = (kind: 'certificates' | 'zones' | 'home' | 'temporary', evidence: Evidence | undefined) => {
    if (evidence && (kind !== 'zones' || hasZones)) needs.push({ kind, name: kind === 'zones' ? zonesOf(facts) : kind, evidence });
  };
  const marked = (mark: Mark, note: string): Evidence | undefined => {
    const source = sources.find((one) => one.marks.has(mark));
    return source && { file: source.file, note };
  };
  const library: Evidence | undefined = third && { file: third.file, note: `imports ${third.path}, which may need it` };
  const known = (need: 'certificates' | 'zones' | 'home' | 'temporary'): Evidence | undefined => {
    const path = module?.requires.find((one) => describeGoModule(one)?.needs?.includes(need));
    return path === undefined ? undefined : { file: 'go.mod', note: `requires ${path}` };
  };
  const zone = facts.labelled.at(-1)?.state.env.TZ;
  add('certificates', marked('network', 'is a client of network services') ?? known('certificates') ?? library);
  add('zones', (zone === undefined ? undefined : { file: facts.source.path, note: `ENV TZ=${zone}` }) ?? marked('zone', 'loads time zones') ?? known('zones') ?? library);
  add('temporary', marked('temporary', 'makes temporary files') ?? known('temporary') ?? library);
  const media = facts.base.image === 'golang' && facts.base.distro === 'debian' ? marked('media', 'serves files, whose types /etc/mime.types tells') : undefined;
  if (media) needs.push({ kind: 'file', name: '/etc/mime.types', evidence: media });
  const early = resolvesByDns(facts) && sources.find((source) => source.imports.some((path) => importsNetwork(path) || isThirdParty(path, module)));
  if (early) needs.push({ kind: 'file', name: '/etc/nsswitch.conf', evidence: { file: early.file, note: 'before Go 1.16 a missing nsswitch.conf puts DNS before /etc/hosts' } });
  add('home', marked('home', 'reads the home directory') ?? known('home') ?? library);
  return needs;
}

/** https://go.dev/doc/go1.16#net: without nsswitch.conf the resolver asked DNS first. */
function resolvesByDns(facts: Facts): boolean {
  const [major, minor] = (facts.base.languageVersion ?? '').split('.').map(Number);
  return facts.base.image === 'golang' && major === 1 && minor !== undefined && minor < 16;
}

/** Go looks for time zones in its own archive too, at the place where the builder had it: https://pkg.go.dev/time#LoadLocation */
function zonesOf(facts: Facts): string {
  return facts.base.image === 'golang' ? '/usr/local/go/lib/time/zoneinfo.zip' : '/usr/share/zoneinfo';
}

/** The programs that the sources and the modules start. */
export function programNeeds(facts: Facts, sources: readonly GoSource[], module: GoModule | undefined): Need[] {
  const own = sources.flatMap((source) => source.executes.flatMap(({ program, line }) => startedNeeds(program, { file: source.file, line, note: `starts ${program ?? 'a program named at run time'}` }, facts, sources)));
  const required = (module?.requires ?? []).flatMap((path) => (describeGoModule(path)?.programs ?? []).map((name): Need => ({ kind: 'program', name, evidence: { file: 'go.mod', note: `requires ${path}, which starts ${name}` } })));
  return [...own, ...required];
}

function startedNeeds(program: string | undefined, evidence: Evidence, facts: Facts, sources: readonly GoSource[]): Need[] {
  if (program === undefined) return [{ kind: 'shell', name: '/bin/sh', evidence }, ...namedPrograms(facts, sources, evidence)];
  if (/^(\/bin\/)?(sh|bash)$/.test(program)) return [{ kind: 'shell', name: program.includes('bash') ? '/bin/bash' : '/bin/sh', evidence }];
  return [{ kind: 'program', name: posix.basename(program), evidence }];
}

/** Where the name of a program is computed, every literal that is a program of the old image may be it. */
function namedPrograms(facts: Facts, sources: readonly GoSource[], evidence: Evidence): Need[] {
  const words = new Set(sources.flatMap((source) => source.literals.map(({ value }) => value)).filter((value) => /^[a-z][\w.+-]*$/.test(value) && value !== 'go'));
  return [...words].filter((name) => providesProgram(facts.base, name)).map((name) => ({ kind: 'program', name, evidence: { ...evidence, note: `${evidence.note}, perhaps ${name}` } }));
}

