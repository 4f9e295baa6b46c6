import { type ImageFile, resolve, type Tree } from '../engine/image.ts';

/** Who runs: ids as numbers in text. */
export interface Account {
  uid: string;
  groups: string[];
}

/** The user that USER means, as the image's own files tell; undefined where there is none. https://docs.docker.com/reference/dockerfile/#user */
export function accountOf(user: string, tree: Tree): Account | undefined {
  const [name = 'root', group] = (user || '0').split(':');
  const rows = (path: string) => (tree.get(resolve(tree, path) ?? '')?.content?.toString('utf8') ?? '').split('\n').map((line) => line.split(':'));
  const row = rows('/etc/passwd').find((fields) => fields[0] === name || fields[2] === name);
  if (!row && !/^\d+$/.test(name) && name !== 'root') return undefined;
  const uid = row?.[2] ?? (name === 'root' ? '0' : name);
  const named = rows('/etc/group').find((fields) => fields[0] === group)?.[2] ?? group;
  const also = rows('/etc/group')
    .filter((fields) => fields[3]?.split(',').includes(row?.[0] ?? ''))
    .map((fields) => fields[2] ?? '');
  return { uid, groups: [named ?? row?.[3] ?? '0', ...also] };
}

/** Which of r, w and x an account has of a file. root reads and writes all. https://man7.org/linux/man-pages/man7/path_resolution.7.html */
export function rightsOf({ mode, uid, gid, kind }: ImageFile, account: Account): string {
  const shift = String(uid) === account.uid ? 6 : account.groups.includes(String(gid)) ? 3 : 0;
  const own = (mode >> shift) & 7;
  const runs = kind === 'directory' || (mode & 0o111) !== 0 ? 1 : 0;
  const bits = account.uid === '0' ? 6 | runs : own;
  return `${bits & 4 ? 'r' : ''}${bits & 2 ? 'w' : ''}${bits & 1 ? 'x' : ''}`;
}
