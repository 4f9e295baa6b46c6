import { createRequire } from 'node:module';
import { posix } from 'node:path';
import type { BuildContext } from '../../types.ts';

export interface LockedPackage {
  name: string;
  /** Only development needs it; undefined where the lock file does not tell. */
  dev: boolean | undefined;
  /** Has scripts that run at its install; undefined where the lock file does not tell. */
  script: boolean | undefined;
  /** Never installed on Linux. */
  foreign: boolean;
  /** Made for one operating system, processor or C library. */
  platform: boolean;
  /** Names that it depends on. */
  requires: string[];
  /** Programs that it puts into node_modules/.bin. */
  bins: string[];
}

export interface Lock {
  format: 'npm' | 'yarn' | 'berry' | 'pnpm';
  file: string;
  packages: LockedPackage[];
}

type Json = Record<string, unknown>;

const FILES: [string, (text: string) => Omit<Lock, 'file'> | undefined][] = [
  ['npm-shrinkwrap.json', readNpm],
  ['package-lock.json', readNpm],
  ['pnpm-lock.yaml', readPnpm],
  ['yarn.lock', readYarn],
];

/** The lock file of a directory of the context; `prefer` names the one of the package manager in use. */
export function readLock(context: BuildContext, source: string, prefer: 'npm' | 'yarn' | 'pnpm'): Lock | undefined {
  const known = read.get(context) ?? new Map<string, Lock | undefined>();
  read.set(context, known);
  const key = `${prefer} ${source}`;
  if (!known.has(key)) known.set(key, findLock(context, source, prefer));
  return known.get(key);
}

const read = new WeakMap<BuildContext, Map<string, Lock | undefined>>();

function findLock(context: BuildContext, source: string, prefer: 'npm' | 'yarn' | 'pnpm'): Lock | undefined {
  const mine = FILES.filter(([name]) => (prefer === 'npm' ? name.endsWith('.json') : name.startsWith(prefer)));
  for (const [name, parse] of mine) {
    const file = posix.join(source, name);
    const text = context.read(file);
    if (text === undefined) continue;
    try {
      const lock = parse(text);
      return lock && { ...lock, file };
    } catch {
      return undefined;
    }
  }
  return undefined;
}

/** https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json */
function readNpm(text: string): Omit<Lock, 'file'> | undefined {
  const json = record(JSON.parse(text));
  const entries = Object.entries(record(json.packages)).filter(([path]) => path.includes('node_modules/'));
  if (json.packages === undefined) return { format: 'npm', packages: nestedPackages(record(json.dependencies)) };
  const packages = entries.map(([path, value]) => {
    const entry = record(value);
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const bins = typeof entry.bin === 'string' ? [name.replace(/^.*\//, '')] : Object.keys(record(entry.bin));
    const requires = Object.keys({ ...record(entry.dependencies), ...record(entry.optionalDependencies), ...record(entry.peerDependencies) });
    return { name, dev: entry.dev === true, script: entry.hasInstallScript === true, ...platformOf(entry), requires, bins };
  });
  return { format: 'npm', packages };
}

/** The first form of the lock file says nothing of scripts, platforms or programs. */
function nestedPackages(dependencies: Json): LockedPackage[] {
  return Object.entries(dependencies).flatMap(([name, value]) => {
    const entry = record(value);
    const own = { name, dev: entry.dev === true, script: undefined, platform: false, foreign: false, requires: Object.keys(record(entry.requires)), bins: [] };
    return [own, ...nestedPackages(record(entry.dependencies))];
  });
}

function readPnpm(text: string): Omit<Lock, 'file'> {
  const json = yaml(text);
  const snapshots = record(json.snapshots);
  const packages = Object.entries(record(json.packages)).map(([key, value]) => {
    const entry = record(value);
    const more = record(snapshots[key]);
    const name = /^\/?(@[^/]+\/[^@/(]+|[^@/(]+)/.exec(key)?.[1] ?? key;
    const requires = Object.keys({
      ...record(entry.dependencies),
      ...record(more.dependencies),
      ...record(entry.optionalDependencies),
      ...record(more.optionalDependencies),
    });
    const script = entry.requiresBuild === true ? true : json.snapshots === undefined ? false : undefined;
    const dev = typeof entry.dev === 'boolean' ? entry.dev : undefined;
    return { name, dev, script, ...platformOf(entry), requires, bins: [] };
  });
  return { format: 'pnpm', packages };
}

/** https://classic.yarnpkg.com/lang/en/docs/yarn-lock/, and the same with colons from Yarn 2 on. */
function readYarn(text: string): Omit<Lock, 'file'> {
  return { format: /^__metadata:/m.test(text) ? 'berry' : 'yarn', packages: text.split(/\r?\n(?=\S)/).flatMap(readYarnEntry) };
}

function readYarnEntry(entry: string): LockedPackage[] {
  const name = /^"?(@?[^@"\s]+)@[^\n]*:\s*$/m.exec(entry)?.[1];
  if (name === undefined || entry.startsWith('#') || /^ {2}resolution: .*@workspace:/m.test(entry)) return [];
  const names = (sections: string) => {
    const found = [...entry.matchAll(new RegExp(`^ {2}(?:${sections}):\\r?\\n((?: {4}.*(?:\\r?\\n|$))+)`, 'gm'))];
    return found.flatMap((match) => [...(match[1] ?? '').matchAll(/^ {4}"?([^":\s]+)"?[: ]/gm)].map((line) => line[1] ?? ''));
  };
  const conditions = /^ {2}conditions: (.*)$/m.exec(entry)?.[1];
  const foreign = conditions !== undefined && /os=(?!linux)/.test(conditions);
  const requires = names('dependencies|optionalDependencies|peerDependencies');
  return [{ name, dev: undefined, script: undefined, platform: conditions !== undefined, foreign, requires, bins: names('bin') }];
}

/** https://docs.npmjs.com/cli/v11/configuring-npm/package-json#os */
function platformOf(entry: Json): Pick<LockedPackage, 'platform' | 'foreign'> {
  const systems = Array.isArray(entry.os) ? entry.os.map(String) : [];
  const foreign = systems.length > 0 && !systems.includes('linux') && !systems.some((name) => name.startsWith('!') && name !== '!linux');
  return { platform: systems.length > 0 || entry.cpu !== undefined || entry.libc !== undefined, foreign };
}

function yaml(text: string): Json {
  // Loaded only where there is such a lock file.
  const { parse } = createRequire(import.meta.url)('yaml') as typeof import('yaml');
  return record(parse(text, { maxAliasCount: 0 }));
}

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** The names that a production install brings, by following the lock file from the direct dependencies. */
export function reachable(lock: Lock, roots: readonly string[]): Set<string> {
  const byName = new Map<string, LockedPackage[]>();
  for (const one of lock.packages) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  const seen = new Set(roots);
  for (const name of seen) for (const one of byName.get(name) ?? []) for (const next of one.requires) seen.add(next);
  return seen;
}
