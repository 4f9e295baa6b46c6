import { call, demand } from '../engine/call.ts';
import { imageName, type Session, withSession } from '../engine/session.ts';
import { type BakedImage, placesOf } from './bake-metadata.ts';
import type { Verification } from './types.ts';
import { compareWith, makeBefore, type VerifyInput } from './verify.ts';

/** What became of the two targets of a project; undefined where bake does not tell of it. */
export interface BakedPair {
  before?: BakedImage;
  after?: BakedImage;
}

type Early = Pick<Verification, 'verdict' | 'message' | 'help'>;

const PULL_MS = 600_000;

const NOT_BUILT = {
  before: {
    verdict: 'before-fails',
    message: 'the first image was not built',
    help: 'The log of its bake tells why. Where its build was cut off by that of another target, build each target by itself.',
  },
  after: {
    verdict: 'after-fails',
    message: 'the second image was not built, the first was',
    help: 'Keep the first Dockerfile; the log of the bake tells where the second fails.',
  },
} as const satisfies Record<string, Early>;

const NOT_HERE: Early = {
  verdict: 'cannot-judge',
  message: 'both images were built, and are not where this engine finds them',
  help: 'Build them with RESTAGE_OUTPUT=type=docker, or with type=registry, and set RESTAGE_REPOSITORY here as it was set there.',
};

/**
 * Says what bake's own report says of two images, and compares them by running where both were built. Images are told by their
 * digest alone; one that is not here is pulled, and is gone afterwards. Throws EngineProblem.
 */
export async function verifyBaked(input: VerifyInput, pair: BakedPair): Promise<Verification> {
  const { before, after } = pair;
  if (!before) return early(NOT_BUILT.before, input);
  if (!after) return early(NOT_BUILT.after, input);
  const { engine: program, signal } = input;
  return withSession({ program, signal }, async (session) => {
    const { engine } = session;
    const [first, second] = [await find(session, 'before', before, input), await find(session, 'after', after, input)];
    if (first === undefined || second === undefined) return { ...early(NOT_HERE, input), engine: `${engine.name} ${engine.version}` };
    const made = { ...input, before: { ...input.before, image: first }, after: { ...input.after, image: second } };
    return compareWith(session, await makeBefore(session, made), made);
  });
}

function early(told: Early, { path, build: { context } }: VerifyInput): Verification {
  return { schema: 1, path, context, ...told, differences: [], changes: [], checked: [], engine: '' };
}

/** The name by which the engine knows an image; undefined where it has none, and can get none. */
async function find(session: Session, role: string, image: BakedImage, { build: { platform }, tell }: VerifyInput): Promise<string | undefined> {
  const places = placesOf(image);
  for (const name of [...image.ids, ...places]) {
    if ((await call(session, ['image', 'inspect', name])).code === 0) return name;
  }
  for (const place of places) {
    tell?.(`pulling ${place}`);
    const { code } = await call(session, ['pull', ...(platform === undefined ? [] : ['--platform', platform]), place], { timeoutMs: PULL_MS });
    if (code === 0) return handOver(session, role, place);
  }
  return undefined;
}

/** A name of the session is removed with it; what had been here before keeps the names that it had. */
async function handOver(session: Session, role: string, place: string): Promise<string> {
  const image = imageName(session, role);
  await demand(session, ['tag', place, image]);
  await call(session, ['rmi', place]);
  return image;
}
