import type { Conversion } from '../index.ts';
import { EngineProblem, type Verification, verify } from '../verify/index.ts';
import type { VerifyArguments } from './args.ts';
import { bakeCommand } from './bake-command.ts';
import { bakeResultsCommand } from './bake-results-command.ts';
import { colorsFor } from './color.ts';
import { exitCodeOf, INTERRUPTED } from './exit-codes.ts';
import { failure } from './failure.ts';
import { type DockerfileInput, readInput } from './input.ts';
import { notJudged } from './not-judged.ts';
import { observationFor } from './observation.ts';
import { reportJson } from './report/json.ts';
import { reportText } from './report/text.ts';
import { reportVerification } from './report/verification.ts';
import type { CommandResult, Surroundings } from './run.ts';
import { secondDockerfile } from './second-dockerfile.ts';
import { verifyInput } from './verify-input.ts';

/** `restage verify`: builds and runs a Dockerfile and its conversion, and says whether the second does what the first does. */
export async function verifyCommand(args: VerifyArguments, surroundings: Surroundings): Promise<CommandResult> {
  const { bake } = args;
  if (bake) return bake.results.length > 0 ? bakeResultsCommand({ ...args, bake }, surroundings) : bakeCommand({ ...args, bake }, surroundings);
  const input = await readInput(args, surroundings.stdin);
  if ('code' in input) return notConverted(failure(input), args, surroundings);
  const after = secondDockerfile(input, args, await observationFor(input, args, surroundings));
  if (typeof after !== 'string') return notConverted(after, args, surroundings);
  return report(await judge(input, after, args, surroundings), args, surroundings);
}

interface Judged {
  found: Verification;
  exitCode: number;
}

async function judge(input: DockerfileInput, after: string, args: VerifyArguments, surroundings: Surroundings): Promise<Judged> {
  const given = verifyInput(input, args, args.verify, surroundings);
  const { ignore } = given;
  try {
    const found = await verify({ ...given, after: { text: after, ...(ignore !== undefined && { ignore }) }, keep: args.keep, packages: args.packages });
    return { found, exitCode: EXIT_CODES[found.verdict] };
  } catch (error) {
    if (!(error instanceof EngineProblem)) throw error;
    return { found: notJudged({ path: input.path, context: given.build.context }, error), exitCode: error.code === 'interrupted' ? INTERRUPTED : 2 };
  }
}

const EXIT_CODES: Record<Verification['verdict'], number> = { same: 0, differs: 1, 'after-fails': 1, 'before-fails': 2, 'cannot-judge': 3 };

function report({ found, exitCode }: Judged, args: VerifyArguments, { env, terminal }: Surroundings): CommandResult {
  const text = args.quiet && exitCode === 0 ? '' : reportVerification(found, colorsFor(args.color, env, terminal.stderr));
  return { exitCode, stdout: args.json ? `${JSON.stringify(found, undefined, 2)}\n` : '', stderr: text };
}

function notConverted(conversion: Conversion, args: VerifyArguments, { env, terminal }: Surroundings): CommandResult {
  const exitCode = exitCodeOf(conversion.outcome);
  const text = args.quiet && exitCode < 2 ? '' : reportText(conversion, undefined, colorsFor(args.color, env, terminal.stderr));
  return { exitCode, stdout: args.json ? reportJson(conversion, false) : '', stderr: text };
}
