import { posix } from 'node:path';
import { Stop } from '../errors.ts';
import { expand, splitPairs, splitSettings } from '../parse/variables.ts';
import type { BuildContext, CopyEffect, ImageState, LabelledInstruction, LabelledSegment, Role, SourceDockerfile, SourceInstruction } from '../types.ts';
import { labelCopy } from './copy.ts';
import { effect, within } from './effect.ts';
import { mountedSource, mountsOf, withoutMounted } from './mounts.ts';
import type { CommandRules, EffectScope } from './rule.ts';
import { labelRun, plainCommand, roleOf } from './run.ts';

export interface WalkInput {
  source: SourceDockerfile;
  context: BuildContext | undefined;
  buildArgs: Record<string, string>;
  /** What the base image sets. */
  baseEnv: Record<string, string>;
  baseUser: string;
  baseWorkdir: string;
  rules: CommandRules;
}

const PREDEFINED = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'FTP_PROXY',
  'NO_PROXY',
  'ALL_PROXY',
  'TARGETPLATFORM',
  'TARGETOS',
  'TARGETARCH',
  'TARGETVARIANT',
  'TARGETSTAGE',
  'BUILDPLATFORM',
  'BUILDOS',
  'BUILDARCH',
  'BUILDVARIANT',
];

/** Goes through the instructions of a single-stage Dockerfile and says of each in what state it runs and what it does. */
export function walk(input: WalkInput): LabelledInstruction[] {
  const { source } = input;
  const globals: Record<string, string | undefined> = Object.fromEntries(PREDEFINED.map((name) => [name, undefined]));
  let state: ImageState = { env: { ...input.baseEnv }, args: {}, cwd: input.baseWorkdir, user: input.baseUser, shell: ['/bin/sh', '-c'] };
  let started = false;
  const labelled: LabelledInstruction[] = [];
  const sourceOf = (path: string) => findSource(labelled, path, input.context);

  for (const instruction of source.instructions) {
    const before = state;
    if (instruction.keyword === 'FROM') started = true;
    if (instruction.keyword === 'ARG') state = declare(instruction, state, globals, input, started);
    else if (started) state = apply(instruction, state, source.escape);
    labelled.push(label(instruction, ['WORKDIR', 'USER', 'ENV'].includes(instruction.keyword) ? state : before, input, { labelled, sourceOf }));
  }
  return labelled;
}

/**
 * An ARG holds from its line on, one without a value as it does before FROM or not at all:
 * https://docs.docker.com/reference/dockerfile/#scope
 */
function declare(instruction: SourceInstruction, state: ImageState, globals: ImageState['args'], input: WalkInput, started: boolean): ImageState {
  const args = { ...state.args };
  for (const { name, value } of splitPairs(instruction.value, input.source.escape)) {
    const given = input.buildArgs[name] !== undefined;
    if (!given && value === undefined && !Object.hasOwn(globals, name)) continue;
    const fallback = value === undefined ? globals[name] : known(value, { ...state.env, ...args }, input.source.escape);
    const chosen = given ? input.buildArgs[name] : fallback;
    args[name] = chosen;
    if (!started) globals[name] = chosen;
  }
  return { ...state, args };
}

function known(text: string, values: Record<string, string | undefined>, escape: '\\' | '`'): string | undefined {
  const done = expand(text, values, escape);
  return done.unknown.length > 0 ? undefined : done.text;
}

function apply(instruction: SourceInstruction, state: ImageState, escape: '\\' | '`'): ImageState {
  const values = { ...state.env, ...state.args };
  switch (instruction.keyword) {
    case 'FROM':
      return { ...state, args: {} };
    case 'ENV': {
      const env = { ...state.env };
      const args = { ...state.args };
      for (const { name, value } of splitSettings(instruction.value, escape)) {
        env[name] = known(value ?? '', values, escape);
        delete args[name];
      }
      return { ...state, env, args };
    }
    case 'WORKDIR': {
      const word = known(instruction.value, values, escape);
      if (word === undefined) throw unknownDirectory(instruction);
      return { ...state, cwd: posix.resolve(state.cwd, word) };
    }
    case 'USER':
      return { ...state, user: expand(instruction.value, values, escape).text };
    case 'SHELL':
      return { ...state, shell: instruction.exec ?? state.shell };
    default:
      return state;
  }
}

function unknownDirectory(instruction: SourceInstruction): Stop {
  const why = `WORKDIR ${instruction.value} leads to a directory that nobody can know`;
  return new Stop('layout-unknown', { why, advice: 'Give its variables a value: with ARG NAME=value, or with --build-arg.' }, instruction.line);
}

interface Before {
  labelled: readonly LabelledInstruction[];
  sourceOf: EffectScope['sourceOf'];
}

