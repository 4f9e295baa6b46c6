import { posix } from 'node:path';
import { Stop } from '../errors.ts';
import { expand, splitPairs, splitWords } from '../parse/variables.ts';
import type { BuildContext, CopyEffect, ImageState, LabelledInstruction, Role, SourceDockerfile, SourceInstruction } from '../types.ts';
import { labelCopy } from './copy.ts';
import { within } from './effect.ts';
import type { CommandRules, EffectScope } from './rule.ts';
import { labelRun, roleOf } from './run.ts';

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
    labelled.push(label(instruction, instruction.keyword === 'WORKDIR' || instruction.keyword === 'USER' ? state : before, input, sourceOf));
  }
  return labelled;
}

function declare(instruction: SourceInstruction, state: ImageState, globals: ImageState['args'], input: WalkInput, started: boolean): ImageState {
  const args = { ...state.args };
  for (const { name, value } of splitPairs(instruction.value, input.source.escape)) {
    const fallback = value === undefined ? globals[name] : known(value, { ...args, ...state.env }, input.source.escape);
    const chosen = input.buildArgs[name] ?? fallback;
    if (started) args[name] = chosen;
    else globals[name] = chosen;
    if (!started) args[name] = chosen;
  }
  return { ...state, args };
}

function known(text: string, values: Record<string, string | undefined>, escape: '\\' | '`'): string | undefined {
  const done = expand(text, values, escape);
  return done.unknown.length > 0 ? undefined : done.text;
}

function apply(instruction: SourceInstruction, state: ImageState, escape: '\\' | '`'): ImageState {
  const values = { ...state.args, ...state.env };
  switch (instruction.keyword) {
    case 'FROM':
      return { ...state, args: {} };
    case 'ENV': {
      const env = { ...state.env };
      for (const { name, value } of splitPairs(instruction.value, escape)) env[name] = known(value ?? '', values, escape);
      return { ...state, env };
    }
    case 'WORKDIR': {
      const [word = ''] = [known(splitWords(instruction.value, escape).join(' '), values, escape)];
      return { ...state, cwd: posix.resolve(state.cwd, word) };
    }
    case 'USER':
      return { ...state, user: known(instruction.value, values, escape) ?? '' };
    case 'SHELL':
      return { ...state, shell: instruction.exec ?? state.shell };
    default:
      return state;
  }
}

function label(instruction: SourceInstruction, state: ImageState, input: WalkInput, sourceOf: EffectScope['sourceOf']): LabelledInstruction {
  const { index, keyword } = instruction;
  const told = toldRole(instruction);
  if (keyword === 'RUN') {
    const context = input.context ?? EMPTY;
    const segments = labelRun(instruction, state, { user: state.user, context, sourceOf }, input.rules);
    const role = told ?? roleOf(segments.flatMap((segment) => segment.effects));
    return { index, state, role, why: told ? 'a comment says so' : whyOf(segments), segments };
  }
  if (keyword === 'COPY' || keyword === 'ADD') {
    const copy = labelCopy(instruction, state, input.context, input.source.escape);
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
