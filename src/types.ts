export type * from './observation.ts';
export type * from './options.ts';

/** The vocabulary of restage. All of it is plain data, save BuildContext, which reads files. */

/** A Dockerfile as written: `instructions` (leading + text) followed by `tail` is the input, byte for byte. */
export interface SourceDockerfile {
  /** As the user named it; for messages. */
  path: string;
  text: string;
  lineEnd: '\n' | '\r\n';
  escape: '\\' | '`';
  instructions: SourceInstruction[];
  tail: string;
}

export interface SourceInstruction {
  index: number;
  /** Upper case. */
  keyword: string;
  /** Comments, directives and blank lines above, as written. */
  leading: string;
  /** The instruction as written, line end included. */
  text: string;
  /** 1-based line of the keyword. */
  line: number;
  flags: Flag[];
  /** What follows keyword and flags: continuations joined, comment lines dropped, nothing expanded. */
  value: string;
  /** The words of the JSON form; absent in the shell form. */
  exec?: string[];
  heredocs: Heredoc[];
  /** Of a RUN in shell form or heredoc form: text for the shell parser, and where in `text` it starts. Same length as that part of `text`. */
  shell?: { text: string; start: number };
}

export interface Flag {
  name: string;
  value: string;
}

export interface Heredoc {
  name: string;
  body: string;
}

/** The files that Docker would send: .dockerignore honoured, links never followed out of the root. Paths are relative, with `/`. */
export interface BuildContext {
  /** Sorted; undefined where there are more than `limit` (100,000) files. */
  files(): readonly string[] | undefined;
  kind(path: string): 'file' | 'directory' | 'link' | undefined;
  /** Text of a file up to 1 MiB; undefined if absent, larger, unreadable or a link that leaves the root. */
  read(path: string): string | undefined;
  /** True where `.dockerignore` would leave the path out, whether or not it exists. */
  ignores(path: string): boolean;
}

export interface Evidence {
  /** Path within the context, or the Dockerfile's. */
  file: string;
  line?: number;
  note: string;
}

export type LanguageName = 'go' | 'node' | 'python';

export interface Detection {
  language: LanguageName;
  /** Directory of the manifest within the context; '' is the root. */
  directory: string;
  framework?: string;
  packageManager?: string;
  version?: string;
  /** 0 to 1. */
  confidence: number;
  evidence: Evidence[];
}

/** What holds while an instruction runs. An undefined value is one that nobody can know. */
export interface ImageState {
  env: Record<string, string | undefined>;
  args: Record<string, string | undefined>;
  cwd: string;
  user: string;
  shell: string[];
}

export interface ShellWord {
  /** As written. */
  text: string;
  /** Quotes removed, known variables expanded; an unknown one stays as `${NAME}`. */
  value: string;
  /** False where a part of it is not known (a variable, a substitution). */
  known: boolean;
}

export interface ShellCommand {
  name: string;
  args: ShellWord[];
  assignments: { name: string; word: ShellWord }[];
  /** Files that the shell itself writes (`>`, `>>`) or reads (`<`). */
  redirects: { operator: string; word: ShellWord }[];
  /** Whether it may not run: within if, for, case, a function, after `||`. */
  conditional: boolean;
  /** Whether its output goes to another command. */
  piped: boolean;
  /** Directory it runs in; undefined if not known. */
  cwd: string | undefined;
  env: Record<string, string | undefined>;
  start: number;
  end: number;
}

/** A part of a RUN that can be kept or left by itself: an element of the outermost `&&`, `;` or line list. */
export interface ShellSegment {
  start: number;
  end: number;
  commands: ShellCommand[];
  /** Directory at its start; undefined if not known. */
  cwd: string | undefined;
}

export type Role = 'build' | 'runtime' | 'both' | 'neutral' | 'unknown';
/** `dnf` is yum, dnf and microdnf. */
export type PackageManager = 'apt' | 'apk' | 'dnf' | 'zypper' | 'pacman';

/** A path that a command writes: one file, or a directory with all below it. */
export interface PathWrite {
  path: string;
  kind: 'file' | 'tree';
  /** Left behind by a build and needed by nothing that runs (caches, downloaded sources). */
  disposable?: boolean;
  /** The file is one that the base image or a package brought, changed in place. */
  edited?: boolean;
  /** It was seen in the image, and is nothing that only package managers keep. */
  seen?: boolean;
}

