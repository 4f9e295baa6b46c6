import { type ConvertInput, type Observation, openContext } from '../index.ts';
import type { ConvertArguments } from './args.ts';
import type { DockerfileInput } from './input.ts';

/** What the library is given for a Dockerfile that was read. */
export function convertInput(
  { text, path, file, context }: DockerfileInput,
  { options, templates }: Pick<ConvertArguments, 'options' | 'templates'>,
  observation: Observation | undefined,
): ConvertInput {
  return {
    ...{ text, path, options },
    ...(context !== undefined && { context: openContext(context, file), contextPath: context }),
    ...(templates !== undefined && { templates }),
    ...(observation && { observation }),
  };
}
