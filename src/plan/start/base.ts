import { posix } from 'node:path';
import { fileAt, readFiles } from './files.ts';
import type { StartInput } from './started.ts';

/** What the base image brings to the start. */
export interface BaseStart {
  entrypoint: string[];
  cmd: string[];
  /** Its ENTRYPOINT is a script that prepares and then runs its arguments. */
  handsOver: boolean;
  /** The words that its ENTRYPOINT runs, given these. */
  handed(words: readonly string[]): string[];
  /** Why it is not known what it starts. */
  open?: string;
}

const HANDING_OVER = /^(docker-entrypoint(\.sh)?|docker-php-entrypoint|nvidia_entrypoint\.sh|__cacert_entrypoint\.sh|mvn-entrypoint\.sh|ros_entrypoint\.sh)$/;

/** ENTRYPOINT and CMD of the base image, as far as the Dockerfile leaves them: its ENTRYPOINT resets both. */
export function baseStart(input: StartInput, hasEntrypoint: boolean, hasCmd: boolean): BaseStart {
  const { base } = input;
  const plain = (words: readonly string[]) => [...words];
  if (hasEntrypoint) return { entrypoint: [], cmd: [], handsOver: false, handed: plain };
  if (base.image === '') {
    return { entrypoint: [], cmd: [], handsOver: false, handed: plain, ...(!hasCmd && { open: 'the base image decides what starts' }) };
  }
  const [name] = base.entrypoint;
  const replaced = name !== undefined && isBrought(name, input);
  if (name === undefined || replaced || !HANDING_OVER.test(posix.basename(name))) {
    return { entrypoint: base.entrypoint, cmd: base.cmd, handsOver: false, handed: plain };
  }
  return { entrypoint: [], cmd: base.cmd, handsOver: true, handed: (words) => withProgram(words, base) };
}

function isBrought(name: string, input: StartInput): boolean {
  const path = name.startsWith('/') ? [name] : (input.base.env.PATH ?? '').split(':').map((directory) => posix.join(directory, name));
  const files = readFiles(input);
  return path.some((one) => fileAt(files, one) !== undefined);
}

/** The scripts of official images put the image's own program before options, that of Node also before a source. */
function withProgram(words: readonly string[], { image, cmd }: StartInput['base']): string[] {
  const [first] = words;
  const [program] = image === 'node' ? ['node'] : cmd;
  if (first === undefined || program === undefined) return [...words];
  return first.startsWith('-') || (image === 'node' && /\.[cm]?js$/.test(first)) ? [program, ...words] : [...words];
}
