import { posix } from 'node:path';
import { type ImageConfig, resolve, type Tree } from '../engine/image.ts';
import type { ObservedBase } from '../types.ts';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Whether the text of a file tells what image it is in. */
export function isBaseBook(path: string): boolean {
  return path === '/etc/os-release' || path === '/usr/lib/os-release' || path === '/etc/passwd';
}

/** What a base image is; undefined for distributions that are not known well enough. Of a tree in which the texts of base books were kept. */
export function observedBase(tree: Tree, config: ImageConfig): ObservedBase | undefined {
  const told = new Map([...textAt(tree, '/etc/os-release').matchAll(/^(\w+)=["']?(.*?)["']?$/gm)].map(([, name = '', value = '']) => [name, value]));
  const distro = told.get('ID');
  if (distro !== 'alpine' && distro !== 'debian' && distro !== 'ubuntu') return undefined;
  const version = told.get('VERSION_ID') ?? '';
  const releases = { alpine: version.split('.').slice(0, 2).join('.'), debian: told.get('VERSION_CODENAME') ?? '', ubuntu: version };
  const env = Object.fromEntries((config.Env ?? []).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
  return {
    ...{ distro, release: releases[distro], user: config.User || 'root', workdir: config.WorkingDir || '/', env },
    ...{ entrypoint: config.Entrypoint ?? [], cmd: config.Cmd ?? [] },
    users: textAt(tree, '/etc/passwd')
      .split('\n')
      .map((line) => line.split(':')[0] ?? '')
      .filter(Boolean),
    certificates: resolve(tree, '/etc/ssl/certs/ca-certificates.crt') !== undefined,
    zones: resolve(tree, '/usr/share/zoneinfo/UTC') !== undefined,
    programs: programsOn(env.PATH ?? PATH, tree),
  };
}

function textAt(tree: Tree, path: string): string {
  return tree.get(resolve(tree, path) ?? '')?.content?.toString('utf8') ?? '';
}

function programsOn(path: string, tree: Tree): string[] {
  const folders = new Set(path.split(':').map((folder) => resolve(tree, folder)));
  const found = [...tree.values()].filter((file) => folders.has(posix.dirname(file.path)) && (file.kind === 'link' || (file.mode & 0o111) !== 0));
  return [...new Set(found.filter(({ kind }) => kind !== 'directory').map((file) => posix.basename(file.path)))].sort();
}
