import type { Role } from '../types.ts';
import { loadTable } from './load.ts';

/** What a script that is piped into a shell from a known address does. From installers.json. */
export interface Installer {
  role: Role;
  action: string;
  why: string;
  /** `${NAME:-otherwise}` and `~` stand for what they stand for in a shell; a tree ends in `/`. */
  writes?: string[];
  /** It writes below a directory that an option names. */
  into?: {
    options: string[];
    /** The file; without it, the directory is filled. */
    name?: string;
    /** Option that gives the file another name. */
    nameOption?: string;
    /** The directory within the directory that is filled. */
    directory?: string;
    /** Where it writes without the option; the directory that it runs in where this is absent too. */
    fallback?: string;
  };
  compiles?: boolean;
  /** A language module says more of it where the address is piped into a shell. */
  settledBy?: 'python';
}

/** The installer at an address, if it is known; undefined for any other script. */
export function installerAt(address: string): Installer | undefined {
  const { installers } = loadTable<{ installers: (Installer & { address: string })[] }>('installers');
  return installers.find((one) => new RegExp(one.address).test(address));
}

/** The one directory that an archive of a known name holds: https://go.dev/doc/install unpacks Go into /usr/local. */
export function treeOfArchive(name: string): string | undefined {
  const { archives } = loadTable<{ archives: { name: string; tree: string }[] }>('installers');
  return archives.find((one) => new RegExp(one.name).test(name))?.tree;
}

/** A path of the table with its variables put in; undefined where one of them is not known. */
export function placeIn(path: string, env: Readonly<Record<string, string | undefined>>, home: string | undefined): string | undefined {
  const [, name, otherwise = '', rest = ''] = /^\$\{(\w+):-((?:[^{}]|\{[^{}]*\})*)\}(.*)$/.exec(path) ?? [];
  if (name !== undefined) {
    const start = Object.hasOwn(env, name) ? env[name] : placeIn(otherwise, env, home);
    return start === undefined ? undefined : `${start}${rest}`;
  }
  if (path !== '~' && !path.startsWith('~/')) return path;
  return home === undefined ? undefined : `${home}${path.slice(1)}`;
}