/** What one command of a RUN does. */
export interface Effect {
  role: Role;
  why: string;
  writes: PathWrite[];
  /** Absolute paths. */
  reads: string[];
  packages?: { manager: PackageManager; names: string[] };
  /** Names for which a language module knows more: `go-build`, `node-install`, … */
  action?: string;
  /** Name that a group of packages is installed under (`apk add --virtual`). */
  group?: string;
  users?: string[];
  /** Of a chown. */
  owner?: string;
  /** It may compile: where it is run, compilers and headers have to be. */
  compiles?: boolean;
  /** The command that does it, for a language that looks at it again. */
  command?: ShellCommand;
}

export interface LabelledSegment {
  segment: ShellSegment;
  effects: Effect[];
  role: Role;
}

/** A COPY or ADD from the context or from another image. */
export interface CopyEffect {
  from: 'context' | 'image' | 'url' | 'heredoc';
  /** As written, expanded. */
  sources: string[];
  /** Absolute. */
  destination: string;
  /** Absolute path in the image → path in the context, of each top-level thing copied. */
  placed: { path: string; source: string; kind: 'file' | 'directory' }[];
  unpacks: boolean;
  owner?: string;
}

export interface LabelledInstruction {
  index: number;
  state: ImageState;
  role: Role;
  why: string;
  segments?: LabelledSegment[];
  copy?: CopyEffect;
}

/** What the container starts. */
export interface StartCommand {
  /** exec form words, or the words of `/bin/sh -c`; [] if there is none. */
  argv: string[];
  shell: boolean;
  /** The commands that run: of argv, of scripts it names, of package.json scripts … */
  commands: ShellCommand[];
  /** Index of the ENTRYPOINT and CMD instructions that hold. */
  entrypoint?: number;
  cmd?: number;
  healthcheck?: number;
  /** Why not everything that the container starts could be followed; absent where it could. */
  open?: string;
}

export type Need = (
  | { kind: 'libc'; name: 'glibc' | 'musl' }
  | { kind: 'shell'; name: string }
  | { kind: 'program'; name: string }
  | { kind: 'packages'; name: string; manager: PackageManager }
  | { kind: 'directories' | 'tool' | 'certificates' | 'zones' | 'home' | 'temporary' | 'package-manager' | 'interpreter' | 'commands'; name: string }
  | { kind: 'user'; name: string }
  | { kind: 'file'; name: string }
  /** Something of the whole image that nobody can name. */
  | { kind: 'system'; name: string }
) & { evidence: Evidence };

export interface RuntimeContract {
  start: StartCommand;
  /** Indices of the instructions that make up the image's configuration. */
  configuration: number[];
  needs: Need[];
}

/** A path that crosses from a build stage to the final one. */
export interface Artifact {
  from: string;
  to: string;
  /** Source index after which it exists. */
  after: number;
  kind: 'file' | 'tree';
  owner?: string;
  why: string;
  /** It comes from elsewhere, ready made: what it links to is not known. */
  foreign?: boolean;
  /** It was compiled here, and may link to what the builder has. */
  compiled?: boolean;
}

export interface Decision {
  code: string;
  message: string;
  line?: number;
}

export type PlannedInstruction =
  | { kind: 'carried'; index: number }
  | { kind: 'split'; index: number; text: string; why: string }
  | { kind: 'added'; template: string; data: Record<string, string | string[] | boolean>; why: string };

export interface PlannedStage {
  /** '' for a final stage without a name. */
  name: string;
  /** What stands between FROM and AS: flags and reference. */
  from: string;
  instructions: PlannedInstruction[];
}

export interface StagePlan {
  /** Indices of what stands before the first FROM. */
  preamble: number[];
  /** Keyword of the start instruction that the user allowed to be another. */
  replaced?: string;
  stages: PlannedStage[];
  artifacts: Artifact[];
  decisions: Decision[];
}

export type Outcome = 'converted' | 'unchanged' | 'refused' | 'failed';

export interface Conversion {
  schema: 1;
  path: string;
  context: string;
  outcome: Outcome;
  code: string;
  message: string;
  help: string;
  line?: number;
  dockerfile?: string;
  diff?: string;
  plan?: StagePlan;
  decisions: Decision[];
  contract?: RuntimeContract;
  estimate?: { beforeBytes: number; afterBytes: number };
  explanation?: Explanation;
}

/** What `--explain` prints. */
export interface Explanation {
  detections: Detection[];
  instructions: { line: number; text: string; role: Role; why: string }[];
  needs: { kind: string; name: string; evidence: Evidence }[];
  bases: { reference: string; taken: boolean; why: string }[];
}
