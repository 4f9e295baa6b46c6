import { describe, expect, it } from '@jest/globals';
import { convertText, finalStage } from '../support/convert-text.ts';

const SERVER = 'package main\nimport "net/http"\nfunc main() { http.ListenAndServe(":8080", nil) }\n';
const TOOL = 'package main\nimport "fmt"\nfunc main() { fmt.Println(1) }\n';

function baseOf(run: string, main: string, head = ''): string | undefined {
  const dockerfile = `FROM golang:1.22\n${head}WORKDIR /app\nCOPY . .\nRUN ${run}\nCMD ["./server"]\n`;
  return /^FROM (\S+)/.exec(finalStage(convertText(dockerfile, { 'go.mod': 'module a\n\ngo 1.22\n', 'main.go': main })))?.[1];
}

describe('a program is linked to libc', () => {
  it.each([
    ['with -static for an external linker that is not used', `go build -ldflags '-extldflags "-static"' -o server .`, SERVER, ''],
    ['as a position independent one, cgo or not', 'CGO_ENABLED=0 go build -buildmode=pie -o server .', TOOL, ''],
    ['by GOFLAGS', 'CGO_ENABLED=0 go build -o server .', TOOL, 'ENV GOFLAGS="-buildmode=pie"\n'],
    ['with the race detector', 'go build -race -o server .', TOOL, ''],
    ['by an external linker', 'go build -ldflags "-linkmode external" -o server .', TOOL, ''],
    ['where CGO_ENABLED is set but not exported', 'CGO_ENABLED=0; go build -o server .', SERVER, ''],
  ])('%s', (_, run, main, head) => {
    expect(baseOf(run, main, head)).toBe('debian:bookworm-slim');
  });
});

describe('a program is static', () => {
  it.each([
    ['where CGO_ENABLED is exported', 'export CGO_ENABLED=0; go build -o server .'],
    ['where env sets it', 'env CGO_ENABLED=0 go build -o server .'],
    ['in each turn of a loop', 'for name in server; do CGO_ENABLED=0 go build -o $name .; done'],
  ])('%s', (_, run) => {
    expect(baseOf(run, SERVER)).toBe('scratch');
  });
});

it('files that are not built for Linux make no programs', () => {
  const files = {
    'go.mod': 'module example.com/app\n\ngo 1.22\n',
    'main.go': TOOL,
    'tools.go': '//go:build tools\n\npackage main\n',
    'gen/gen.go': '//go:build ignore\n\npackage main\n',
    'svc/svc_windows.go': 'package main\n',
    'cmd/api/main.go': '//go:build linux && !windows\n\npackage main\nfunc main() {}\n',
  };
  const dockerfile = 'FROM golang:1.22-alpine\nWORKDIR /src\nCOPY . .\nRUN go install ./...\nENTRYPOINT ["/go/bin/api"]\n';
  const final = finalStage(convertText(dockerfile, files));
  expect([...final.matchAll(/\/go\/bin\/(\w+) \//g)].map((match) => match[1]).sort()).toEqual(['api', 'app']);
});
