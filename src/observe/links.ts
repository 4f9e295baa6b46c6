import { posix } from 'node:path';
import { type ImageFile, resolve, type Tree } from '../engine/image.ts';
import type { ObservedProgram } from '../types.ts';
import { basicPackages, type Packages } from './packages.ts';

/** Where loaders look, before all else that is told to ld.so.conf: https://man7.org/linux/man-pages/man8/ld.so.8.html */
const USUAL = /^(\/usr)?\/lib(64|32)?(\/[^/]+-linux-[^/]+)?\/[^/]+$|^\/usr\/local\/lib\/[^/]+$/;

export interface LinkInput {
  tree: Tree;
  /** The package that brought each path. */
  owners: ReadonlyMap<string, string>;
  packages: Packages;
  /** Whether the Dockerfile itself put a file there. */
  isOwn(file: ImageFile): boolean;
}

/** What the image's own ELF files link to beyond what every image of the distribution has, and whether they can reach further. */
export function observedPrograms({ tree, owners, packages, isOwn }: LinkInput): ObservedProgram[] {
  const places = placesOf(tree);
  const basic = basicPackages(packages);
  const own = [...tree.values()].filter((file) => file.elf?.needed.length && !owners.has(file.path) && isOwn(file));
  const programs = own.map((file): ObservedProgram => {
    const paths = allLinked(file, { tree, owners, places });
    const linked = paths.filter((path) => !owners.has(path)).flatMap((path) => fileAt(tree, path) ?? []);
    const names = new Set(paths.map((path) => owners.get(path) ?? '').filter((name) => name !== '' && !basic.has(name)));
    const libraries = paths.filter((path) => !owners.has(path)).sort();
    const isMade = (path: string) => isOwn(tree.get(path) as ImageFile);
    return {
      path: file.path,
      packages: [...names].sort(),
      libraries: libraries.filter(isMade),
      ofBase: libraries.filter((path) => !isMade(path)),
      reachesOut: [file, ...linked].some(reachesOut),
    };
  });
  return programs.sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** The libraries that a file links to, and what those of them that no package owns link to: a package brings along what its own ask for. */
function allLinked(file: ImageFile, { tree, owners, places }: Pick<LinkInput, 'tree' | 'owners'> & { places: ReadonlyMap<string, string[]> }): string[] {
  const found = new Set<string>();
  const waiting = [file];
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    const fresh = linkedPaths(one, places).filter((path) => !found.has(path) && path !== file.path);
    for (const path of fresh) found.add(path);
    waiting.push(...fresh.filter((path) => !owners.has(path)).flatMap((path) => fileAt(tree, path) ?? []));
  }
  return [...found];
}

function fileAt(tree: Tree, path: string): ImageFile | undefined {
  return tree.get(resolve(tree, path) ?? path);
}

/**
 * Functions that start programs or load libraries, of the C library (https://man7.org/linux/man-pages/man3/exec.3.html,
 * https://man7.org/linux/man-pages/man3/dlopen.3.html) and of Fortran's, and those of interpreters that are built in.
 */
const REACHING =
  /^(f?exec[lv]p?e?(at)?|posix_spawnp?|system|popen|wordexp|dlm?open|_gfortran_execute_command_line\w*|(Py_|PyRun_|luaL?_|[Pp]erl_|JNI_|scm_|rb_|Tcl_|php_|mono_)\w+)$/;

function reachesOut({ elf }: ImageFile): boolean {
  return elf?.imports.some((name) => REACHING.test(name)) ?? true;
}

/** Paths of the libraries in an image, by name. */
function placesOf(tree: Tree): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { path, kind } of tree.values()) {
    if (kind === 'directory' || !/\.so(\.|$)/.test(path)) continue;
    const name = posix.basename(path);
    found.set(name, [...(found.get(name) ?? []), path]);
  }
  return found;
}

/** The libraries that an ELF file asks for by name; the directories that it names itself go first, then the usual ones. */
function linkedPaths({ path, elf }: ImageFile, places: ReadonlyMap<string, string[]>): string[] {
  const own = (elf?.runPath ?? []).map((folder) => posix.normalize(folder.replace(/\$\{?ORIGIN\}?/g, posix.dirname(path))));
  return (elf?.needed ?? []).flatMap((name) => {
    const all = places.get(name) ?? [];
    const named = own.map((folder) => posix.join(folder, name)).find((place) => all.includes(place));
    return named ?? all.find((place) => USUAL.test(place)) ?? all[0] ?? [];
  });
}
