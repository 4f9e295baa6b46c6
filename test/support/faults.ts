import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './examples.ts';

/** That all of them build on. */
export const IMAGE = 'debian:bookworm-slim';

/** A Dockerfile that something is wrong with, and what restage has to say and do about it. */
export interface Fault {
  name: string;
  dockerfile: string;
  files?: Record<string, string>;
  options?: string[];
  status: number;
  message: RegExp;
  help: RegExp;
  /** It may take no longer. */
  seconds?: number;
}

/** Each is run with `--timeout 1`. */
export const faults: Fault[] = [
  {
    name: 'the base cannot be fetched',
    dockerfile: 'FROM nowhere.invalid/thing:1\nCMD ["true"]\n',
    ...{ status: 2, message: /before-fails: the first Dockerfile does not build here[\s\S]*nowhere\.invalid/, help: /Make it build/ },
  },
  {
    name: 'the Dockerfile language cannot be fetched',
    dockerfile: `# syntax=nowhere.invalid/dockerfile:9\nFROM ${IMAGE}\nCMD ["true"]\n`,
    ...{ status: 2, message: /before-fails: the first Dockerfile does not build here[\s\S]*nowhere\.invalid/, help: /Make it build/ },
  },
  {
    name: 'a build that hangs',
    dockerfile: `FROM ${IMAGE}\nRUN sleep 1000\nCMD ["true"]\n`,
    options: ['--build-timeout', '12'],
    ...{ status: 2, message: /before-fails[\s\S]*no end in 12 s \(--build-timeout\)/, help: /Make it build/, seconds: 23.5 },
  },
  {
    name: 'words in a build that an engine says when it is gone',
    dockerfile: `FROM ${IMAGE}\nRUN echo "Cannot connect to the Docker daemon" >&2; echo "unexpected EOF" >&2; exit 1\nCMD ["true"]\n`,
    ...{ status: 2, message: /before-fails: the first Dockerfile does not build here/, help: /Make it build/ },
  },
  {
    name: 'a container that never listens and says nothing',
    dockerfile: `FROM ${IMAGE}\nSTOPSIGNAL SIGKILL\nCMD ["sleep", "1000"]\n`,
    ...{ status: 3, message: /cannot-judge: .*neither ends nor listens nor says anything in 1 s/, help: /--timeout/ },
  },
  {
    name: 'an image without a shell, which its command needs',
    dockerfile: `FROM ${IMAGE} AS files\nFROM scratch\nCOPY --from=files /etc/hostname /etc/debian_version /data/\nCMD echo hello\n`,
    ...{ status: 3, message: /cannot-judge: the first image cannot be started: .*\/bin\/sh/, help: /--run/ },
  },
  {
    name: 'a container that prints without end',
    dockerfile: `FROM ${IMAGE}\nSTOPSIGNAL SIGKILL\nCMD while true; do yes | head -n 30000; sleep 0.4; done\n`,
    ...{ status: 3, message: /cannot-judge: the first image prints more than can be compared/, help: /--run/, seconds: 60 },
  },
  {
    name: 'a container that takes all memory',
    dockerfile: `FROM ${IMAGE}\nCMD ["perl", "-e", "while (1) { push @all, 'x' x 1000000 }"]\n`,
    options: ['--memory', '64m'],
    ...{ status: 3, message: /cannot-judge: the first image takes more memory than 64m/, help: /--memory/ },
  },
  {
    name: 'a container that makes processes without end',
    dockerfile: `FROM ${IMAGE}\nCMD ["perl", "-e", "while (defined($child = fork)) { if (!$child) { sleep 1000; exit } $made++ } print qq($made and no more); exit 3"]\n`,
    files: { 'restage.json': '{ "processes": 64 }' },
    ...{ status: 3, message: /cannot-judge: the first image itself ends with 3: 63 and no more/, help: /--run/ },
  },
  {
    name: 'servers that do not answer, or never come to an end',
    dockerfile: `FROM ${IMAGE}\nCOPY server.pl /\nCMD ["perl", "/server.pl"]\n`,
    files: { 'server.pl': readFileSync(join(root, 'test/support/server.pl'), 'utf8') },
    ...{ status: 0, message: /same.*\n.*HTTP 8080: no answer; HTTP 8081: 1 paths; HTTP 8082: 1 paths/, help: /looked at/, seconds: 120 },
  },
];
