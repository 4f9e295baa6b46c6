import { basename, dirname, join, relative } from 'node:path';
import { cwd } from 'node:process';
import type { Conversion } from '../index.ts';
import { type BakeProject, bakeFile, bakeNames, targetName } from '../verify/index.ts';
import type { BakeArguments, VerifyArguments } from './args.ts';
import { colorsFor } from './color.ts';
import { failure } from './failure.ts';
import { type DockerfileInput, readInput } from './input.ts';
import { observationFor } from './observation.ts';
import { reportBake } from './report/bake.ts';
import type { CommandResult, Surroundings } from './run.ts';
import { secondDockerfile } from './second-dockerfile.ts';
import { expectedOf, ignoreFile, settingsOf } from './verify-input.ts';
import { writeText } from './write.ts';

type Arguments = VerifyArguments & { bake: BakeArguments };

/** A Dockerfile of which there is a second one. */
interface Pair extends DockerfileInput {
  file: string;
  context: string;
  after: string;
}

/** `restage verify --bake FILE`: converts any number of Dockerfiles and writes a file by which bake builds them, before and after. */
export async function bakeCommand(args: Arguments, surroundings: Surroundings): Promise<CommandResult> {
  const found: (Pair | Conversion)[] = [];
  for (const path of args.bake.paths) found.push(await pairOf({ ...args, path }, surroundings));
  const pairs = found.filter((item) => 'after' in item);
  const left = found.filter((item) => 'outcome' in item);
  const projects = projectsOf(pairs, args);
  const problem = projects.length === 0 ? undefined : write(projects, pairs, args.bake.file);

  const { env, terminal } = surroundings;
  const told = problem ? [...left, failure(problem)] : left;
  const names = problem ? [] : projects.flatMap((project) => [targetName(project, 'before'), targetName(project, 'after')]);
  const object = { schema: 1, file: args.bake.file, projects: projects.map(({ name, path, context }) => ({ name, path, context })), left: told };
  return {
    exitCode: told.some(({ outcome }) => outcome === 'failed') ? 2 : projects.length > 0 ? 0 : 3,
    stdout: args.json ? `${JSON.stringify(object, undefined, 2)}\n` : names.map((name) => `${name}\n`).join(''),
    stderr: reportBake({ file: args.bake.file, projects: problem ? 0 : projects.length, left: told }, args.quiet, colorsFor(args.color, env, terminal.stderr)),
  };
}

async function pairOf(args: Arguments, surroundings: Surroundings): Promise<Pair | Conversion> {
  const input = await readInput(args, surroundings.stdin);
  if ('code' in input) return failure(input);
  const { file, context } = input;
  // Standard input alone has neither, and is not taken here.
  if (file === undefined || context === undefined) throw new Error(`${input.path} has no context`);
  const after = secondDockerfile(input, args, await observationFor(input, args, surroundings));
  return typeof after === 'string' ? { ...input, file, context, after } : after;
}

function projectsOf(pairs: readonly Pair[], args: Arguments): BakeProject[] {
  const names = bakeNames(pairs.map(({ file }) => nameable(file)));
  const { options } = args;
  return pairs.map(({ path, file, context, after }, index) => {
    const name = names[index] ?? '';
    return {
      ...{ name, path, context: placeOf(context), before: relative(context, file), expected: expectedOf(options) },
      after: ignoreFile(file).ignore === undefined ? { text: after } : { file: relative(context, besideFile(args.bake.file, name)) },
      buildArgs: { ...settingsOf(args.verify.given, file).buildArgs, ...options.buildArgs },
      ...(options.platform !== undefined && { platform: options.platform }),
      ...{ secrets: args.verify.secrets, ssh: args.verify.ssh },
    };
  });
}

/** What tells a Dockerfile from the others: its path from here, which is nothing for one that stands here. */
function nameable(file: string): string {
  const path = relative(cwd(), file);
  return dirname(path) === '.' ? join(basename(cwd()), path) : path;
}

/** As bake resolves it, from the folder it is run in. What it would take for a repository on the network is named from the root. */
function placeOf(context: string): string {
  const path = relative(cwd(), context) || '.';
  return /^(github\.com\/|git@)/.test(path) ? join(cwd(), path) : path;
}

/** An inline Dockerfile has no ignore file of its own, so one that needs it is a file: https://docs.docker.com/build/bake/reference/#targetdockerfile-inline */
function besideFile(bake: string, name: string): string {
  return join(bake.replace(/\.json$/, '.dockerfiles'), `${name}.Dockerfile`);
}

function write(projects: readonly BakeProject[], pairs: readonly Pair[], bake: string): ReturnType<typeof writeText> {
  for (const [index, { name, after }] of projects.entries()) {
    const pair = pairs[index];
    if (!pair || 'text' in after) continue;
    const file = besideFile(bake, name);
    const problem = writeText(file, pair.after) ?? writeText(`${file}.dockerignore`, ignoreFile(pair.file).ignore ?? '');
    if (problem) return problem;
  }
  return writeText(bake, bakeFile(projects));
}
