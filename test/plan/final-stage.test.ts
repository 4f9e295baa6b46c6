import { describe, expect, it } from '@jest/globals';
import { convertText, finalStage } from '../support/convert-text.ts';

const FILES = { 'go.mod': 'module a\n\ngo 1.22\n', 'main.go': 'package main\nfunc main() { println(1) }\n' };
const withRun = (run: string, base = 'golang:1.22-bookworm') =>
  `FROM ${base}\n${run}WORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\nCMD ["/app"]\n`;

describe('packages', () => {
  it('are cut to what runs, in the writing of the author', () => {
    const run =
      'RUN apt-get update \\\n && apt-get install -y --no-install-recommends \\\n      build-essential \\\n      ffmpeg \\\n      libpq-dev \\\n && rm -rf /var/lib/apt/lists/*\n';
    expect(finalStage(convertText(withRun(run), FILES))).toContain(
      'RUN apt-get update \\\n    && apt-get install -y --no-install-recommends \\\n      ffmpeg \\\n      libpq5 \\\n    && rm -rf /var/lib/apt/lists/*\n',
    );
  });

  it('that a later command removes again stay behind', () => {
    const run = 'RUN apk add --no-cache --virtual .build gcc musl-dev && apk add ffmpeg && apk del .build\n';
    expect(finalStage(convertText(withRun(run, 'golang:1.22-alpine'), FILES))).toContain('RUN apk add ffmpeg\n');
  });

  it('take the refresh of an earlier RUN along', () => {
    expect(finalStage(convertText(withRun('RUN apt-get update\nRUN apt-get install -y ffmpeg\n'), FILES))).toContain(
      'RUN apt-get update\nRUN apt-get install -y ffmpeg\n',
    );
  });

  it('that are nothing but files become copies where there is no shell', () => {
    const final = finalStage(convertText(withRun('RUN apk add --no-cache git ca-certificates tzdata\n', 'golang:1.22-alpine'), FILES));
    expect(final).toContain(
      'FROM scratch\nCOPY --from=builder /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nCOPY --from=builder /usr/share/zoneinfo /usr/share/zoneinfo\n',
    );
  });
});

describe('commands', () => {
  it('that nobody knows are refused with their line', () => {
    expect(convertText(withRun('RUN frobnicate --all\n'), FILES)).toMatchObject({
      outcome: 'refused',
      code: 'unknown-command',
      line: 2,
      message: expect.stringContaining('frobnicate --all'),
    });
  });

  it.each([
    ['make install DESTDIR=$NOWHERE', '`make install` writes (it writes where nobody can see: give it PREFIX=…),'],
    ['setcap cap_net_raw+ep /app', '`setcap cap_net_raw+ep /app` writes (it gives a capability to a program, which a copy may not keep),'],
    ['frobnicate --all', '`frobnicate --all` writes, so'],
  ])('are named by their words, and what is known of them is said apart: %s', (command, message) => {
    expect(convertText(withRun(`RUN ${command}\n`), FILES).message).toContain(message);
  });

  it('are settled by a comment', () => {
    expect(finalStage(convertText(withRun('# restage: build\nRUN frobnicate --all\n'), FILES))).toContain('FROM scratch\n');
    expect(finalStage(convertText(withRun('# restage: runtime\nRUN frobnicate --all\n'), FILES))).toContain('RUN frobnicate --all\n');
  });

  it('of a script of the context are followed', () => {
    const files = { ...FILES, 'setup.sh': '#!/bin/sh\nset -e\napt-get update\napt-get install -y make\n' };
    const dockerfile = 'FROM golang:1.22-bookworm\nWORKDIR /src\nCOPY . .\nRUN ./setup.sh\nRUN CGO_ENABLED=0 go build -o /app .\nCMD ["/app"]\n';
    expect(finalStage(convertText(dockerfile, files))).toContain('FROM scratch\n');
  });

  it('that make a file are done again, those that bring one cross', () => {
    const run = 'RUN echo "a" > /etc/a.conf && ln -s /app /usr/local/bin/tool && curl -o /opt/data.bin https://example.com/data.bin\n';
    const final = finalStage(convertText(withRun(run).replace('CMD ["/app"]', 'CMD /app'), FILES));
    expect(final).toContain('RUN echo "a" > /etc/a.conf \\\n    && ln -s /app /usr/local/bin/tool\n');
    expect(final).toContain('COPY --from=builder /opt/data.bin /opt/data.bin\n');
  });

  it('that throw away what they made leave nothing', () => {
    const run = 'RUN wget -O /opt/x.tgz https://example.com/x.tgz && mkdir /opt/x && tar xf /opt/x.tgz -C /opt/x && rm -rf /opt/x /opt/x.tgz\n';
    expect(finalStage(convertText(withRun(run), FILES))).not.toContain('/opt');
  });
});

