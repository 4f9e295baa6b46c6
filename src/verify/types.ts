/** The vocabulary of a verification. All of it is plain data. */

/** What two images were compared by, in the order in which it is told. */
export type Aspect = 'configuration' | 'files' | 'state' | 'output' | 'ports' | 'http' | 'health' | 'writes';

export interface Difference {
  aspect: Aspect;
  /** What exactly: env, label, user, library, certificates, status, … */
  what: string;
  message: string;
}

/** How the images are run, and what is asked of them. */
export interface RunSettings {
  /** Words given to both images in place of CMD. */
  run?: string[];
  /** `NAME=VALUE`, or `NAME` for the value that it has here. */
  env: string[];
  envFile?: string;
  services: Service[];
  /** Paths to GET besides those that are found. */
  paths: string[];
  /** Seconds that a container may take to end or to listen. */
  timeout: number;
  buildTimeout: number;
  memory: string;
  processes: number;
}

/** Another container that the images need: a database, a queue. */
export interface Service {
  /** What it is called on the network. */
  name: string;
  image: string;
  env: string[];
}

export type Verdict = 'same' | 'differs' | 'after-fails' | 'before-fails' | 'cannot-judge';

/** What is told of one of the two images. */
export interface ImageSummary {
  /** Bytes of all layers. */
  size: number;
  layers: number;
  /** 0 where it was built elsewhere. */
  buildSeconds: number;
  /** Name of the image; only where it was kept. */
  image?: string;
  state?: string;
}

export interface Verification {
  schema: 1;
  path: string;
  context: string;
  verdict: Verdict;
  /** Why, where the verdict is not `same`. */
  message: string;
  /** What to do about it. */
  help: string;
  differences: Difference[];
  /** What else is not as it was, and decides nothing. */
  changes: string[];
  /** What there was to look at. */
  checked: string[];
  engine: string;
  before?: ImageSummary;
  after?: ImageSummary;
  /** Last lines of the log of a build that failed. */
  log?: string[];
  sizes?: SizeReport;
  /** Where it was asked for, and a scanner is installed. */
  packages?: PackageReport;
}

/** Packages in both images, as a scanner names them. */
export interface PackageReport {
  before: number;
  after: number;
  gone: string[];
  added: string[];
  /** Known ones, by severity; only where a scanner knows any. */
  vulnerabilities?: { before: Record<string, number>; after: Record<string, number> };
}

export interface SizeReport {
  before: LayerSize[];
  after: LayerSize[];
  /** What the new image no longer has, the largest first. */
  left: { what: string; bytes: number; files: number }[];
}

export interface LayerSize {
  madeBy: string;
  bytes: number;
}
