import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { Stop } from './errors.ts';
import type { BuildContext } from './types.ts';

export const FILE_LIMIT = 100_000;
const READ_LIMIT = 1024 * 1024;

/**
 * The build context in a directory, as Docker would send it. `dockerfile` (an absolute path) names the ignore file of its
 * own, which goes before the root's: https://docs.docker.com/build/concepts/context/#dockerignore-files
 * Above `limit` files it is not one that anybody meant.
 */
export function openContext(root: string, dockerfile?: string, limit = FILE_LIMIT): BuildContext {
  const real = realRoot(root);
  const ignores = ignoreRules([...(dockerfile ? [`${dockerfile}.dockerignore`] : []), join(real, '.dockerignore')]);
  const disk = openDirectory(real);
  const texts = new Map<string, string | undefined>();
  let listed: readonly string[] | undefined | null = null;

  const kind: BuildContext['kind'] = (path) => {
    const clean = normalise(path);
    if (clean === undefined) return undefined;
    return ignores.hides(clean) ? undefined : disk.kind(clean);
  };
  const read: BuildContext['read'] = (path) => {
    const clean = normalise(path);
    if (clean === undefined || kind(clean) === undefined) return undefined;
    if (!texts.has(clean)) texts.set(clean, textOnDisk(join(real, clean), real));
    return texts.get(clean);
  };
  const files: BuildContext['files'] = () => {
    if (listed === null) listed = walk(disk, ignores, limit);
    return listed;
  };
  return { files, kind, read, ignores: (path) => ignores.hides(path) };
}

/** A build context held in memory: path → text. For tests and for callers without a disk. */
export function memoryContext(content: Record<string, string>): BuildContext {
  const ignores = ignoreMatcher(content['.dockerignore']);
  const paths = Object.keys(content)
    .filter((path) => !ignores.hides(path))
    .sort();
  const directories = new Set(paths.flatMap((path) => ancestors(path)));
  const kind: BuildContext['kind'] = (path) => {
    const clean = normalise(path);
    if (clean === undefined) return undefined;
    if (clean === '' || directories.has(clean)) return 'directory';
    return Object.hasOwn(content, clean) && !ignores.hides(clean) ? 'file' : undefined;
  };
  return {
    files: () => paths,
    kind,
    read: (path) => (kind(path) === 'file' ? content[normalise(path) ?? ''] : undefined),
    ignores: (path) => ignores.hides(path),
  };
}

interface Ignore {
  hides(path: string): boolean;
  /** False where a `!` rule could bring back something below an ignored directory. */
  prunes: boolean;
}

function ignoreRules(candidates: string[]): Ignore {
  for (const path of candidates) {
    try {
      return ignoreMatcher(readFileSync(path, 'utf8'));
    } catch {}
  }
  return ignoreMatcher(undefined);
}

function ignoreMatcher(rules: string | undefined): Ignore {
  if (rules === undefined || rules.trim() === '') return { hides: () => false, prunes: false };
  // Loaded only where there are rules: most contexts have none.
  const load = createRequire(import.meta.url)('@balena/dockerignore') as typeof import('@balena/dockerignore');
  const matcher = load.default({ ignorecase: false }).add(rules.replace(/^\uFEFF/, ''));
  return { hides: (path) => path !== '' && matcher.ignores(path), prunes: !/^\s*!/m.test(rules) };
}

function realRoot(root: string): string {
  try {
    const real = realpathSync.native(root);
    if (statSync(real).isDirectory()) return real;
  } catch {}
  throw new Stop('no-such-directory', { context: root });
}

type Kind = 'file' | 'directory' | 'link';

interface Directory {
  entries(path: string): ReadonlyMap<string, Kind>;
  kind(path: string): Kind | undefined;
}

/** The files below a root, each directory listed once and only when asked for. */
function openDirectory(root: string): Directory {
  const listings = new Map<string, ReadonlyMap<string, Kind>>();
  const entries = (path: string): ReadonlyMap<string, Kind> => {
    let listing = listings.get(path);
    if (!listing) {
      listing = list(join(root, path));
      listings.set(path, listing);
    }
    return listing;
  };
  const kind = (path: string): Kind | undefined => {
    if (path === '') return 'directory';
    const at = path.lastIndexOf('/');
    const parent = at < 0 ? '' : path.slice(0, at);
    const above = kind(parent);
    if (above === 'directory') return entries(parent).get(path.slice(at + 1));
    return above === 'link' ? kindBehindLink(join(root, path), root) : undefined;
  };
  return { entries, kind };
}

function list(directory: string): ReadonlyMap<string, Kind> {
  try {
    return new Map(
      readdirSync(directory, { withFileTypes: true }).map((entry) => [
        entry.name,
        entry.isSymbolicLink() ? 'link' : entry.isDirectory() ? 'directory' : 'file',
      ]),
    );
  } catch {
    return new Map();
  }
}

/** Docker resolves the links on the way to a source within the root; what leaves it is not there. */
function kindBehindLink(path: string, root: string): Kind | undefined {
  try {
    const real = realpathSync.native(path);
    if (real !== root && !real.startsWith(root + sep)) return undefined;
    return statSync(real).isDirectory() ? 'directory' : 'file';
  } catch {
    return undefined;
  }
}

function walk(disk: Directory, ignores: Ignore, limit: number): readonly string[] | undefined {
  const found: string[] = [];
  const pending = [''];
  for (let directory = pending.pop(); directory !== undefined && found.length <= limit; directory = pending.pop()) {
    const entries = [...disk.entries(directory)].map(([name, kind]) => ({ path: directory === '' ? name : `${directory}/${name}`, kind }));
    const seen = entries.map((entry) => ({ ...entry, hidden: ignores.hides(entry.path) }));
    found.push(...seen.filter(({ kind, hidden }) => kind !== 'directory' && !hidden).map(({ path }) => path));
    pending.push(...seen.filter(({ kind, hidden }) => kind === 'directory' && !(hidden && ignores.prunes)).map(({ path }) => path));
  }
  return found.length > limit ? undefined : found.sort();
}

function textOnDisk(path: string, root: string): string | undefined {
  try {
    const real = realpathSync.native(path);
    if (relative(root, real).startsWith('..')) return undefined;
    const found = statSync(real);
    if (!found.isFile() || found.size > READ_LIMIT) return undefined;
    return readFileSync(real, 'utf8');
  } catch {
    return undefined;
  }
}

/** A path of the context without `.` and `..`; undefined where it leaves the root. */
export function normalise(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '..') parts.push(part);
  }
  return parts.join('/');
}

function ancestors(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
