import type { ShellCommand } from '../../types.ts';
import { type ImageFiles, readFiles } from './files.ts';
import type { Place, StartInput } from './started.ts';
import type { Given } from './words.ts';

/** A command that runs when the container starts, and where it stands; without a place it stands in CMD, ENTRYPOINT or HEALTHCHECK. */
export interface Followed {
  command: ShellCommand;
  place?: Place;
}

/** What was found so far on the way from the start command. */
export interface Trail {
  input: StartInput;
  files: ImageFiles;
  commands: Followed[];
  /** Shells that read a text which no command hands to them. */
  shells: { name: string; place?: Place }[];
  /** The first reason why not everything can be followed. */
  open?: string;
  seen: Set<string>;
  /** Somebody may be there to type. */
  attended?: boolean;
}

/** What surrounds a command. */
export interface Scene {
  /** The shell text that it stands in. */
  text: string;
  place?: Place;
  given: Given;
  depth: number;
  /** Another command or a file hands it what it reads. */
  fed: boolean;
  quiet: boolean;
}

/** A trail at its beginning. */
export function newTrail(input: StartInput): Trail {
  return { input, files: readFiles(input), commands: [], shells: [], seen: new Set() };
}

/** Notes why something cannot be followed; the first reason stays. */
export function leaveOpen(trail: Trail, reason: string | undefined, { quiet }: Pick<Scene, 'quiet'>): void {
  if (reason !== undefined && !quiet) trail.open ??= reason;
}

/** Where a command stands, from where its text begins. */
export function placeOf(command: ShellCommand, { place, text }: Scene): Place | undefined {
  if (!place || place.inline) return place;
  return { file: place.file, line: place.line + text.slice(0, command.start).split('\n').length - 1 };
}
