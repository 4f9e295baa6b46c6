import type { Facts } from '../../languages/language.ts';
import type { ShellCommand, ShellWord } from '../../types.ts';

/** What of a Dockerfile is read to follow its start. */
export type StartInput = Pick<Facts, 'source' | 'labelled' | 'context' | 'sourceOf' | 'base'>;

/** Where a command stands: a file of the context or the Dockerfile. */
export interface Place {
  file: string;
  line: number;
  /** All of the text stands on that line. */
  inline?: boolean;
}

/** Shell text that a command runs. */
export interface Part {
  text: string;
  cwd: string | undefined;
  env: ShellCommand['env'];
  /** `$1`, `$2` … */
  words: readonly ShellWord[];
  place?: Place;
  /** What cannot be followed in it does not count: a script that is known to hand over. */
  quiet?: boolean;
  /** The shell that reads it, where no command names it. */
  shell?: string;
}

/** What one command starts in its turn, and why that may not be all. */
export interface Started {
  parts: Part[];
  commands?: ShellCommand[];
  open?: string;
}

/** Nothing more is started. */
export const NOTHING: Started = { parts: [] };