function label(instruction: SourceInstruction, state: ImageState, input: WalkInput, before: Before): LabelledInstruction {
  const { index, keyword } = instruction;
  const told = toldRole(instruction);
  if (keyword === 'RUN') {
    const segments = labelCommands(instruction, state, input, before.sourceOf);
    const role = told ?? roleOf(segments.flatMap((segment) => segment.effects));
    return { index, state, role, why: told ? 'a comment says so' : whyOf(segments), segments };
  }
  if (keyword === 'COPY' || keyword === 'ADD') {
    const copy = labelCopy(instruction, state, input.context, input.source.escape, directoriesBefore(before.labelled));
    return { index, state, role: told ?? 'both', why: told ? 'a comment says so' : `copies from the ${copy.from}`, copy };
  }
  if (keyword === 'ONBUILD')
    throw new Stop(
      'layout-unknown',
      { why: 'ONBUILD makes this an image to build from', advice: 'Leave this Dockerfile as it is: those who build from it need its build tools.' },
      instruction.line,
    );
  return {
    index,
    state,
    role: told ?? (keyword === 'ARG' ? 'both' : 'runtime'),
    why: keyword === 'ARG' ? 'a build argument' : "part of the image's configuration",
  };
}

/** What the commands of a RUN do: build arguments are variables to them, and what they write into mounts is gone afterwards. */
function labelCommands(instruction: SourceInstruction, state: ImageState, input: WalkInput, sourceOf: EffectScope['sourceOf']): LabelledSegment[] {
  const context = input.context ?? EMPTY;
  const mounts = mountsOf(instruction, state, input.source.escape);
  const scope = { user: state.user, context, sourceOf: (path: string) => mountedSource(mounts, path, context) ?? sourceOf(path) };
  if (!instruction.exec && !instruction.shell) return [otherScript(instruction, state)];
  const seen = { ...state, env: { ...state.env, ...state.args } };
  return withoutMounted(labelRun(instruction, seen, scope, input.rules).map(withScripts), mounts);
}

const INTERPRETER = /^(?:.*\/)?(?:python|node|perl|ruby|php|lua|deno|bun)[\d.]*$/;

/** An interpreter that is given its program in a heredoc may do anything. */
function withScripts(part: LabelledSegment): LabelledSegment {
  const command = part.segment.commands.find(({ name, redirects }) => INTERPRETER.test(name) && redirects.some(({ operator }) => operator.startsWith('<<')));
  return command ? { ...part, effects: [...part.effects, effect('unknown', `a script for ${command.name}`, { command })], role: 'unknown' } : part;
}

/** A heredoc that names its own interpreter. */
function otherScript(instruction: SourceInstruction, { cwd, env }: ImageState): LabelledSegment {
  const command = plainCommand(/^#!\s*(.*\S)/.exec(instruction.heredocs[0]?.body ?? '')?.[1] ?? '', [], cwd, env);
  const segment = { start: 0, end: instruction.text.length, commands: [command], cwd };
  return { segment, effects: [effect('unknown', `a script for ${command.name}`, { command })], role: 'unknown' };
}

/** Directories that are there before an instruction, as far as the Dockerfile makes them: COPY puts a file into one of that name. */
function directoriesBefore(labelled: readonly LabelledInstruction[]): (path: string) => boolean {
  return (path) =>
    labelled.some(
      ({ state, copy, segments }) =>
        within(state.cwd, path) ||
        copy?.placed.some((placed) => (placed.kind === 'directory' ? within(placed.path, path) : placed.path !== path && within(placed.path, path))) ||
        segments?.some((segment) => segment.effects.some((one) => one.action === 'make-directory' && one.writes.some((write) => within(write.path, path)))),
    );
}

/** `# restage: build`, `runtime` or `ignore` above an instruction settles its role. */
function toldRole(instruction: SourceInstruction): Role | undefined {
  const [, word] = /^[ \t]*#[ \t]*restage:[ \t]*(build|runtime|ignore)[ \t]*\r?$/m.exec(instruction.leading) ?? [];
  return word === 'ignore' ? 'neutral' : (word as Role | undefined);
}

function whyOf(segments: NonNullable<LabelledInstruction['segments']>): string {
  const reasons = segments.flatMap((segment) => segment.effects.filter((effect) => effect.role !== 'neutral').map((effect) => effect.why));
  return [...new Set(reasons)].join('; ') || 'leaves nothing behind';
}

/** Where a path of the image came from in the context, by the last COPY that put it there; one that may have, where none is seen to. */
export function findSource(labelled: readonly LabelledInstruction[], path: string, context?: BuildContext): string | undefined {
  const found = labelled
    .toReversed()
    .flatMap(({ copy }) => (copy?.from === 'context' ? copy.placed.flatMap((placed) => sourceWithin(placed, path) ?? []) : []));
  return found.find((source) => !context || context.kind(source) !== undefined) ?? found[0];
}

function sourceWithin(placed: CopyEffect['placed'][number], path: string): string | undefined {
  if (placed.path === path) return placed.source;
  if (placed.kind === 'file' || !within(path, placed.path)) return undefined;
  return posix.join(placed.source, posix.relative(placed.path, path));
}

const EMPTY: BuildContext = { files: () => [], kind: () => undefined, read: () => undefined, ignores: () => false };
