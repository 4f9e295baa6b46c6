import { posix } from 'node:path';
import type { BuildContext } from '../../types.ts';
import { parseToml, table } from './manifests.ts';
import { normaliseName, type Requirement } from './requirements.ts';

/** A package of a lock file: the exact version, and the names of the files that it may be installed from. */
export interface LockedPackage extends Requirement {
  /** File names of its wheels; undefined where the lock does not tell. */
  wheels?: string[];
}

const read = new WeakMap<BuildContext, Map<string, LockedPackage[] | undefined>>();

const LOCKS: Record<string, (text: string, file: string) => LockedPackage[]> = {
  'uv.lock': readTomlLock,
  'poetry.lock': readTomlLock,
  'pylock.toml': readTomlLock,
  'Pipfile.lock': readPipfileLock,
};

/** The packages of the named lock file in a directory of the context; undefined where it is not there. */
export function readLock(
  context: BuildContext,
  directory: string,
  name: 'uv.lock' | 'poetry.lock' | 'Pipfile.lock' | 'pylock.toml',
): LockedPackage[] | undefined {
  const file = posix.join(directory, name);
  const known = read.get(context) ?? new Map<string, LockedPackage[] | undefined>();
  read.set(context, known);
  if (!known.has(file)) {
    const text = context.read(file);
    known.set(file, text === undefined ? undefined : LOCKS[name]?.(text, file));
  }
  return known.get(file);
}

/** uv.lock, poetry.lock and pylock.toml hold a list of packages with their files. */
function readTomlLock(text: string, file: string): LockedPackage[] {
  const toml = parseToml(text);
  const list = [toml.package, toml.packages].find(Array.isArray) ?? [];
  const oldFiles = table(table(toml.metadata).files);
  return list.map(table).flatMap((one): LockedPackage[] => {
    const source = table(one.source);
    if (typeof one.name !== 'string' || 'virtual' in source || 'editable' in source || source.type === 'directory') return [];
    const files = [one.files, one.wheels, oldFiles[one.name]].filter(Array.isArray).flat().map(table);
    const names = files.flatMap((each) => [each.file, each.name, each.url, each.path]).filter((each) => typeof each === 'string');
    const built = 'git' in source || ['git', 'url', 'file'].includes(String(source.type));
    return [
      {
        name: normaliseName(one.name),
        ...(typeof one.version === 'string' && { pin: one.version }),
        ...(built && { url: String(source.git ?? source.url) }),
        evidence: { file, note: `locks ${one.name}` },
        wheels: names.map((each) => posix.basename(each)).filter((each) => each.endsWith('.whl')),
      },
    ];
  });
}

function readPipfileLock(text: string, file: string): LockedPackage[] {
  const json = table(parseJson(text));
  return [json.default, json.develop].flatMap((part) =>
    Object.entries(table(part)).map(([name, value]) => {
      const detail = table(value);
      const pin = typeof detail.version === 'string' ? detail.version.replace(/^=+/, '') : undefined;
      const url = detail.git ?? detail.path ?? detail.file;
      return {
        name: normaliseName(name),
        ...(pin !== undefined && { pin }),
        ...(typeof url === 'string' && { url }),
        evidence: { file, note: `locks ${name}` },
      };
    }),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/**
 * Whether the installer finds a wheel, so that nothing is compiled: one for every Python, or one of this version for both
 * usual processors. https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/
 */
export function hasWheel(locked: LockedPackage, python: string | undefined, libc: 'glibc' | 'musl'): boolean {
  if (locked.url !== undefined || locked.wheels === undefined) return false;
  if (isPure(locked)) return true;
  const minor = Number(/^3\.(\d+)/.exec(python ?? '')?.[1]);
  const platform = libc === 'musl' ? 'musllinux' : 'manylinux';
  const fitting = locked.wheels.filter((name) => {
    const [, abi3, tag, abi] = /-(?:cp3(\d+)-abi3|(cp3\d+|py[23.py]*)-(cp3\d+m?|none))-/.exec(name) ?? [];
    if (!name.includes(platform)) return false;
    return abi3 !== undefined ? Number(abi3) <= minor : abi === 'none' ? tag?.startsWith('py') : tag === `cp3${minor}`;
  });
  return ['x86_64', 'aarch64'].every((processor) => fitting.some((name) => name.includes(processor)));
}

/** Whether the package is nothing but Python. */
export function isPure(locked: LockedPackage): boolean {
  return locked.wheels?.some((name) => name.endsWith('-none-any.whl')) ?? false;
}
