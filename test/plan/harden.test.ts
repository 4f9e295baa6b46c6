import { describe, expect, it } from '@jest/globals';
import { convertText, finalStage } from '../support/convert-text.ts';

const GO = { 'go.mod': 'module a\n\ngo 1.22\n', 'main.go': 'package main\nfunc main() { println(1) }\n' };
const BUILD = 'FROM golang:1.22-alpine\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nCMD ["/app"]\n';

describe('--harden', () => {
  it('changes nothing that was not asked for', () => {
    const { dockerfile = '', decisions } = convertText(BUILD, GO);
    expect(dockerfile).not.toMatch(/USER|-s -w/);
    expect(decisions.filter(({ code }) => code.startsWith('harden'))).toEqual([]);
  });

  it('strip leaves out symbols', () => {
    expect(convertText(BUILD, GO, { harden: ['strip'] }).dockerfile).toContain('RUN go build -ldflags="-s -w" -o /app .\n');
    const flagged = BUILD.replace('go build', 'go build -ldflags "-X main.v=1"');
    expect(convertText(flagged, GO, { harden: ['strip'] }).dockerfile).toContain('-ldflags "-s -w -X main.v=1"');
  });

  it('nonroot runs as a user without rights who owns the program', () => {
    expect(finalStage(convertText(BUILD, GO, { harden: ['nonroot'] }))).toBe(
      'FROM scratch\nWORKDIR /src\nCOPY --from=builder --chown=65532:65532 /app /app\nUSER 65532:65532\nCMD ["/app"]\n',
    );
  });

  it('nonroot keeps a user that the Dockerfile names', () => {
    const named = BUILD.replace('CMD', 'USER 1000\nCMD');
    expect(finalStage(convertText(named, GO, { harden: ['nonroot'] }))).not.toContain('65532');
  });

  it('clean removes the lists of the package manager', () => {
    const dockerfile =
      'FROM golang:1.22-bookworm\nRUN apt-get update && apt-get install -y ffmpeg\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\nCMD ["/app"]\n';
    expect(finalStage(convertText(dockerfile, GO))).not.toContain('rm -rf');
    expect(finalStage(convertText(dockerfile, GO, { harden: ['clean'] }))).toContain('apt-get install -y ffmpeg \\\n    && rm -rf /var/lib/apt/lists/*\n');
  });
});
