import { describe, expect, it } from '@jest/globals';
import { memoryContext } from '../../src/index.ts';
import { builderStage, convertText, finalStage } from '../support/convert-text.ts';
import { expectInvariants } from '../support/invariants.ts';

const FILES = {
  'go.mod': 'module a\n\ngo 1.22\n',
  'main.go': 'package main\n\nimport "os"\n\nfunc main() { os.ReadFile("/etc/app/data.json") }\n',
  'data.json': '{}',
};

/** A small Go program whose Dockerfile has these lines before its build. */
const withLines = (lines: string, from = 'FROM golang:1.22\n') => `${from}WORKDIR /src\nCOPY . .\n${lines}RUN CGO_ENABLED=0 go build -o /app .\nCMD ["/app"]\n`;
const convertLines = (lines: string, from?: string) => {
  const text = withLines(lines, from);
  expectInvariants({ text, path: 'Dockerfile', contextPath: '.', context: memoryContext(FILES) });
  return convertText(text, FILES);
};

describe('the configuration stands in the final stage as it is written', () => {
  it.each([
    'ENV A=1 B="two words"',
    'ENV A some words',
    'LABEL a="b" \\\n      c=d',
    'MAINTAINER somebody',
    'ENV C=1\nENV C=${C}2',
    'USER 1000:1000',
    'VOLUME ["/data"]',
    'VOLUME /a /b',
    'STOPSIGNAL SIGINT',
    'HEALTHCHECK --interval=5s --start-period=1m --retries=3 CMD ["/app", "check"]',
    'HEALTHCHECK NONE',
    'EXPOSE 80 8080/udp',
    'EXPOSE 8000-8010/tcp',
  ])('%s', (lines) => {
    expect(finalStage(convertLines(`${lines}\n`))).toContain(`${lines}\n`);
  });
});

describe('flags stand in both stages as they are written', () => {
  it.each([
    '--mount=type=cache,target=/var/cache/apt,sharing=locked',
    '--mount=type=bind,source=data.json,target=/tmp/data.json',
    '--mount=type=bind,from=nginx:1.25,source=/etc/nginx,target=/n,rw',
    '--mount=type=tmpfs,target=/scratch,size=1000',
    '--mount=type=secret,id="a b",required=true',
    '--mount=type=ssh',
    '--network=default',
    '--security=sandbox',
    '--mount=type=secret,id=k,env=K --mount=type=cache,target=/c',
  ])('RUN %s', (flags) => {
    const conversion = convertLines(`RUN ${flags} apt-get update && apt-get install -y ffmpeg gcc && go vet ./...\n`);
    expect(builderStage(conversion)).toContain(`RUN ${flags} apt-get update && apt-get install -y ffmpeg gcc && go vet ./...\n`);
    expect(finalStage(conversion)).toContain(`RUN ${flags} apt-get update \\\n    && apt-get install -y ffmpeg\n`);
  });

  it.each([
    'COPY --from=nginx:1.25 --chown=1:1 --chmod=644 --link /etc/nginx/mime.types /etc/app/',
    'ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/data.json /etc/app/',
    'COPY --chmod=600 <<"EOF" /etc/app/x.json\n$a\nEOF',
    'COPY --chown=1000 ["data.json", "/etc/app/data.json"]',
  ])('%s', (copy) => {
    const conversion = convertLines(`${copy}\n`);
    expect(finalStage(conversion)).toContain(`${copy}\n`);
  });
});

