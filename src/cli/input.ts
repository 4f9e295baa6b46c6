import { readFileSync, type Stats, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ConvertArguments } from './args.ts';

type InputArguments = Pick<ConvertArguments, 'path' | 'file' | 'context'>;

import { type Problem, systemMessage } from './failure.ts';

/** A Dockerfile that was found and read. */
export interface DockerfileInput extends Place {
  text: string;
  /** Absolute; absent for standard input. */
  file?: string;
}

interface Place {
  /** As the user named it. */
  path: string;
  /** Folder of the build context; absent where nobody named one for standard input. */
  context?: string;
}

const SIZE_LIMIT = 1024 * 1024;
/** Docker's own order, then Podman's name. */
const NAMES = ['Dockerfile', 'dockerfile', 'Containerfile'];

/** Finds and reads the Dockerfile that the arguments name. */
export async function readInput(args: InputArguments, stdin: () => AsyncIterable<Uint8Array>): Promise<DockerfileInput | Problem> {
  try {
    const place = locate(args);
    if ('code' in place) return place;
    if (place.context !== undefined && !statOf(place.context)?.isDirectory()) {
      return { code: 'no-such-directory', path: place.path, data: { context: place.context } };
    }
    const bytes = place.path === '-' ? await readStream(stdin()) : readRegular(place.path);
    if ('code' in bytes) return bytes;
    const text = decode(bytes, place.path);
    if (typeof text !== 'string') return text;
    return { text, ...place, ...(place.path !== '-' && { file: resolve(place.path) }) };
  } catch (error) {
    return { code: 'unreadable', path: (error as NodeJS.ErrnoException).path ?? args.path, data: { cause: systemMessage(error) } };
  }
}

/** As `docker build -f FILE PATH` finds them; a FILE that is not here may also stand in PATH. */
function locate({ path, file, context }: InputArguments): Place | Problem {
  if (path === '-') return { path, ...(context !== undefined && { context }) };
  if (file === '-') return { path: file, context: context ?? path };
  if (file !== undefined) return { path: statOf(file) || !statOf(join(path, file)) ? file : join(path, file), context: context ?? path };
  const stats = statOf(path);
  if (!stats) return { code: 'no-such-path', path };
  if (!stats.isDirectory()) return { path, context: context ?? dirname(path) };
  const name = NAMES.find((candidate) => statOf(join(path, candidate))?.isFile());
  return name === undefined ? { code: 'no-dockerfile', path } : { path: join(path, name), context: context ?? path };
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function readRegular(path: string): Uint8Array | Problem {
  const stats = statOf(path);
  if (!stats) return { code: 'no-such-path', path };
  if (stats.isDirectory()) return { code: 'no-dockerfile', path };
  // A pipe or a device may never end.
  if (!stats.isFile()) return { code: 'unreadable', path, data: { cause: 'it is no regular file; standard input is named -' } };
  return stats.size > SIZE_LIMIT ? tooLarge(path) : readFileSync(path);
}

async function readStream(stdin: AsyncIterable<Uint8Array>): Promise<Uint8Array | Problem> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    size += chunk.length;
    if (size > SIZE_LIMIT) return tooLarge('-');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(path: string): Problem {
  return { code: 'file-too-large', path, data: { limit: '1 MiB' } };
}

/** A byte order mark is kept: it is part of the file. */
function decode(bytes: Uint8Array, path: string): string | Problem {
  const zero = bytes.indexOf(0);
  if (zero >= 0) return { code: 'not-text', path, line: lineAt(bytes, zero), data: { cause: 'it holds a zero byte' } };
  try {
    return utf8(bytes);
  } catch {
    return { code: 'not-text', path, line: firstBadLine(bytes), data: { cause: 'it is not UTF-8' } };
  }
}

function utf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

function lineAt(bytes: Uint8Array, offset: number): number {
  return bytes.subarray(0, offset).filter((byte) => byte === 10).length + 1;
}

/** No byte of a character of several bytes is a line feed, so lines can be looked at one by one. */
function firstBadLine(bytes: Uint8Array): number {
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(10, start);
    try {
      utf8(bytes.subarray(start, end < 0 ? undefined : end));
    } catch {
      return lineAt(bytes, start);
    }
    if (end < 0) return lineAt(bytes, start);
    start = end + 1;
  }
}
