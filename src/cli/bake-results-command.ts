import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  type BakedImage,
  type BakedPair,
  BakeError,
  type BakeProject,
  EngineProblem,
  readBakeFile,
  readMetadata,
  targetName,
  type Verification,
  type VerifyInput,
  verifyBaked,
} from '../verify/index.ts';
import { type BakeArguments, UsageError, type VerifyArguments } from './args.ts';
import { colorsFor } from './color.ts';
import { INTERRUPTED } from './exit-codes.ts';
import { systemMessage } from './failure.ts';
import { notJudged } from './not-judged.ts';
import { reportVerifications } from './report/verification.ts';
import type { CommandResult, Surroundings } from './run.ts';
import { settingsOf } from './verify-input.ts';

type Arguments = VerifyArguments & { bake: BakeArguments };

/** `restage verify --bake FILE --bake-results METADATA`: says of each project what bake made of it, and compares what it built. */
export async function bakeResultsCommand(args: Arguments, { env, terminal, tell, interruption }: Surroundings): Promise<CommandResult> {
  const projects = understood(args.bake.file, readBakeFile);
  const images = new Map(args.bake.results.flatMap(filesOf).flatMap((file) => [...understood(file, readMetadata)]));
  const repository = env.RESTAGE_REPOSITORY;
  const signal = interruption();
  const results: Verification[] = [];
  for (const project of projects) {
    if (signal.aborted) break;
    const say = (line: string) => args.quiet || tell(`restage: ${project.path}: ${line}\n`);
    const found = await judge(project, { ...inputOf(project, args), signal, tell: say }, pairOf(project, images, repository));
    if (!signal.aborted) results.push(found);
  }
  const colors = colorsFor(args.color, env, terminal.stderr);
  const told = args.quiet ? results.filter(({ verdict }) => verdict !== 'same') : results;
  return {
    exitCode: signal.aborted ? INTERRUPTED : worstOf(results),
    stdout: args.json ? `${JSON.stringify({ schema: 1, results }, undefined, 2)}\n` : '',
    stderr: `${reportVerifications(told, args.quiet ? [] : results, colors)}${signal.aborted ? 'restage: interrupted\n' : ''}`,
  };
}

function understood<T>(file: string, read: (text: string) => T): T {
  try {
    return read(readFileSync(file, 'utf8'));
  } catch (error) {
    const cause = error instanceof BakeError ? error.message : systemMessage(error);
    throw new UsageError(`${file}: ${cause}`);
  }
}

function filesOf(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => join(path, name));
}

function inputOf({ path, context, before, after, buildArgs, platform, expected }: BakeProject, args: Arguments): VerifyInput {
  const file = join(context, before);
  return {
    ...{ path, expected, settings: settingsOf(args.verify.given, file) },
    before: { text: understood(file, String) },
    after: { text: 'text' in after ? after.text : understood(join(context, after.file), String) },
    // Only base images are built here, and these take neither secrets nor keys.
    build: { context, buildArgs, ...(platform !== undefined && { platform }), secrets: [], ssh: [] },
    ...(args.verify.engine !== undefined && { engine: args.verify.engine }),
  };
}

/** Older builders do not tell what they pushed an image as. */
function pairOf(project: BakeProject, images: ReadonlyMap<string, BakedImage>, repository: string | undefined): BakedPair {
  const imageOf = (role: 'before' | 'after') => {
    const image = images.get(targetName(project, role));
    return image && repository ? { ...image, names: [...image.names, `${repository}/${project.name}`] } : image;
  };
  const [before, after] = [imageOf('before'), imageOf('after')];
  return { ...(before && { before }), ...(after && { after }) };
}

async function judge(project: BakeProject, input: VerifyInput, pair: BakedPair): Promise<Verification> {
  try {
    return await verifyBaked(input, pair);
  } catch (error) {
    if (!(error instanceof EngineProblem)) throw error;
    return notJudged(project, error);
  }
}

/** The worst that was found: a difference, then what could not be judged. */
function worstOf(results: readonly Verification[]): number {
  const verdicts = new Set(results.map(({ verdict }) => verdict));
  if (verdicts.has('differs') || verdicts.has('after-fails')) return 1;
  return verdicts.has('before-fails') || verdicts.has('cannot-judge') ? 3 : 0;
}
