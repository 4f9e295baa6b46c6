import { type Session, withSession } from '../engine/session.ts';
import { compareRuns } from './behaviour.ts';
import { type Comparison, newComparison } from './comparison.ts';
import { examine } from './examine.ts';
import { healthPaths } from './health.ts';
import { whyNotJudged } from './judge.ts';
import { type BuildSettings, type Made, makeSubject, type Source } from './make.ts';
import { packageReport } from './packages.ts';
import { pathsFor } from './paths.ts';
import { runImage, type Seen } from './run.ts';
import { sizeReport } from './sizes.ts';
import type { Subject } from './subject.ts';
import type { ImageSummary, RunSettings, Verification } from './types.ts';

export interface VerifyInput {
  /** As the user named the Dockerfile; for messages. */
  path: string;
  before: Source;
  after: Source;
  build: BuildSettings;
  settings: RunSettings;
  /** Name or path of the engine's client; the first that answers where there is none. */
  engine?: string;
  keep?: boolean;
  /** Have the packages of both images listed, where a scanner is installed. */
  packages?: boolean;
  /** Kinds of differences that the user asked for: `user` of --harden nonroot. */
  expected?: readonly string[];
  signal?: AbortSignal;
  /** Hears what is being done. */
  tell?: (text: string) => void;
}

/**
 * Builds two Dockerfiles over one context, runs both images and says whether the second does what the first does. Throws
 * EngineProblem where there is no engine, or it fails.
 */
export async function verify(input: VerifyInput): Promise<Verification> {
  const { engine: program, signal, keep } = input;
  return withSession({ program, signal, ...(keep && { keep: ['before', 'after'] }) }, async (session) => {
    const before = await makeBefore(session, input);
    return compareWith(session, before, input);
  });
}

/** The first image, built and read; it serves any number of comparisons. */
export async function makeBefore(session: Session, { before, build, settings, tell }: VerifyInput): Promise<Made> {
  tell?.(`${before.image === undefined ? 'building' : 'reading'} the first image`);
  return makeSubject(session, 'before', before, build, settings);
}

/** Compares one second image with the first. `brief`: does not run what the files show to be broken. */
export async function compareWith(session: Session, before: Made, input: VerifyInput, { role = 'after', brief = false } = {}): Promise<Verification> {
  const { tell, settings, build } = input;
  const heading = { schema: 1 as const, path: input.path, context: build.context, engine: `${session.engine.name} ${session.engine.version}` };
  const empty = { differences: [], changes: [], checked: [] };
  if ('failed' in before) return { ...heading, ...empty, ...FAILED.before, log: before.failed.log };
  if ('noBase' in before) return { ...heading, ...empty, ...FAILED.base, log: before.noBase.log };
  tell?.(`${input.after.image === undefined ? 'building' : 'reading'} the second image`);
  const after = await makeSubject(session, role, input.after, build, settings);
  const first = summary(before.subject, input);
  if ('failed' in after) return { ...heading, ...empty, ...FAILED.after, log: after.failed.log, before: first };
  if ('noBase' in after) return { ...heading, ...empty, ...FAILED.base, log: after.noBase.log, before: first };

  const found = newComparison();
  tell?.('looking into both images');
  const gone = examine(before.subject, after.subject, found);
  const isDone = brief && isDifferent(found, input);
  const seen = isDone ? undefined : await compareByRunning(session, before.subject, after.subject, input, pathsFor(gone, before.subject), found);
  const packages = input.packages && !isDone ? await packageReport(session, before.subject.name, after.subject.name) : undefined;
  if (input.packages && !packages) found.change('packages were not listed: syft is not installed, or does not answer');
  const summaries = { before: { ...first, ...(seen && { state: seen.state }) }, after: summary(after.subject, input) };
  return {
    ...heading,
    ...judged(found, seen, input, before.subject),
    ...summaries,
    sizes: sizeReport(before.subject, after.subject),
    ...(packages && { packages }),
  };
}

const FAILED = {
  before: {
    verdict: 'before-fails',
    message: 'the first Dockerfile does not build here',
    help: 'Make it build, with --build-arg, --secret or --platform where it needs them, then try again.',
  },
  after: { verdict: 'after-fails', message: 'the second Dockerfile does not build', help: 'Keep the first one; the log tells where the second fails.' },
  base: {
    verdict: 'cannot-judge',
    message: 'the base image of an image that was built elsewhere cannot be had here',
    help: 'Log in to its registry, or give --bake the same --build-arg as the build.',
  },
} as const;

async function compareByRunning(session: Session, before: Subject, after: Subject, input: VerifyInput, paths: string[], found: Comparison): Promise<Seen> {
  const { settings, tell } = input;
  const helper = before.name;
  const all = [...healthPaths(before.config), ...paths];
  const run = (subject: Subject, role: string, like?: Seen) =>
    runImage(session, { image: subject.name, config: subject.config, role, settings, paths: all, helper, ...(like && { like }) });
  tell?.('running the first image');
  const first = await run(before, 'run-1');
  tell?.('running the second image');
  const other = await run(after, 'run-2', first);
  tell?.('running the first image again');
  // What is idle once is idle for ever, and says nothing new the second time.
  const again = await run(before, 'run-3', first);
  compareRuns({ first, again, other }, found);
  return first;
}

function isDifferent({ differences }: Comparison, { expected = [] }: VerifyInput): boolean {
  return differences.some(({ what }) => !expected.includes(what));
}

function judged(
  found: Comparison,
  seen: Seen | undefined,
  input: VerifyInput,
  { config }: Subject,
): Pick<Verification, 'verdict' | 'message' | 'help' | 'differences' | 'changes' | 'checked'> {
  const { expected = [], settings } = input;
  const asked = found.differences.filter(({ what }) => expected.includes(what)).map(({ message }) => `${message} (as asked)`);
  const differences = found.differences.filter(({ what }) => !expected.includes(what));
  const lists = { differences, changes: [...asked, ...found.changes], checked: found.checked };
  if (differences.length > 0) {
    return {
      ...lists,
      verdict: 'differs',
      message: differences[0]?.message ?? '',
      help: 'Keep the first Dockerfile, or bring what is missing into the final stage of the second.',
    };
  }
  const unsure = seen && whyNotJudged(seen, settings, Object.keys(config.ExposedPorts ?? {}));
  return unsure ? { ...lists, verdict: 'cannot-judge', ...unsure } : { ...lists, verdict: 'same', message: 'both images do the same', help: '' };
}

function summary({ layers, name, buildSeconds }: Subject, { keep }: VerifyInput): ImageSummary {
  const size = layers.reduce((sum, { bytes }) => sum + bytes, 0);
  return { size, layers: layers.length, buildSeconds, ...(keep && { image: name }) };
}
