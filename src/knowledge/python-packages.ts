import { loadTable, lookUp } from './load.ts';

/** What a package of the Python Package Index needs or leaves beyond its own directory of modules. */
export type PythonPackageFacts = {
  /** Debian -dev packages that it is linked to where it is built from source; see `runtimeLibraries`. */
  links?: string[];
  /** Debian -dev packages of the libraries that it opens while it runs. */
  loads?: string[];
  /** Programs that it starts, or is of little use without. */
  programs?: string[];
  /** It installs files below the prefix beside bin and site-packages (share, etc, lib). */
  prefixFiles?: true;
  /** It runs browsers that a command of its own downloads. */
  browsers?: true;
  /** Where what it downloads is kept; `~` is the home directory. */
  data?: string[];
  /** Its wheels hold the libraries it is linked to, so `links` matters only where it is built from source. */
  wheel?: true;
  /** It links to the library of the interpreter itself, which Debian has in a package of its own. */
  embeds?: true;
  /** It tells the types of files that it serves by Python's mimetypes: `own`, those that it brings; `given`, those that it is given. */
  media?: 'own' | 'given';
  /** It is only Python. */
  pure?: true;
};

/** What is known of a Python package, by any spelling of its name. From python-packages.json. */
export function describePythonPackage(name: string): PythonPackageFacts | undefined {
  return lookUp(loadTable<Record<string, PythonPackageFacts>>('python-packages'), normalizePythonName(name));
}

/** The one spelling of a name: https://packaging.python.org/en/latest/specifications/name-normalization/ */
export function normalizePythonName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}
