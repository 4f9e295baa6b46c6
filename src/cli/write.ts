import { lstatSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, relative, sep } from 'node:path';
import { type Problem, systemMessage } from './failure.ts';

export interface Target {
  /** The Dockerfile that was read, absolute. */
  file: string;
  /** As the user named it. */
  path: string;
  /** Folder that a link may point into, besides the Dockerfile's own. */
  context?: string;
}

/** Replaces the Dockerfile, or writes beside it; gives the path that was written, as the user would name it. */
export function writeDockerfile(text: string, target: Target, mode: 'beside' | 'write'): { written: string } | Problem {
  const ending = mode === 'beside' ? '.multistage' : '';
  const written = `${target.path}${ending}`;
  try {
    const place = resolveLink(`${target.file}${ending}`, target);
    if (typeof place !== 'string') return { code: 'unwritable', path: written, data: { cause: place.cause } };
    replaceFile(place, text, mode === 'beside' ? { mode: statSync(target.file).mode & 0o777 } : {});
    return { written };
  } catch (error) {
    return { code: 'unwritable', path: written, data: { cause: systemMessage(error) } };
  }
}

/** Writes a file that the user named, and the folder that it is in; undefined where it stands there now. */
export function writeText(path: string, text: string): Problem | undefined {
  try {
    mkdirSync(dirname(path), { recursive: true });
    replaceFile(path, text);
    return undefined;
  } catch (error) {
    return { code: 'unwritable', path, data: { cause: systemMessage(error) } };
  }
}

/** A new file is renamed into place: whoever looks, at any time, sees the old one or the new one. Mode and owner stay. */
export function replaceFile(path: string, text: string, options: { mode?: number } = {}): void {
  // Loaded only where something is written.
  const writeFileAtomic = createRequire(import.meta.url)('write-file-atomic') as typeof import('write-file-atomic');
  writeFileAtomic.sync(path, text, options);
}

/** A link is followed only within the Dockerfile's folder and the build context: what lies elsewhere is not this project's. */
function resolveLink(file: string, { file: dockerfile, context }: Target): string | { cause: string } {
  if (!lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) return file;
  const real = realpathSync(file);
  const roots = [dirname(dockerfile), ...(context === undefined ? [] : [context])].map((root) => realpathSync(root));
  if (roots.some((root) => !relative(root, real).split(sep).includes('..'))) return real;
  return { cause: `it is a link to ${real}, which is outside of the build context` };
}