describe('a RUN that is split', () => {
  const installs = (run: string, from?: string) => finalStage(convertLines(run, from));

  it('goes on after a failure where it did', () => {
    expect(installs('RUN set -e; apt-get update; apt-get install -y ffmpeg && go vet ./... && rm -rf /var/lib/apt/lists/*\n')).toContain(
      'RUN set -e; \\\n    apt-get update; \\\n    apt-get install -y ffmpeg \\\n    && rm -rf /var/lib/apt/lists/*\n',
    );
  });

  it('keeps the test that a part depends on', () => {
    expect(installs('RUN apt-get update && [ -d /usr/share ] && apt-get install -y ffmpeg && go vet ./...\n')).toContain(
      'RUN apt-get update \\\n    && [ -d /usr/share ] \\\n    && apt-get install -y ffmpeg\n',
    );
  });

  it('keeps comments with what they speak of, and no others', () => {
    const run =
      'RUN apt-get update && \\\n  # gcc and ffmpeg\n  apt-get install -y \\\n    # gcc\n    gcc \\\n\n    # ffmpeg\n    ffmpeg \\\n    # make\n    make && \\\n  # look\n  go vet ./...\n';
    expect(installs(run)).toContain('RUN apt-get update \\\n    && apt-get install -y \\\n\n    # ffmpeg\n    ffmpeg\n');
  });

  it('stays a script in a heredoc', () => {
    const run = (open: string, close: string) =>
      `RUN --mount=type=cache,target=/x ${open}\nset -e\n# tools\napt-get update && apt-get install -y ffmpeg gcc\ngo vet ./...\n${close}\n`;
    for (const [open, close] of [
      ['<<EOF', 'EOF'],
      ["<<-'E O F'", '\tE O F'],
    ] as const)
      expect(installs(run(open, close))).toContain(`RUN --mount=type=cache,target=/x ${open}\nset -e\napt-get update && apt-get install -y ffmpeg\n${close}\n`);
    expect(installs('RUN <<EOF\n#!/bin/bash -e\napt-get update\napt-get install -y ffmpeg\ngo vet ./...\nEOF\n')).toContain(
      'RUN <<EOF\n#!/bin/bash -e\napt-get update\napt-get install -y ffmpeg\nEOF\n',
    );
  });

  it.each([
    ['a heredoc within it', 'RUN <<EOF\napt-get update && apt-get install -y ffmpeg\ncat <<X > /etc/app.conf\na\nX\ngo vet ./...\nEOF\n'],
    ['parts in the background', 'RUN apt-get update && apt-get install -y ffmpeg & go vet ./... && wait\n'],
  ])('is refused with %s', (_, run) => {
    expect(convertLines(run)).toMatchObject({ outcome: 'refused', code: 'mixed-command' });
  });

  it('has the escape character of its file', () => {
    const from = '# escape=`\nFROM golang:1.22\n';
    expect(installs('RUN apt-get update `\n  && apt-get install -y gcc `\n  ffmpeg && go vet ./...\n', from)).toContain(
      'RUN apt-get update `\n    && apt-get install -y `\n  ffmpeg\n',
    );
    expect(installs('RUN <<EOF\napt-get update\napt-get install -y \\\n  ffmpeg gcc\ngo vet ./...\nEOF\n', from)).toContain(
      'RUN <<EOF\napt-get update\napt-get install -y \\\n  ffmpeg\nEOF\n',
    );
  });

  it('has the line ends of its file, and the case of its keyword', () => {
    const text = withLines('run apt-get update \\\n  && apt-get install -y gcc \\\n# why\n  ffmpeg && go vet ./...\n').replaceAll('\n', '\r\n');
    expect(finalStage(convertText(text, FILES))).toContain('run apt-get update \\\r\n    && apt-get install -y \\\r\n# why\r\n  ffmpeg\r\n');
  });
});

describe('what surrounds the instructions', () => {
  it('directives stay first, and comments with the first place of their instruction', () => {
    const head = '# syntax=docker/dockerfile:1\n# check=skip=all\n\n# the image\n';
    const { dockerfile = '' } = convertLines('# the port\nEXPOSE 80\n', `${head}ARG V=1.22\n# the base\nFROM --platform=$BUILDPLATFORM golang:\${V}\n`);
    expect(dockerfile).toMatch(
      /^# syntax=docker\/dockerfile:1\n# check=skip=all\n\n# the image\nARG V=1.22\n# the base\nFROM --platform=\$BUILDPLATFORM golang:\$\{V\} AS builder\n/,
    );
    expect(dockerfile.split('# the port')).toHaveLength(2);
  });

  it('a last instruction that never ends swallows nothing', () => {
    expect(finalStage(convertText(`${withLines('')}EXPOSE 80 \\\n# the end`, FILES))).toMatch(/EXPOSE 80 \n$/);
  });

  it('a name that means an image is not taken for a stage', () => {
    expect(convertLines('COPY --from=nginx /etc/nginx/mime.types /etc/app/\n').outcome).toBe('converted');
    expect(convertLines('COPY --from=0 /a /b\n')).toMatchObject({ outcome: 'failed', code: 'syntax' });
  });

  it('SHELL holds for what follows it', () => {
    const shell = 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]\n';
    expect(finalStage(convertLines(`${shell}RUN apt-get update && apt-get install -y ffmpeg\n`))).toMatch(
      /^FROM debian:bookworm-slim\n[\s\S]*SHELL \["\/bin\/bash", "-o", "pipefail", "-c"\]\nRUN apt-get update && apt-get install -y ffmpeg\n/,
    );
    expect(finalStage(convertLines(shell, 'FROM golang:1.22-alpine\n'))).not.toMatch(/^FROM (scratch|alpine)/);
  });
});
