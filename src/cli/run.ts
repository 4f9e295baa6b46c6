import { parseArguments, UsageError } from './args.ts';
import { convertCommand } from './convert-command.ts';

/** What a command is given besides its arguments. */
export interface Surroundings {
  env: NodeJS.ProcessEnv;
  stdin(): AsyncIterable<Uint8Array>;
  /** Whether each stream goes to a terminal. */
  terminal: { stdout: boolean; stderr: boolean };
}

export interface CommandResult {
  exitCode: number;
  /** The result and nothing else. */
  stdout: string;
  stderr: string;
}

/** Runs one command line. Prints nothing and ends nothing: that is left to main. */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<CommandResult> {
  try {
    const parsed = await parseArguments(argv);
    if (parsed.kind === 'text') return { exitCode: 0, stdout: `${parsed.text}\n`, stderr: '' };
    return await convertCommand(parsed.arguments, surroundings);
  } catch (error) {
    if (error instanceof UsageError) return { exitCode: 2, stdout: '', stderr: `restage: ${error.message}\n  See restage --help.\n` };
    const trace = error instanceof Error ? error.stack : String(error);
    return { exitCode: 2, stdout: '', stderr: `restage: this is a defect of restage, please report it: ${trace}\n` };
  }
}
