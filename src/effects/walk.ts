import { posix } from 'node:path';
import { Stop } from '../errors.ts';
import { expand, splitPairs, splitSettings } from '../parse/variables.ts';
import type { BuildContext, ImageState, LabelledInstruction, LabelledSegment, Role, SourceDockerfile, SourceInstruction } from '../types.ts';
import { labelCopy } from './copy.ts';
import { effect } from './effect.ts';
import { mountedSource, mountsOf, withoutMounted } from './mounts.ts';
import { upwards } from './path-index.ts';
import type { CommandRules, EffectScope } from './rule.ts';
import { labelRun, plainCommand, roleOf } from './run.ts';
import { addCopied, type Copied, findSource } from './sources.ts';
import { valuesNamed } from './values.ts';

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
  const copied: Copied = new Map();
  const directories = new Set<string>();
  const seen = { sourceOf: (path: string) => findSource(copied, path, input.context), isDirectory: (path: string) => directories.has(path) };

  return source.instructions.map((instruction, at) => {
    const before = state;
    if (instruction.keyword === 'FROM') started = true;
    const settable = source.instructions[at - 1]?.keyword === instruction.keyword ? state : withOwn(instruction.keyword, state);
    if (instruction.keyword === 'ARG') state = declare(instruction, settable, globals, input, started);
    else if (started) state = apply(instruction, settable, source.escape);
    const labelled = label(instruction, ['WORKDIR', 'USER', 'ENV'].includes(instruction.keyword) ? state : before, input, seen);
    addCopied(copied, labelled);
    addDirectories(directories, labelled);
    return labelled;
  });
}

/** A state whose variables can be set. ARGs, and ENVs, in a row share what holds after the last of them: nothing runs in between. */
function withOwn(keyword: string, state: ImageState): ImageState {
  if (keyword === 'ARG') return { ...state, args: { ...state.args } };
  return keyword === 'ENV' ? { ...state, env: { ...state.env } } : state;
}

/**
 * An ARG holds from its line on, one without a value as it does before FROM or not at all:
 * https://docs.docker.com/reference/dockerfile/#scope
 */
function declare(instruction: SourceInstruction, state: ImageState, globals: ImageState['args'], input: WalkInput, started: boolean): ImageState {
  for (const { name, value } of splitPairs(instruction.value, input.source.escape)) {
    const given = input.buildArgs[name] !== undefined;
    if (!given && value === undefined && !Object.hasOwn(globals, name)) continue;
    const fallback = value === undefined ? globals[name] : known(value, state, input.source.escape);
    const chosen = given ? input.buildArgs[name] : fallback;
    state.args[name] = chosen;
    if (!started) globals[name] = chosen;
  }
  return state;
}

function known(text: string, state: ImageState, escape: '\\' | '`'): string | undefined {
  const done = expand(text, valuesNamed(text, state), escape);
  return done.unknown.length > 0 ? undefined : done.text;
}

function apply(instruction: SourceInstruction, state: ImageState, escape: '\\' | '`'): ImageState {
  switch (instruction.keyword) {
    case 'FROM':
      return { ...state, args: {} };
    case 'ENV': {
      const settings = splitSettings(instruction.value, escape).map(({ name, value }) => ({ name, value: known(value ?? '', state, escape) }));
      for (const { name, value } of settings) state.env[name] = value;
      return settings.some(({ name }) => Object.hasOwn(state.args, name)) ? { ...state, args: without(state.args, settings) } : state;
    }
    case 'WORKDIR': {
      const word = known(instruction.value, state, escape);
      if (word === undefined) throw unknownDirectory(instruction);
      return { ...state, cwd: posix.resolve(state.cwd, word) };
    }
    case 'USER':
      return { ...state, user: expand(instruction.value, valuesNamed(instruction.value, state), escape).text };
    case 'SHELL':
      return { ...state, shell: instruction.exec ?? state.shell };
    default:
      return state;
  }
}

/** An ENV hides the ARG of its name. */
function without(args: ImageState['args'], hidden: readonly { name: string }[]): ImageState['args'] {
  return Object.fromEntries(Object.entries(args).filter(([name]) => !hidden.some((one) => one.name === name)));
}

function unknownDirectory(instruction: SourceInstruction): Stop {
  const why = `WORKDIR ${instruction.value} leads to a directory that nobody can know`;
  return new Stop('layout-unknown', { why, advice: 'Give its variables a value: with ARG NAME=value, or with --build-arg.' }, instruction.line);
}

/** What the instructions before one tell. */
interface Before {
  sourceOf: EffectScope['sourceOf'];
  /** Directories that are there. */
  isDirectory: (path: string) => boolean;
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
    const copy = labelCopy(instruction, state, input.context, input.source.escape, before.isDirectory);
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
  return withoutMounted(labelRun(instruction, state, scope, input.rules).map(withScripts), mounts);
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

/** Takes in the directories that an instruction leaves behind, as far as the Dockerfile says: COPY puts a file into one of that name. */
function addDirectories(directories: Set<string>, { state, copy, segments }: LabelledInstruction): void {
  addDirectory(directories, state.cwd);
  for (const { path, kind } of copy?.placed ?? []) addDirectory(directories, kind === 'directory' ? path : posix.dirname(path));
  for (const { effects } of segments ?? []) {
    for (const { action, writes } of effects) if (action === 'make-directory') for (const { path } of writes) addDirectory(directories, path);
  }
}

/** Where a directory is there, those above it are as well. */
function addDirectory(directories: Set<string>, path: string): void {
  if (!directories.has(path)) for (const one of upwards(path)) directories.add(one);
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

const EMPTY: BuildContext = { files: () => [], kind: () => undefined, read: () => undefined, ignores: () => false };
