import fc from 'fast-check';
import { type Profile, profiles } from './profiles.ts';

/** A Dockerfile, and the files that it is built with; none is a Dockerfile from standard input. */
export interface Generated {
  text: string;
  files: Record<string, string> | undefined;
}

const bases = [
  'ubuntu:22.04',
  'alpine:3.19',
  'scratch',
  'example.com:5000/team/base:1',
  '${BASE}',
  '${BASE:-node:20}',
  'mcr.microsoft.com/windows/nanoserver:1809',
  'ruby:3.3',
  'node:8-onbuild',
];
const commands = [
  ...[
    'npm ci',
    'npm run build',
    'yarn install',
    'pnpm i',
    'go mod download',
    'go build -o /app/server .',
    'pip install .',
    'python -m venv /venv',
    'make',
    './configure',
  ],
  ...[
    'apt-get update',
    'apt-get install -y gcc curl',
    'rm -rf /var/lib/apt/lists/*',
    'apk add --no-cache git',
    'curl -fsSL https://example.com/x.tar.gz | tar xz -C /opt',
  ],
  ...['mkdir -p /data && chown 1000 /data', 'useradd -m app', 'cd src', 'export A=b', 'echo "$HOME" > /etc/x', 'ln -s /a /b', 'set -eux', 'unheard-of --flag'],
  ...['if [ -f a ]; then rm a; fi', 'for i in 1 2; do echo $i; done', ': "${X:?}"', 'echo "unclosed', '"$(cat x', 'true', 'f() { echo; }; f', 'echo é'],
];
const others = [
  ...[
    'ENV NODE_ENV=production',
    'ENV A 1',
    'ENV PATH=$PATH:/opt/bin',
    'ENV X="a b" Y=${X:-z}',
    'ARG VERSION=1',
    'ARG BASE',
    'WORKDIR src',
    'WORKDIR $HOME/x',
    'USER node',
    'USER 1000:1000',
  ],
  ...[
    'EXPOSE 8080',
    'EXPOSE $PORT/udp',
    'VOLUME /data',
    'VOLUME ["/app", "/x"]',
    'LABEL a=b "c d"=e',
    'STOPSIGNAL SIGTERM',
    'SHELL ["/bin/bash", "-c"]',
    'HEALTHCHECK NONE',
    'HEALTHCHECK --interval=5s CMD curl -f http://localhost/',
  ],
  ...[
    'ONBUILD COPY . /x',
    'MAINTAINER me',
    'COPY --from=nginx:alpine /etc/nginx /etc/nginx',
    'ADD https://example.com/a.tgz /opt/',
    'ADD --chown=1:1 . /srv',
    'COPY missing.txt /',
    'COPY ../up .',
    'COPY --link . /x/',
    '# why',
    '# restage: build',
    '# restage: runtime',
  ],
];
const oddities = [
  'FROM node:20 AS other',
  'RUNN x',
  'COPY',
  'RUN',
  'CMD []',
  'CMD ["broken"',
  '{{ template }}',
  'RUN echo {{.Id}}',
  '\\',
  '}',
  '\u0000',
  '☃ 𝄞',
  'RUN <<EOF',
  '<<',
  'COPY <<a <<b /x/\nx\na\ny\nb',
  '# syntax=docker/dockerfile:1',
  '--flag',
  '"',
  'ENV',
  'FROM',
  '',
  '  ',
];

const shellRun = fc
  .tuple(
    fc.array(fc.constantFrom(...commands), { minLength: 1, maxLength: 4 }),
    fc.constantFrom(' && ', ' && \\\n    ', ' ; ', ' \\\n# why\n  && ', ' || '),
    fc.constantFrom('', '', '--mount=type=cache,target=/root/.npm '),
  )
  .map(([list, glue, flags]) => `RUN ${flags}${list.join(glue)}`);
