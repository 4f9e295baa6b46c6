import { statSync } from 'node:fs';
import type { Observation } from '../index.ts';
import { FactsError, observe, readFacts } from '../observe/index.ts';
import { type ConvertArguments, UsageError } from './args.ts';
import type { DockerfileInput } from './input.ts';
import type { Surroundings } from './run.ts';
import { verifyInput } from './verify-input.ts';
import { replaceFile } from './write.ts';

/** What is known of the image beyond the text: from --facts, or by building it, in which case it is written there. */
export async function observationFor(
  input: DockerfileInput,
  args: Pick<ConvertArguments, 'observe' | 'facts' | 'options' | 'quiet'>,
  surroundings: Surroundings,
): Promise<Observation | undefined> {
  const { facts } = args;
  if (!args.observe) return facts === undefined ? undefined : readGiven(facts, input.text);
  const { build, settings, before, engine, signal, tell } = verifyInput(input, args, args.observe, surroundings);
  const observed = await observe({
    build: { ...build, ...before, timeoutSeconds: settings.buildTimeout },
    ...(engine !== undefined && { engine }),
    ...(signal && { signal }),
    ...(tell && { tell }),
  });
  if ('problem' in observed) {
    surroundings.tell(`restage: ${input.path}: nothing could be seen of its image: ${observed.problem}\n`);
    return undefined;
  }
  if (facts !== undefined) write(facts, observed.observation);
  return observed.observation;
}

function readGiven(path: string, text: string): Observation {
  try {
    return readFacts(path, text);
  } catch (error) {
    if (error instanceof FactsError) throw new UsageError(`--facts: ${error.message}`);
    throw error;
  }
}

function write(path: string, observation: Observation): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`--facts: ${path} is a folder`);
  try {
    replaceFile(path, `${JSON.stringify(observation, undefined, 2)}\n`);
  } catch (error) {
    throw new UsageError(`--facts: ${(error as Error).message}`);
  }
}
