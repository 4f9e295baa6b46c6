import { parseArguments } from './args.ts';
import { convertCommand } from './convert-command.ts';

/** What a command is given besides its arguments. */
export interface Surroundings {
  env: NodeJS.ProcessEnv;
  stdin(): AsyncIterable<Uint8Array>;
  /** Whether each stream goes to a terminal. */
  terminal: { stdout: boolean; stderr: boolean };
  /** Shows at once what is being done, on standard error. */
  tell(text: string): void;
  /** Is aborted when the user ends the work; asked for only where there is something to clean up. */
  interruption(): AbortSignal;
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
    if (parsed.kind === 'verify') {
      const { verifyCommand } = await import('./engine-commands.ts');
      return await verifyCommand(parsed.arguments, surroundings);
    }
    return await convertCommand(parsed.arguments, surroundings);
  } catch (error) {
    return { exitCode: 2, stdout: '', stderr: explained(error) };
  }
}

/** By name, for a bundle of its own has classes of its own. */
function explained(error: unknown): string {
  const { name, message, stack, help } = error instanceof Error ? (error as Error & { help?: string }) : { name: '', message: String(error) };
  if (name === 'UsageError') return `restage: ${message}\n  See restage --help.\n`;
  if (name === 'EngineProblem') return `restage: ${message}\n  ${help}\n`;
  return `restage: this is a defect of restage, please report it: ${stack ?? message}\n`;
}
