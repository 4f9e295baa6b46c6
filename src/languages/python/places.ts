import { posix } from 'node:path';
import { newestVersion } from '../../knowledge/newest.ts';
import type { PathWrite, ShellCommand } from '../../types.ts';
import type { Facts } from '../language.ts';

const SYSTEM = new Set(['/usr/local', '/usr', '/', '/usr/local/sbin', '/sbin']);

type Image = Pick<Facts, 'base' | 'source'>;

/**
 * The version of Python that the tag pins, with its minor number (`3.12`); undefined where the tag may move to another, is left
 * to a build argument, or names the newest line, which `python:3` stands for as well.
 */
export function minorVersion({ base, source }: Image): string | undefined {
  const from = source.instructions.find(({ keyword }) => keyword === 'FROM')?.value ?? '';
  if (base.image !== 'python' || /:[^/\s]*\$/.test(from)) return undefined;
  const minor = /^\d+\.\d+/.exec(base.languageVersion ?? '')?.[0];
  return minor === newestVersion('python') ? undefined : minor;
}

/** Whether it is Python's own image with all of buildpack-deps, which the slim one lacks. */
export function isFullPython({ image, variant }: Facts['base']): boolean {
  return image === 'python' && variant === 'full';
}

/** Where packages may put files beside their modules. */
export type Spread = 'none' | 'data' | 'prefix';

/**
 * Where the system's Python installs to. The official images have it in /usr/local; Debian's and Ubuntu's own Python puts
 * what pip brings there too: https://wiki.debian.org/Python#Deviations_from_upstream. A tag that may move to another minor
 * version brings its whole /usr/local, interpreter and all.
 */
export function systemPlaces(image: Image, spread: Spread): PathWrite[] | undefined {
  if (image.base.image !== 'python') return image.base.packageManager === 'apt' ? trees('/usr/local') : undefined;
  const minor = minorVersion(image);
  if (minor === undefined || spread === 'prefix') return trees('/usr/local');
  const data = spread === 'data' ? ['/usr/local/etc', '/usr/local/share'] : [];
  return trees(`/usr/local/lib/python${minor}/site-packages`, '/usr/local/bin', ...data);
}

function trees(...paths: string[]): PathWrite[] {
  return paths.map((path) => ({ path, kind: 'tree' }));
}

/** Home directory of a user: HOME, what useradd was told, or where it is usually made. */
export function homeOf(user: string, env: ShellCommand['env'], homes: ReadonlyMap<string, string>): string {
  const name = user.split(':')[0] ?? '';
  if (env.HOME !== undefined) return env.HOME;
  return isRoot(user) ? '/root' : (homes.get(name) ?? `/home/${name}`);
}

export function isRoot(user: string): boolean {
  return /^(root|0|)(:.*)?$/.test(user);
}

/**
 * The virtual environment that a command works in: that of the program's own path, the active one, or one whose programs come
 * first on PATH. `made`: those that the Dockerfile makes.
 */
export function environmentOf(command: ShellCommand, made: ReadonlySet<string>): string | undefined {
  if (command.name.includes('/')) {
    const home = posix.dirname(posix.dirname(posix.resolve(command.cwd ?? '/', command.name)));
    return SYSTEM.has(home) ? undefined : home;
  }
  const first = (command.env.PATH ?? '')
    .split(':')
    .find((entry) => made.has(posix.dirname(entry)) || /\/(\.?v?env|virtualenv)\/bin$/.test(entry) || entry === '/usr/local/bin');
  if (first !== undefined && first !== '/usr/local/bin') return posix.dirname(first);
  return undefined;
}
