import { type Conversion, convert, openContext } from '../index.ts';
import type { ConvertArguments } from './args.ts';
import { colorsFor } from './color.ts';
import { failure } from './failure.ts';
import { type DockerfileInput, readInput } from './input.ts';
import { reportExplanation } from './report/explain.ts';
import { reportJson } from './report/json.ts';
import { reportDiff, reportText } from './report/text.ts';
import type { CommandResult, Surroundings } from './run.ts';
import { writeDockerfile } from './write.ts';

/** `restage convert`: reads one Dockerfile, converts it, writes and reports what came out. */
export async function convertCommand(args: ConvertArguments, { env, stdin, terminal }: Surroundings): Promise<CommandResult> {
  const input = await readInput(args, stdin);
  const converted = 'code' in input ? failure(input) : convertInput(input, args);
  const { conversion, written } = 'code' in input ? { conversion: converted } : write(converted, input, args);

  const result = colorsFor(args.color, env, terminal.stdout);
  const report = colorsFor(args.color, env, terminal.stderr);
  const told = args.quiet && exitCode(conversion, args) < 2 ? '' : reportText(conversion, written, report);
  return {
    exitCode: exitCode(conversion, args),
    stdout: args.json ? reportJson(conversion, args.explain) : reportDiff(conversion, result),
    stderr: `${args.explain ? reportExplanation(conversion, report) : ''}${told}`,
  };
}

function convertInput({ text, path, file, context }: DockerfileInput, { options, templates }: ConvertArguments): Conversion {
  return convert({
    ...{ text, path, options },
    ...(context !== undefined && { context: openContext(context, file), contextPath: context }),
    ...(templates !== undefined && { templates }),
  });
}

function write(conversion: Conversion, { path, file, context }: DockerfileInput, { mode }: ConvertArguments): { conversion: Conversion; written?: string } {
  const { dockerfile } = conversion;
  if (dockerfile === undefined || file === undefined || mode === 'check' || mode === 'dry-run') return { conversion };
  const outcome = writeDockerfile(dockerfile, { path, file, ...(context !== undefined && { context }) }, mode);
  return 'code' in outcome ? { conversion: failure(outcome) } : { conversion, written: outcome.written };
}

function exitCode({ outcome }: Conversion, { mode }: ConvertArguments): number {
  switch (outcome) {
    case 'converted':
      return mode === 'check' ? 1 : 0;
    case 'unchanged':
      return 0;
    case 'failed':
      return 2;
    case 'refused':
      return 3;
  }
}
