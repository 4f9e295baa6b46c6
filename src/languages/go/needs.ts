import { posix } from 'node:path';
import { within } from '../../effects/effect.ts';
import { describeGoModule, importsNetwork } from '../../knowledge/go-modules.ts';
import { providesProgram } from '../../knowledge/programs.ts';
import { parseShell } from '../../parse/shell.ts';
import type { Evidence, Need } from '../../types.ts';
import type { Facts } from '../language.ts';
import { SHELL, type Started } from './executes.ts';
import { isThirdParty } from './linkage.ts';
import type { GoModule } from './modules.ts';
import type { GoSource, Mark } from './sources.ts';
import { toolchainNeeds, withoutGo } from './toolchain.ts';

/** What the sources and the libraries of a program need of the system: certificates, time zones, places, files. */
export function sourceNeeds(facts: Facts, sources: readonly GoSource[], module: GoModule | undefined, trimmed: boolean): Need[] {
  const needs: Need[] = [];
  const third = sources.flatMap((source) => source.imports.filter((path) => isThirdParty(path, module)).map((path) => ({ file: source.file, path })))[0];
  // -trimpath takes away the place that Go looks for its own zones in: https://pkg.go.dev/runtime#GOROOT
  const ownZones = facts.base.image === 'golang' && !trimmed;
  const hasZones = ownZones || facts.base.zones;
  const add = (kind: 'certificates' | 'zones' | 'home' | 'temporary', evidence: Evidence | undefined) => {
    if (evidence && (kind !== 'zones' || hasZones))
      needs.push({ kind, name: kind === 'zones' ? (ownZones ? GO_ZONES : '/usr/share/zoneinfo') : kind, evidence });
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
  add(
    'zones',
    (zone === undefined ? undefined : { file: facts.source.path, note: `ENV TZ=${zone}` }) ??
      marked('zone', 'tells times, and the zone may be set from outside') ??
      known('zones') ??
      library,
  );
  add('temporary', marked('temporary', 'makes temporary files') ?? known('temporary') ?? library);
  const media =
    facts.base.image === 'golang' && facts.base.distro === 'debian' ? marked('media', 'serves files, whose types /etc/mime.types tells') : undefined;
  if (media) needs.push({ kind: 'file', name: '/etc/mime.types', evidence: media });
  const early = resolvesByDns(facts) && sources.find((source) => source.imports.some((path) => importsNetwork(path) || isThirdParty(path, module)));
  if (early)
    needs.push({
      kind: 'file',
      name: '/etc/nsswitch.conf',
      evidence: { file: early.file, note: 'before Go 1.16 a missing nsswitch.conf puts DNS before /etc/hosts' },
    });
  const home = marked('home', 'reads the home directory');
  add('home', home ?? known('home') ?? library);
  if (home) needs.push({ kind: 'directories', name: 'home directory', evidence: home });
  return [...needs, ...placeNeeds(facts, sources)];
}

/** Absolute paths of the system that the sources name: scratch has none of its directories. */
function placeNeeds(facts: Facts, sources: readonly GoSource[]): Need[] {
  return sources.flatMap((source) =>
    source.literals.flatMap(({ value, line }): Need[] => {
      const evidence = { file: source.file, line, note: `names ${value.slice(0, 60)}` };
      if (/^\/tmp(\/|$)/.test(value)) return [{ kind: 'temporary', name: 'temporary', evidence }];
      if (/^\/etc\/ssl(\/|$)/.test(value)) return [{ kind: 'certificates', name: 'certificates', evidence }];
      if (isBrought(value, facts)) return [];
      return OF_SYSTEM.test(value) ? [{ kind: 'directories', name: 'system directories', evidence }] : [];
    }),
  );
}

/** A path, or a directory that paths are put together from: `filepath.Join("/etc", name)`. */
const OF_SYSTEM = /^\/((var|run|etc|usr|root|home|proc\/self\/exe)\/[\w.%-]+|(var|etc|usr)\/?$)/;

/** Whether an instruction of the Dockerfile puts something at that path. */
function isBrought(path: string, facts: Facts): boolean {
  return facts.labelled.some(({ copy, segments }) => {
    const written = (segments ?? []).flatMap(({ effects }) => effects.flatMap((effect) => effect.writes.map((write) => write.path)));
    return [...(copy ? [copy.destination] : []), ...written].some((place) => place !== '/' && within(path, place));
  });
}

/** https://go.dev/doc/go1.16#net: without nsswitch.conf the resolver asked DNS first. */
function resolvesByDns(facts: Facts): boolean {
  const [major, minor] = (facts.base.languageVersion ?? '').split('.').map(Number);
  return facts.base.image === 'golang' && major === 1 && minor !== undefined && minor < 16;
}

/** Go looks for time zones in its own archive too, at the place where the builder had it: https://pkg.go.dev/time#LoadLocation */
const GO_ZONES = '/usr/local/go/lib/time/zoneinfo.zip';

/** The programs that the sources and the modules start; `linked` are the sources that the built programs hold. */
export function programNeeds(facts: Facts, sources: readonly GoSource[], module: GoModule | undefined, linked: readonly GoSource[]): Need[] {
  const own = sources.flatMap((source) =>
    source.executes.flatMap((started) => [...startedNeeds(started, source.file, facts, sources), ...openNeeds(started, source.file, facts)]),
  );
  const required = (module?.requires ?? []).flatMap((path) =>
    (describeGoModule(path)?.programs ?? []).map(
      (name): Need => ({ kind: 'program', name, evidence: { file: 'go.mod', note: `requires ${path}, which starts ${name}` } }),
    ),
  );
  const imported = linked.flatMap(({ file, imports }) =>
    imports.flatMap((path) =>
      (describeGoModule(path)?.programs ?? []).map(
        (name): Need => ({ kind: 'program', name, evidence: { file, note: `imports ${path}, which starts ${name}` } }),
      ),
    ),
  );
  return [...own, ...required, ...imported, ...toolchainNeeds(linked)].map((need) => withoutGo(need, facts));
}

/** A word that may be the name of a program which a source starts. */
export interface StartedWord {
  value: string;
  /** It stands where the program's name does; else it is one of the literals of a source that computes the name. */
  sure: boolean;
  evidence: Evidence;
}

/** What the sources start, by name or path. */
export function startedWords(facts: Facts, sources: readonly GoSource[]): StartedWord[] {
  return sources.flatMap(({ file, executes }) =>
    executes.flatMap(({ program, args, line }): StartedWord[] => {
      const isShell = program !== undefined && SHELL.test(program);
      const text = isShell ? shellText(args, facts) : undefined;
      const names = isShell
        ? text && parseShell(text, undefined, {}).segments.flatMap(({ commands }) => commands.map(({ name }) => name))
        : program && [program];
      const word = (sure: boolean) => (value: string) => ({ value, sure, evidence: { file, line, note: `starts ${value}` } });
      return names ? names.map(word(true)) : literalWords(facts, sources).map(word(false));
    }),
  );
}

function literalWords(facts: Facts, sources: readonly GoSource[]): string[] {
  const given = Object.values(facts.labelled.at(-1)?.state.env ?? {}).filter((value) => value !== undefined);
  const words = [...given, ...sources.flatMap(({ literals }) => literals.flatMap(({ value }) => value.split(/\s+/)))];
  return [...new Set(words)].filter((value) => /^[\w./+-]+$/.test(value));
}

/** Whether a program is started whose name or script only the running program knows. */
export function startsComputed(sources: readonly GoSource[]): boolean {
  return sources.some((source) => source.executes.some(({ program, args }) => program === undefined || (SHELL.test(program) && args === undefined)));
}

/** What comes from outside may name any program that the old image has; that of Alpine has Go, and no more than Alpine itself. */
function openNeeds({ open, variables, line }: Started, file: string, facts: Facts): Need[] {
  const env = facts.labelled.at(-1)?.state.env ?? {};
  if (facts.base.distro === 'alpine') return [];
  if (!open && variables.every((name) => env[name] !== undefined)) return [];
  return [
    { kind: 'system', name: 'programs', evidence: { file, line, note: `${file}:${line} starts a program that only the running program knows the name of` } },
  ];
}

function startedNeeds({ program, args, line }: Started, file: string, facts: Facts, sources: readonly GoSource[]): Need[] {
  const evidence: Evidence = { file, line, note: `starts ${program ?? 'a program named at run time'}` };
  if (program === undefined) return [{ kind: 'shell', name: '/bin/sh', evidence }, ...namedPrograms(facts, sources, evidence)];
  if (!SHELL.test(program)) return [{ kind: 'program', name: posix.basename(program), evidence }];
  const shell: Need = { kind: 'shell', name: program.includes('bash') ? '/bin/bash' : '/bin/sh', evidence };
  const text = shellText(args, facts);
  if (text === undefined) return [shell, ...namedPrograms(facts, sources, evidence)];
  const names = parseShell(text, undefined, {}).segments.flatMap((segment) => segment.commands.map((command) => command.name));
  return [
    shell,
    ...[...new Set(names)]
      .filter((name) => /^[\w.+-]+$/.test(name))
      .map((name): Need => ({ kind: 'program', name, evidence: { ...evidence, note: `${evidence.note}, which runs ${name}` } })),
  ];
}

/** What a shell is given: the text after -c, or a script of the context. */
function shellText(args: readonly string[] | undefined, facts: Facts): string | undefined {
  const at = args?.findIndex((word) => /^-\w*c$/.test(word)) ?? -1;
  if (at >= 0) return args?.[at + 1];
  const script = args?.find((word) => !word.startsWith('-'));
  const source = script === undefined ? undefined : facts.sourceOf(posix.resolve(facts.labelled.at(-1)?.state.cwd ?? '/', script));
  return source === undefined ? undefined : facts.context.read(source);
}

/** Where the name of a program is computed, every literal that is a program of the old image may be it. */
function namedPrograms(facts: Facts, sources: readonly GoSource[], evidence: Evidence): Need[] {
  const given = Object.values(facts.labelled.at(-1)?.state.env ?? {}).filter((value) => value !== undefined);
  const words = new Set(
    [...given.flatMap(commandWords), ...sources.flatMap((source) => source.literals.map(({ value }) => value))].filter(
      (value) => /^[a-z][\w.+-]*$/.test(value) && value !== 'go',
    ),
  );
  return [...words]
    .filter((name) => providesProgram(facts.base, name))
    .map((name) => ({ kind: 'program', name, evidence: { ...evidence, note: `${evidence.note}, perhaps ${name}` } }));
}

/** A variable may hold a whole command line: `git fetch; make`. */
function commandWords(value: string): string[] {
  return [value, ...value.split(/[;|&\n]+/).flatMap((part) => part.trim().split(/\s/)[0] ?? [])];
}
