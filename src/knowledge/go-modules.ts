import { loadTable, lookUp } from './load.ts';

/** What a Go module brings into a program that requires it. */
export type GoModuleFacts = {
  /** It is linked to C code, so the program is static only where cgo is off, and may not work then. */
  cgo?: true;
  /** The Debian -dev packages of the libraries it is linked to or opens; see `runtimeLibraries`. */
  links?: string[];
  needs?: ('certificates' | 'home' | 'temporary' | 'zones')[];
  /** Programs it starts. */
  programs?: string[];
  /** Paths that it reads below the working directory without being told. */
  files?: string[];
  /** It looks for a file by names that its user sets in parts, so no string literal holds the path. */
  reads?: 'config';
};

type StandardTable = { all: string; cgo: string; dynamic: string; version: string };

const standard = new Map<'all' | 'dynamic', Set<string>>();

/** What is known of a Go module or package, by the longest path in go-modules.json that it begins with. */
export function describeGoModule(path: string): GoModuleFacts | undefined {
  const table = loadTable<Record<string, GoModuleFacts>>('go-modules');
  for (let prefix = path; prefix !== ''; prefix = prefix.slice(0, Math.max(0, prefix.lastIndexOf('/')))) {
    const facts = lookUp(table, prefix);
    if (facts !== undefined) return facts;
  }
  return undefined;
}

/**
 * Says whether a package of the standard library is linked to the C library where cgo is on, because it is or imports
 * net, os/user, plugin or runtime/cgo. From go-standard.json.
 */
export function importsNetwork(path: string): boolean {
  return standardPackages('dynamic').has(path);
}

/** Says whether a path is a package of Go's standard library. From go-standard.json. */
export function isStandardPackage(path: string): boolean {
  return standardPackages('all').has(path);
}

function standardPackages(kind: 'all' | 'dynamic'): Set<string> {
  const known = standard.get(kind) ?? new Set(loadTable<StandardTable>('go-standard')[kind].split(' '));
  standard.set(kind, known);
  return known;
}
