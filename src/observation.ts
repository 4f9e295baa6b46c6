/** What was seen of an image that was built from a Dockerfile, instruction by instruction. */
export interface Observation {
  schema: 1;
  /** SHA-256 of the Dockerfile's text: of another one nothing was seen. */
  dockerfile: string;
  instructions: ObservedInstruction[];
  /** What its base image is; absent where that is neither Alpine, Debian nor Ubuntu. */
  base?: ObservedBase;
  /** What packages the image has beyond those of its base. */
  packages: ObservedPackage[];
  /** The Dockerfile's own programs and libraries that are linked when they start; absent where no book tells which package owns what. */
  programs?: ObservedProgram[];
  /** Bytes of the base image, and of the whole image. */
  bytes: { base: number; image: number };
}

/** What a RUN left behind, but for the files of packages and the books that package managers keep. */
export interface ObservedInstruction {
  index: number;
  /** New files, and new directories with all that is in them; only what is there in the end. */
  made: { path: string; kind: 'file' | 'tree'; bytes: number }[];
  /** Files that were there before, and are otherwise now. */
  changed: string[];
  /** Paths that were there before, and are gone. */
  removed: string[];
  /** Names of the packages that it added or replaced. */
  packages: string[];
  /** Files that it made or changed in which packages write as well: accounts, certificates, services. */
  shared: string[];
  /** Bytes of the layer. */
  bytes: number;
}

export interface ObservedPackage {
  name: string;
  /** Installed size. */
  bytes: number;
  /** Those of the others that come with it. */
  needs: string[];
}

/** An ELF file that no package brought. */
export interface ObservedProgram {
  path: string;
  /** Packages of the libraries that it links to, but those that every image of the distribution has. */
  packages: string[];
  /** Libraries that it links to, no package owns, and the Dockerfile put there. */
  libraries: string[];
  /** Those that its base image put there without a package. */
  ofBase: string[];
  /** It takes functions by which it can start programs, load libraries by name or run scripts; so does what it links to and no package owns. */
  reachesOut: boolean;
}

/** A base image, as its own configuration and files tell of it. */
export interface ObservedBase {
  distro: 'alpine' | 'debian' | 'ubuntu';
  /** `bookworm`, `3.19`, `22.04`. */
  release: string;
  user: string;
  workdir: string;
  env: Record<string, string>;
  entrypoint: string[];
  cmd: string[];
  /** Names of its accounts. */
  users: string[];
  /** Has /etc/ssl/certs/ca-certificates.crt. */
  certificates: boolean;
  /** Has /usr/share/zoneinfo. */
  zones: boolean;
  /** Names of the programs on its PATH. */
  programs: string[];
}
