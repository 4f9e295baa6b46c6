import { type Conversion, convert } from '../index.ts';
import type { ConvertArguments } from './args.ts';
import { colorsFor } from './color.ts';
import { convertInput } from './convert-input.ts';
import { exitCodeOf, INTERRUPTED } from './exit-codes.ts';
import { failure } from './failure.ts';
import { type DockerfileInput, readInput } from './input.ts';
import { reportExplanation } from './report/explain.ts';
import { reportJson } from './report/json.ts';
import { reportDiff, reportText } from './report/text.ts';
import type { CommandResult, Surroundings } from './run.ts';
import type { VerifiedConversion } from './verified-conversion.ts';
import { writeDockerfile } from './write.ts';

/** `restage convert`: reads one Dockerfile, converts it, writes and reports what came out. */
export async function convertCommand(args: ConvertArguments, surroundings: Surroundings): Promise<CommandResult> {
  const { env, stdin, terminal } = surroundings;
  const input = await readInput(args, stdin);
  const { conversion: converted, ...proof } = 'code' in input ? { conversion: failure(input) } : await convertRead(input, args, surroundings);
  if (proof.interrupted) return { exitCode: INTERRUPTED, stdout: '', stderr: 'restage: interrupted\n' };
  const { conversion, written } = 'code' in input ? { conversion: converted } : write(converted, input, args);

  const result = colorsFor(args.color, env, terminal.stdout);
  const report = colorsFor(args.color, env, terminal.stderr);
  const exitCode = args.mode === 'check' && conversion.outcome === 'converted' ? 1 : exitCodeOf(conversion.outcome);
  const told = args.quiet && exitCode < 2 ? '' : reportText(conversion, written, report);
  return {
    exitCode,
    stdout: args.json ? reportJson(conversion, args.explain, proof.verification) : reportDiff(conversion, result),
    stderr: `${args.explain ? reportExplanation(conversion, report) : ''}${told}`,
  };
}

async function convertRead(input: DockerfileInput, args: ConvertArguments, surroundings: Surroundings): Promise<VerifiedConversion> {
  const { verify, observe, facts } = args;
  const engine = verify || observe || facts !== undefined ? await import('./engine-commands.ts') : undefined;
  const observation = await engine?.observationFor(input, args, surroundings);
  if (verify && engine) return engine.verifiedConversion(input, { ...args, verify }, observation, surroundings);
  return { conversion: convert(convertInput(input, args, observation)) };
}

function write(conversion: Conversion, { path, file, context }: DockerfileInput, { mode }: ConvertArguments): { conversion: Conversion; written?: string } {
  const { dockerfile } = conversion;
  if (dockerfile === undefined || file === undefined || mode === 'check' || mode === 'dry-run') return { conversion };
  const outcome = writeDockerfile(dockerfile, { path, file, ...(context !== undefined && { context }) }, mode);
  return 'code' in outcome ? { conversion: failure(outcome) } : { conversion, written: outcome.written };
}
