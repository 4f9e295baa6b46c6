import { loadTable, lookUp } from './load.ts';

/** What a package of the npm registry needs beyond its own files. */
export type NpmPackageFacts = {
  /** It has a binary part: for one C library and processor, and built by node-gyp where none is ready. */
  native?: true;
  /** Its binary part is downloaded ready-made as a rule. */
  prebuilt?: true;
  /** Debian -dev packages that it is linked to where it is built from source; see `runtimeLibraries`. */
  links?: string[];
  /** Programs that it starts. */
  programs?: string[];
  /** It runs browsers that it downloads. */
  browsers?: true;
  /** It often stands among the development dependencies and starts the program all the same. */
  startTool?: true;
};

/** What is known of an npm package. From npm-packages.json. */
export function describeNpmPackage(name: string): NpmPackageFacts | undefined {
  return lookUp(loadTable<Record<string, NpmPackageFacts>>('npm-packages'), name);
}
