import { loadTable } from '../../knowledge/load.ts';

interface ProgramTable {
  /** Program → package that brings it. */
  bins: Record<string, string>;
  /** Programs that check or test, and leave nothing behind. */
  checks: string[];
  /**
   * Programs that build, test or run tasks with whatever the settings of the project name, each with the words with which
   * it only serves what is built.
   */
  builders: Record<string, string[]>;
  /** Servers of static files. */
  servers: string[];
  /** Packages that serve those who work on the sources, and start nothing in an image. */
  repositoryTools: string[];
  /** Packages whose install scripts compile nothing. */
  pureScripts: string[];
  loadedByName: { why: string; names: string[] };
  /** Package → packages that it needs beside itself. */
  peers: Record<string, string[]>;
}

/** Programs of npm packages, from npm-programs.json. */
export function programTable(): ProgramTable {
  return loadTable<ProgramTable>('npm-programs');
}