const heredocRun = fc.array(fc.constantFrom(...commands), { minLength: 1, maxLength: 4 }).map((list) => `RUN <<EOF\n${list.join('\n')}\nEOF`);
const execRun = fc.constantFrom(...commands).map((command) => `RUN ${JSON.stringify(command.split(' '))}`);
const instruction = fc.oneof(shellRun, heredocRun, execRun, { arbitrary: fc.constantFrom(...others), weight: 4 });

const dress = fc.record({
  lineEnd: fc.constantFrom('\n', '\n', '\r\n'),
  mark: fc.constantFrom('', '', '\uFEFF'),
  escape: fc.constantFrom(false, false, false, true),
  lower: fc.constantFrom(false, false, true),
  indent: fc.constantFrom('', '', '  ', '\t'),
  last: fc.constantFrom('', '\n', '\n\n', '\n# the end'),
});

type Dress = typeof dress extends fc.Arbitrary<infer T> ? T : never;

function dressed(text: string, { lineEnd, mark, escape, lower, indent, last }: Dress): string {
  const cased = lower ? text.replace(/^[A-Z]+/gm, (keyword) => keyword.toLowerCase()) : text;
  const escaped = escape ? `# escape=\`\n${cased.replaceAll('\\\n', '`\n')}` : cased;
  return `${mark}${escaped.replace(/^(RUN|COPY|ENV)/gm, `${indent}$1`)}${last}`.replaceAll('\n', lineEnd);
}

/** Of a project's usual lines all but a few, in order, with a few others between. */
function project({ files, bases: own, steps, starts }: Profile): fc.Arbitrary<Generated> {
  const extra = fc.option(instruction, { freq: 4, nil: undefined });
  const lines = fc.tuple(...steps.map((step) => fc.tuple(fc.constantFrom(step, step, step, undefined), extra)));
  const from = fc.tuple(fc.constantFrom('', '', '--platform=linux/amd64 '), fc.constantFrom(...own), fc.constantFrom('', '', ' AS build', ' as base'));
  return fc.tuple(from, lines, fc.constantFrom(...starts), dress).map(([[flag, base, name], body, start, looks]) => {
    const text = [`FROM ${flag}${base}${name}`, ...body.flat(), start].filter((line) => line !== undefined).join('\n');
    return { text: dressed(text, looks), files };
  });
}

/** Dockerfiles as people write them, in every dress: line ends, byte order mark, escape directive, case, indentation. */
export const plausible: fc.Arbitrary<Generated> = fc.oneof(...profiles.map(project));

const anyFiles = fc.constantFrom(...profiles.map((profile) => profile.files), undefined);
const from = fc.constantFrom(...bases, ...profiles.flatMap((profile) => profile.bases)).map((base) => `FROM ${base}`);
const usual = fc.constantFrom(...profiles.flatMap((profile) => [...profile.steps, ...profile.starts]));

/** Things that stand in no manual, and characters that went missing. */
export const broken: fc.Arbitrary<Generated> = fc
  .tuple(from, fc.array(fc.oneof(instruction, usual, fc.constantFrom(...oddities)), { maxLength: 10 }), dress, fc.nat(), fc.nat(8), anyFiles)
  .map(([first, lines, looks, at, count, files]) => {
    const text = dressed([first, ...lines].join('\n'), looks);
    const cut = at % text.length;
    return { text: `${text.slice(0, cut)}${text.slice(cut + count)}`, files };
  });

const bytes = fc.string({ unit: 'binary', maxLength: 200 });
const marks = fc.string({ unit: fc.constantFrom(...'\n\r\\`"\'${}<[],# \t=-a', 'FROM ', 'RUN ', 'COPY ', 'ENV ', 'CMD '), maxLength: 60 });

/** Anything at all. */
export const garbage: fc.Arbitrary<Generated> = fc.tuple(fc.oneof(bytes, marks), anyFiles).map(([text, files]) => ({ text, files }));