describe('the contract', () => {
  it('moves to the final stage as it is written, comments too', () => {
    const dockerfile =
      'FROM golang:1.22-alpine\nLABEL a="b c" \\\n      d=e\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\n\n# the port\nEXPOSE 8080/udp\nVOLUME ["/data"]\nSTOPSIGNAL SIGINT\nHEALTHCHECK NONE\nENTRYPOINT ["/app"]\nCMD ["a", "b"]\n# the end';
    const { dockerfile: text = '' } = convertText(dockerfile, FILES);
    expect(text).toBe(
      'FROM golang:1.22-alpine AS builder\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\n\nFROM scratch\nLABEL a="b c" \\\n      d=e\nWORKDIR /src\nCOPY --from=builder /app /app\n\n# the port\nEXPOSE 8080/udp\nVOLUME ["/data"]\nSTOPSIGNAL SIGINT\nHEALTHCHECK NONE\nENTRYPOINT ["/app"]\nCMD ["a", "b"]\n# the end',
    );
  });

  it('keeps line ends and the case of keywords', () => {
    const text = 'from golang:1.22-alpine\r\nworkdir /src\r\ncopy . .\r\nrun go build -o /app .\r\ncmd ["/app"]\r\n';
    expect(convertText(text, FILES).dockerfile).toBe(
      'from golang:1.22-alpine as builder\r\nworkdir /src\r\ncopy . .\r\nrun go build -o /app .\r\n\r\nfrom scratch\r\nworkdir /src\r\nCOPY --from=builder /app /app\r\ncmd ["/app"]\r\n',
    );
  });
});

describe('the base', () => {
  it('keeps registry, platform and the variables of its tag', () => {
    const dockerfile =
      'ARG VERSION=20\nFROM --platform=linux/amd64 mirror.example.com/library/node:${VERSION}\nWORKDIR /app\nCOPY package.json .\nRUN npm install\nCOPY . .\nCMD ["node", "a.js"]\n';
    const files = { 'package.json': '{"dependencies":{"express":"4"}}', 'a.js': 'require("express")' };
    expect(finalStage(convertText(dockerfile, files))).toMatch(/^FROM --platform=linux\/amd64 mirror.example.com\/library\/node:\$\{VERSION\}-slim\n/);
  });

  it('is the one asked for, or a reason why not', () => {
    const dockerfile = withRun('');
    expect(finalStage(convertText(dockerfile, FILES, { targetBase: 'distroless' }))).toContain('FROM gcr.io/distroless/static-debian12\n');
    expect(finalStage(convertText(dockerfile, FILES, { targetBase: 'slim' }))).toContain('FROM debian:bookworm-slim\n');
    const shell = dockerfile.replace('CMD ["/app"]', 'CMD /app');
    expect(convertText(shell, FILES, { targetBase: 'scratch' })).toMatchObject({
      outcome: 'refused',
      code: 'no-base-fits',
      message: expect.stringContaining('it has no /bin/sh'),
    });
  });
});

describe('owners', () => {
  it('are set of a directory that crosses afterwards', () => {
    const dockerfile =
      'FROM python:3.11\nWORKDIR /app\nRUN python -m venv /opt/venv\nENV PATH=/opt/venv/bin:$PATH\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nRUN useradd app && chown -R app:app /app /opt/venv\nUSER app\nCMD ["gunicorn", "app:app"]\n';
    const final = finalStage(convertText(dockerfile, { 'requirements.txt': 'gunicorn==21.2.0\nflask==3.0.0\n', 'app.py': 'import flask\n' }));
    expect(final).toContain(
      'RUN mkdir -p /opt/venv\nRUN useradd app && chown -R app:app /app /opt/venv\nCOPY --from=builder --chown=app:app /opt/venv /opt/venv\n',
    );
  });
});

describe('start scripts', () => {
  const start = (script: string) => {
    const files = { ...FILES, 'start.sh': `#!/bin/sh\n${script}\nexec /app\n` };
    return finalStage(convertText(withRun('').replace('CMD ["/app"]', 'CMD ["./start.sh"]'), files));
  };

  it('need the programs of their substitutions', () => {
    expect(start('REV=$(git rev-parse HEAD)')).toContain('--no-install-recommends git ');
    expect(start('export IP=`curl -s ifconfig.me`')).toContain('--no-install-recommends curl ');
  });

  it('that start what other files name stay with their base', () => {
    const files = { ...FILES, crontab: '* * * * * git pull\n' };
    const dockerfile = withRun('RUN apt-get update && apt-get install -y cron\n').replace('CMD ["/app"]', 'CMD cron && /app');
    expect(convertText(dockerfile, files)).toMatchObject({
      outcome: 'refused',
      code: 'no-base-fits',
      message: expect.stringContaining('cron starts programs that its own files name'),
    });
  });
});
