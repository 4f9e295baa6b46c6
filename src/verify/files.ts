import { posix } from 'node:path';
import { type ImageFile, resolve, type Tree } from '../engine/image.ts';
import { type Account, rightsOf } from './access.ts';
import { type Comparison, some } from './comparison.ts';
import type { Subject } from './subject.ts';

/** What is compared of the files of two images. */
export interface Files {
  before: Subject;
  after: Subject;
  /** What the second Dockerfile wrote over its base. */
  own: ReadonlySet<string>;
  /** What the first one wrote. */
  ownBefore: ReadonlySet<string>;
  /** Who runs; undefined where the image names a user that it does not have. */
  accounts: { before: Account | undefined; after: Account | undefined };
}

/** Documents of packages: nothing runs them, though some are programs. */
const DOCUMENTS = /^\/usr\/(local\/)?share\/(doc|man|info|locale|bug|lintian)\//;

/** What the second image's own files ask for and only the first image has: libraries, loaders, interpreters, link targets. */
export function compareLinks(files: Files, found: Comparison): void {
  const names = { before: fileNames(files.before.tree), after: fileNames(files.after.tree) };
  const missing = new Map<string, string[]>();
  let looked = 0;
  for (const path of files.own) {
    const asked = DOCUMENTS.test(path) ? [] : askedBy(files.after.tree.get(path));
    looked += asked.length > 0 ? 1 : 0;
    for (const one of asked.filter((candidate) => isLost(candidate, files, names))) {
      const key = one.what === 'link' ? 'link' : `${one.what} ${one.name}`;
      missing.set(key, [...(missing.get(key) ?? []), path]);
    }
  }
  for (const [key, paths] of missing) {
    const what = key.split(' ', 1)[0] ?? '';
    found.differ('files', what, what === 'link' ? `dead link: ${some(paths)}` : `${key} is missing, which is needed by ${some(paths)}`);
  }
  found.checked.push(`files: ${looked} programs, libraries, scripts and links`);
}

interface Asked {
  what: 'library' | 'loader' | 'interpreter' | 'link';
  name: string;
}

function isLost({ what, name }: Asked, { before, after }: Files, names: Record<'before' | 'after', ReadonlySet<string>>): boolean {
  if (what === 'library') return !names.after.has(name) && names.before.has(name);
  return !isThere(after.tree, what, name) && isThere(before.tree, what, name);
}

function askedBy(file: ImageFile | undefined): Asked[] {
  if (!file) return [];
  const { path, kind, elf, interpreter, mode } = file;
  if (kind === 'link') return [{ what: 'link', name: path }];
  const isProgram = (mode & 0o111) !== 0;
  const loader = isProgram && elf?.loader ? [{ what: 'loader' as const, name: elf.loader }] : [];
  const script = isProgram && interpreter ? [{ what: 'interpreter' as const, name: interpreter }] : [];
  return [...loader, ...script, ...(elf?.needed ?? []).map((name) => ({ what: 'library' as const, name }))];
}

function isThere(tree: Tree, what: Asked['what'], name: string): boolean {
  if (what !== 'interpreter') return resolve(tree, name) !== undefined;
  const [program = '', first = '', second = ''] = name.split(/\s+/);
  if (posix.basename(program) !== 'env') return resolve(tree, program) !== undefined;
  const named = first === '-S' ? second : first;
  return resolve(tree, program) !== undefined && programPath(tree, named) !== undefined;
}

const PROGRAM_FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** Where a program of that name stands in one of the usual folders. */
function programPath(tree: Tree, name: string): string | undefined {
  return PROGRAM_FOLDERS.map((folder) => `${folder}/${name}`).find((path) => resolve(tree, path) !== undefined);
}

export function fileNames(tree: Tree): Set<string> {
  return new Set([...tree.keys()].map((path) => posix.basename(path)));
}

/** Rights that who runs the image had on a path and has no more, and what set-uid bits and file capabilities gave. */
export function compareRights({ before, after, own, ownBefore, accounts }: Files, found: Comparison): void {
  const { before: old, after: now } = accounts;
  if (!old || !now) return;
  const lost = new Map<string, string[]>();
  const shared = ['/tmp', '/var/tmp', '/run', before.config.WorkingDir || '/', ...Object.keys(before.config.Volumes ?? {})];
  for (const path of new Set([...own, ...ownBefore, ...shared])) {
    const [was, is] = [before.tree.get(path), after.tree.get(path)];
    if (!was || !is || was.kind === 'link' || was.kind !== is.kind || DOCUMENTS.test(path) || OF_CONTAINERS.test(path)) continue;
    const what = lostRight(was, is, old, now);
    if (what !== undefined) lost.set(what, [...(lost.get(what) ?? []), path]);
  }
  for (const [what, paths] of lost) found.differ('files', what.startsWith('the user') ? 'owner' : 'access', `access: ${what} ${some(paths)}`);
}

function lostRight(was: ImageFile, is: ImageFile, old: Account, now: Account): string | undefined {
  const gone = [...rightsOf(was, old)].filter((right) => !rightsOf(is, now).includes(right));
  if (gone.length > 0) return `who runs the image can no longer ${gone.map((right) => RIGHTS[right]).join(' and ')}`;
  if (was.kind === 'file' && (was.mode & SET_ID) !== (is.mode & SET_ID) && (was.mode & SET_ID) !== 0) return 'the set-uid or set-gid bit is gone from';
  if (was.kind === 'file' && (was.mode & OTHERS) === 0 && (is.mode & OTHERS) !== 0) return 'all users can read or change now what they could not:';
  if (was.capable && !is.capable) return 'file capabilities are gone from';
  return old.uid !== '0' && String(was.uid) === old.uid && is.uid !== was.uid ? 'the user that runs no longer owns' : undefined;
}

/** What every container has from its engine. */
const OF_CONTAINERS = /^\/(\.dockerenv$|(dev|proc|sys)(\/|$)|run\/\.containerenv$|etc\/(hostname|hosts|resolv\.conf|mtab)$)/;
const SET_ID = 0o6000;
const OTHERS = 0o006;
const RIGHTS: Record<string, string> = { r: 'read', w: 'write', x: 'run' };
