import type { CommandRule, EffectScope } from '../effects/rule.ts';
import type { Base } from '../knowledge/bases.ts';
import type {
  BuildContext,
  Decision,
  Detection,
  LabelledInstruction,
  LanguageName,
  Need,
  Observation,
  Options,
  PlannedInstruction,
  ShellCommand,
  SourceDockerfile,
  StartCommand,
} from '../types.ts';

/** One language: what it knows of its commands and of what its programs need to run. All but name and detect is optional. */
export interface Language {
  name: LanguageName;
  /** Looks for the language's manifests; undefined if the context does not hold it. */
  detect(context: BuildContext): Detection | undefined;
  /** Effects of the language's own commands. */
  commands?: Record<string, CommandRule>;
  /** The effects once more, now that the whole file is known (an installer's place depends on what earlier commands set up). */
  settle?(facts: Omit<Facts, 'start'>): LabelledInstruction[];
  /** The shell text that a command stands for (`npm start` → the script of package.json), and where it runs. */
  follow?(command: ShellCommand, scope: EffectScope): { text: string; cwd: string } | undefined;
  /** Whether the image starts a program of this language. */
  starts?(facts: Facts): boolean;
  /** What the program needs at run time and what only its build does. Throws Stop where that cannot be told. */
  plan?(facts: Facts): LanguagePlan;
}

/** All that is known of a Dockerfile before it is planned. */
export interface Facts {
  source: SourceDockerfile;
  /** Instructions from FROM on, in order. */
  labelled: LabelledInstruction[];
  context: BuildContext;
  start: StartCommand;
  /** The base image as written, expanded. */
  reference: string;
  base: Base;
  options: Options;
  /** What was seen of an image that was built from this Dockerfile. */
  observation?: Observation;
  detections: Detection[];
  /** Where a path of the image came from in the context, if it did. */
  sourceOf: EffectScope['sourceOf'];
}

/** An instruction that is added to a stage, and the source index it follows. */
export interface AddedStep {
  after: number;
  instruction: Extract<PlannedInstruction, { kind: 'added' }>;
}

export interface LanguagePlan {
  needs: Need[];
  /** By source index of a COPY: what of it the final stage keeps. Absent: all. A list: these paths of the context. */
  copies: Record<number, 'drop' | string[]>;
  /** Directories of which the running image needs nothing but what a need or artifact names. */
  buildOnly: string[];
  /** Paths within these that the running image needs all the same. */
  outputs: string[];
  /** Paths that a build of another language makes and the program reads, and the source index after which they are there. */
  generated: { path: string; after: number }[];
  /** Programs and packages that only the build uses, as far as can be seen (git for a dependency …). */
  buildTools: string[];
  /** Packages that the final stage installs in the place of one that stays behind with what it pulled in. */
  instead?: Record<string, string[]>;
  /** Variables of the old base image that the program reads. */
  environment?: string[];
  /** Names on PATH that come with the program (console scripts, npm's bins). */
  ownPrograms: string[];
  builderSteps: AddedStep[];
  /** Go into the final stage: `after` -1 right after FROM. */
  finalSteps: AddedStep[];
  /** Which final bases may serve, smallest first; `release` is the plain image of the builder's distribution, `jre` that which only runs Java. */
  bases: ('scratch' | 'release' | 'slim' | 'jre' | 'same')[];
  /**
   * Programs that the image's own compilers make run in the final stage: what a compiler brings to link to
   * comes along. `plain`: they link to the C library alone; `listed`: the builder lists what they link to. */
  links?: 'plain' | 'listed';
  /** What runs may call any of the packages that are installed, compilers too. */
  keepsPackages?: boolean;
  /** The program runs without a shell, a user database or anything else of a system. */
  bare: boolean;
  decisions: Decision[];
  /** Another start command that the user allowed by name. */
  start?: { index: number; keyword: string; words: string[] };
  /** The first `segments` parts of a RUN install from these files of the context (paths within it) and read nothing else. */
  earlyInstall?: { run: number; segments: number; manifests: string[] };
  /** Why nothing would be gained, if so. */
  nothingToGain?: { why: string; advice: string };
}
