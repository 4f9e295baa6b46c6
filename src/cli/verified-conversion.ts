import { type Conversion, convert, type Observation, type TargetBase } from '../index.ts';
import { climb, EngineProblem, type Rung, type Verification } from '../verify/index.ts';
import type { ConvertArguments, EngineArguments } from './args.ts';
import { convertInput } from './convert-input.ts';
import { failure } from './failure.ts';
import type { DockerfileInput } from './input.ts';
import type { Surroundings } from './run.ts';
import { verifyInput } from './verify-input.ts';

/** A conversion, and what building and running it showed. */
export interface VerifiedConversion {
  conversion: Conversion;
  verification?: Verification;
  /** Where the user ended the work. */
  interrupted?: boolean;
}

const RUNGS: readonly TargetBase[] = ['auto', 'scratch', 'distroless', 'alpine', 'slim', 'same'];

/** Converts a Dockerfile to the smallest base on which it was seen to do the same. Without an engine the choice made without one stands. */
export async function verifiedConversion(
  input: DockerfileInput,
  args: ConvertArguments & { verify: EngineArguments },
  observation: Observation | undefined,
  surroundings: Surroundings,
): Promise<VerifiedConversion> {
  const rungs = rungsOf(input, args, observation);
  const [first] = rungs as [Rung];
  if (!rungs.some(({ conversion }) => conversion.dockerfile !== undefined)) return { conversion: first.conversion };
  try {
    const { taken, verification, decisions } = await climb(rungs, verifyInput(input, args, args.verify, surroundings));
    if (taken) return { conversion: withDecisions(taken.conversion, [...decisions, proof(verification)]), verification };
    const code = verification.verdict === 'before-fails' ? 'original-fails' : 'not-proved';
    const why = decisions.map(({ message }) => message).join('; ') || (verification.log?.at(-1) ?? verification.message);
    return { conversion: { ...failure({ code, path: input.path, data: { why } }), context: input.context ?? '', decisions }, verification };
  } catch (error) {
    if (!(error instanceof EngineProblem)) throw error;
    if (error.code === 'interrupted') return { conversion: first.conversion, interrupted: true };
    if (error.code !== 'no-engine') throw error;
    return { conversion: withDecisions(first.conversion, [{ code: 'not-verified', message: `nothing was built and run: ${error.message}` }]) };
  }
}

function rungsOf(input: DockerfileInput, args: ConvertArguments, observation: Observation | undefined): Rung[] {
  const { options } = args;
  const targets = options.targetBase === 'auto' ? RUNGS : [options.targetBase];
  return targets.map((target) => ({
    target: targets.length === 1 ? 'auto' : target,
    conversion: convert(convertInput(input, { ...args, options: { ...options, targetBase: target } }, observation)),
  }));
}

function proof({ verdict, engine, message, checked }: Verification): Conversion['decisions'][number] {
  if (verdict === 'same') return { code: 'verified', message: `built and run with ${engine}: the same (${checked.join('; ')})` };
  return { code: 'not-judged', message: `built with ${engine}; running it shows too little: ${message}` };
}

function withDecisions(conversion: Conversion, added: Conversion['decisions']): Conversion {
  const decisions = [...conversion.decisions, ...added];
  return { ...conversion, decisions, ...(conversion.plan && { plan: { ...conversion.plan, decisions } }) };
}
