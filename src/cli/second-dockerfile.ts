import { readFileSync, statSync } from 'node:fs';
import { type Conversion, convert, type Observation } from '../index.ts';
import { UsageError, type VerifyArguments } from './args.ts';
import { convertInput } from './convert-input.ts';
import type { DockerfileInput } from './input.ts';

/**
 * The text of the second Dockerfile: one that the user names, one that an earlier conversion wrote, or what comes out now, with what
 * was observed.
 */
export function secondDockerfile(
  input: DockerfileInput,
  args: Pick<VerifyArguments, 'after' | 'options' | 'templates'>,
  observation?: Observation,
): string | Conversion {
  const written = input.file === undefined ? undefined : `${input.file}.multistage`;
  const named = args.after ?? (written !== undefined && statSync(written, { throwIfNoEntry: false }) ? written : undefined);
  if (named !== undefined) return readSecond(named);
  const conversion = convert(convertInput(input, args, observation));
  return conversion.dockerfile ?? conversion;
}

function readSecond(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`--after: ${(error as Error).message}`);
  }
}
