import { posix } from 'node:path';
import { allEffects, isShared, within } from '../../effects/effect.ts';
import { defaultPath } from '../../knowledge/base.ts';
import { programsOfPackage, providesProgram } from '../../knowledge/programs.ts';
import { interpreterOf } from '../../parse/interpreter.ts';
import { parseShell } from '../../parse/shell.ts';
import type { Evidence, Need, PathWrite } from '../../types.ts';
import type { AddedStep, Facts, LanguagePlan } from '../language.ts';
import { type StartedWord, startedWords } from './needs.ts';
import type { GoSource } from './sources.ts';

/** Programs that other instructions bring and the Go program starts. */
export interface OwnTools {
  outputs: string[];
  generated: LanguagePlan['generated'];
  /** Files of the context, by the source index of the COPY that brings them. */
  copied: { index: number; source: string }[];
  needs: Need[];
  finalSteps: AddedStep[];
}

/** What of the tools that other commands make or bring comes along: those that the sources start, with what they need themselves. */
export function ownTools(facts: Facts, sources: readonly GoSource[]): OwnTools {
  const found: OwnTools = { outputs: [], generated: [], copied: [], needs: [], finalSteps: [] };
  const made = madeByOthers(facts);
  const directories = new Set<string>();
  for (const word of startedWords(facts, sources)) {
    const places = placesOf(word.value, facts);
    const files = made.filter(({ write }) => write.kind === 'file' && places.includes(write.path));
    const copied = copiedTo(places, facts);
    const paths = files.filter(({ tool }) => !tool).map(({ write }) => write.path);
    found.outputs.push(...paths);
    found.copied.push(...copied);
    found.needs.push(
      ...(paths.length > 0 ? libraryNeed(facts, word.evidence) : []),
      ...copied.flatMap(({ source }) => contentNeeds(facts.context.read(source), word, facts)),
    );
    for (const path of word.value.includes('/') ? [] : [...files.map(({ write }) => write.path), ...copied.map(({ path }) => path)])
      directories.add(posix.dirname(path));
    if (files.length === 0 && word.sure && !isExplained(word.value, facts)) takeTree(word, places, made, facts, found);
  }
  return { ...found, finalSteps: pathStep([...directories], facts) };
}

/** A directory of the old base's PATH that no other image looks in. */
function pathStep(directories: readonly string[], { base }: Facts): AddedStep[] {
  const missing = directories.filter((directory) => base.env.PATH?.split(':').includes(directory) && !defaultPath.split(':').includes(directory));
  if (missing.length === 0) return [];
  const data = { name: 'PATH', value: [...missing, defaultPath].join(':') };
  return [{ after: -1, instruction: { kind: 'added', template: 'env', data, why: 'programs that it starts are there' } }];
}

/** The files of the context that a COPY puts at one of the places. */
function copiedTo(places: readonly string[], { labelled, context }: Facts): { index: number; source: string; path: string }[] {
  return labelled.flatMap(({ index, copy }) =>
    (copy?.from === 'context' ? copy.placed : []).flatMap((placed) =>
      places.flatMap((path) => {
        if (placed.kind === 'file' ? placed.path !== path : !within(path, placed.path)) return [];
        const source = posix.join(placed.source, posix.relative(placed.path, path)).replace(/\/$/, '');
        return context.kind(source) === 'file' ? [{ index, source, path }] : [];
      }),
    ),
  );
}

/** What a copied program needs: the interpreter of its first line and what a shell script runs, or the C library. */
function contentNeeds(text: string | undefined, { value, evidence }: StartedWord, facts: Facts): Need[] {
  const interpreter = interpreterOf(text ?? '');
  if (text === undefined || text.includes('\0') || text.startsWith('\u007fELF')) return libraryNeed(facts, { ...evidence, note: `starts ${value}` });
  if (interpreter === undefined) return [{ kind: 'shell', name: '/bin/sh', evidence }];
  if (!/^(sh|bash|ash|dash)$/.test(interpreter))
    return [{ kind: 'program', name: interpreter, evidence: { ...evidence, note: `${value} runs ${interpreter}` } }];
  const names = parseShell(text, undefined, {}).segments.flatMap(({ commands }) => commands.map(({ name }) => name));
  return [
    { kind: 'shell', name: interpreter === 'bash' ? '/bin/bash' : '/bin/sh', evidence },
    ...[...new Set(names)]
      .filter((name) => providesProgram(facts.base, name) || isInstalled(name, facts))
      .map((name): Need => ({ kind: 'program', name, evidence: { ...evidence, note: `${value} runs ${name}` } })),
  ];
}

interface Made {
  /** `go install` of another module. */
  tool: boolean;
  index: number;
  write: PathWrite;
}

/** Builds of the Go program are outputs already; tools of Go are judged by how Go links them. */
function madeByOthers({ labelled }: Facts): Made[] {
  return labelled.flatMap(({ index, segments }) =>
    (segments ?? []).flatMap(({ effects }) =>
      effects
        .filter(({ role, action }) => role === 'build' && (action === 'go-install-tool' || !action?.startsWith('go-')))
        .flatMap(({ action, writes }) =>
          writes.flatMap((write) => (write.disposable || write.edited || write.path === '/' ? [] : [{ tool: action === 'go-install-tool', index, write }])),
        ),
    ),
  );
}

/** The absolute paths that a program's name may stand for. */
function placesOf(name: string, { labelled }: Facts): string[] {
  const state = labelled.at(-1)?.state;
  if (name.includes('/')) return [posix.resolve(state?.cwd ?? '/', name)];
  return (state?.env.PATH ?? '').split(':').map((directory) => posix.join(directory, name));
}

function libraryNeed({ base }: Facts, evidence: Evidence): Need[] {
  return base.libc === 'none' ? [] : [{ kind: 'libc', name: base.libc, evidence: { ...evidence, note: `${evidence.note}, which the builder makes` } }];
}

/** The base, a package, the context or a Go build has the program. */
function isExplained(name: string, facts: Facts): boolean {
  const places = placesOf(name, facts);
  return (
    providesProgram(facts.base, name) ||
    isInstalled(posix.basename(name), facts) ||
    copiedTo(places, facts).length > 0 ||
    allEffects(facts.labelled).some(({ writes }) => writes.some((write) => write.kind === 'file' && places.includes(write.path)))
  );
}

function isInstalled(name: string, { labelled }: Facts): boolean {
  return allEffects(labelled).some(({ packages }) => packages?.names.some((one) => one === name || programsOfPackage(packages.manager, one).includes(name)));
}

/** Of a directory that a build fills nobody sees the programs: it comes along, unless it is one of the system. */
function takeTree({ value, evidence }: StartedWord, places: readonly string[], made: readonly Made[], facts: Facts, found: OwnTools): void {
  const [one] = made.flatMap(({ index, write }) =>
    places.flatMap((path) => (write.kind === 'tree' && within(path, write.path) ? [{ path, index, tree: write.path }] : [])),
  );
  if (!one) return;
  found.needs.push(...libraryNeed(facts, evidence));
  if (value.includes('/')) found.generated.push({ path: one.path, after: one.index });
  else if (isShared(one.tree) || /\/(dist|site)-packages$/.test(one.tree))
    found.needs.push({ kind: 'system', name: value, evidence: { ...evidence, note: `it has no ${value}, which the builder puts somewhere in ${one.tree}` } });
  else found.outputs.push(one.tree);
}
