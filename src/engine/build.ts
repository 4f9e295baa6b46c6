import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { call } from './call.ts';
import { imageName, inFolder, type Session } from './session.ts';

export interface BuildInput {
  /** What the image is called within the session: before, after, … */
  role: string;
  /** The Dockerfile's text. */
  text: string;
  /** Folder of the build context. */
  context: string;
  /** Text of the .dockerignore that holds, where it is not the context's own. */
  ignore?: string;
  buildArgs?: Readonly<Record<string, string>>;
  platform?: string;
  /** As `docker build --secret` and `--ssh` take them. A build gets neither unless the user asks. */
  secrets?: readonly string[];
  ssh?: readonly string[];
  timeoutSeconds: number;
}

export type Built = { ok: true; image: string; seconds: number } | FailedBuild;

export interface FailedBuild {
  ok: false;
  seconds: number;
  /** Its last lines. */
  log: string[];
  /** It was ended for taking too long. */
  late: boolean;
}

const LOG_LINES = 25;
/** What a step prints, as BuildKit shows it. */
const STEP_OUTPUT = /^#\d+ /;

/** Builds an image. A build that fails or takes too long is an answer: `ok` is false, with the last lines of its log. */
export async function buildImage(session: Session, input: BuildInput): Promise<Built> {
  const image = imageName(session, input.role);
  const file = await writeDockerfile(session, input);
  const began = performance.now();
  const args = ['build', '--tag', image, '--file', file, ...session.engine.kind.build, ...options(input), input.context];
  const { code, stderr, stdout, cut } = await call(session, args, { timeoutMs: input.timeoutSeconds * 1000, quoted: STEP_OUTPUT });
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  if (code === 0) return { ok: true, image, seconds };
  const late = code === undefined;
  const ended = late ? [`no end in ${input.timeoutSeconds} s (--build-timeout)`] : cut ? ['it prints without end'] : [];
  return { ok: false, seconds, log: [...lastLines(`${stdout}\n${stderr}`), ...ended], late };
}

/** An ignore file beside the Dockerfile goes before that of the context: https://docs.docker.com/build/concepts/context/#dockerignore-files */
async function writeDockerfile({ folder }: Session, { role, text, ignore }: BuildInput): Promise<string> {
  const place = join(folder, role);
  const file = join(place, 'Dockerfile');
  await inFolder(mkdir(place, { recursive: true }));
  await inFolder(writeFile(file, text));
  if (ignore !== undefined) await inFolder(writeFile(`${file}.dockerignore`, ignore));
  return file;
}

function options({ buildArgs = {}, platform, secrets = [], ssh = [] }: BuildInput): string[] {
  return [
    ...Object.entries(buildArgs).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    ...(platform === undefined ? [] : ['--platform', platform]),
    ...secrets.flatMap((secret) => ['--secret', secret]),
    ...ssh.flatMap((agent) => ['--ssh', agent]),
  ];
}

/** Without the lines that only tell how far a step is. */
function lastLines(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trimEnd());
  return lines.filter((line) => line !== '' && !/^#\d+ (sha256:|DONE|CACHED|transferring)/.test(line)).slice(-LOG_LINES);
}
