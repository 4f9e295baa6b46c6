import { describe, expect, it } from '@jest/globals';
import { convertText, finalStage } from '../support/convert-text.ts';

const program = (body: string, ...imports: string[]) =>
  `package main\n\nimport (\n${imports.map((path) => `\t"${path}"\n`).join('')})\n\nfunc main() {\n\t${body}\n}\n`;
const starting = (name: string) => program(`exec.Command("${name}").Run()`, 'os/exec');

function converted(main: string, more: { base?: string; head?: string; run?: string; files?: Record<string, string> } = {}) {
  const { base = 'golang:1.22-bookworm', head = '', run = '' } = more;
  const dockerfile = `FROM ${base}\n${head}WORKDIR /src\nCOPY . .\n${run}RUN CGO_ENABLED=0 go build -o /hello .\nCMD ["/hello"]\n`;
  return convertText(dockerfile, { 'go.mod': 'module hello\n\ngo 1.22\n', 'main.go': main, ...more.files });
}

describe('tools of the builder that the program starts', () => {
  it.each([
    ['compiled', 'RUN gcc -o /usr/local/bin/tool tool.c\n', starting('tool'), '/usr/local/bin/tool'],
    ['named by a path', 'RUN gcc -o helper tool.c\n', starting('./helper'), '/src/helper'],
    ['in a directory of their own', 'RUN make -C tool install PREFIX=/opt/tool\nENV PATH=/opt/tool/bin:$PATH\n', starting('tool'), '/opt/tool'],
    [
      'whose name is computed',
      'RUN gcc -o /usr/local/bin/tool tool.c\n',
      program('name := "tool"\n\tif len(os.Args) > 1 {\n\t\tname = "x"\n\t}\n\texec.Command(name).Run()', 'os', 'os/exec'),
      '/usr/local/bin/tool',
    ],
  ])('come along with their C library: %s', (_, run, main, path) => {
    const final = finalStage(converted(main, { run, files: { 'tool.c': '', 'tool/Makefile': 'install:\n\tinstall -D tool $(PREFIX)/bin/tool\n' } }));
    expect(final).toContain('FROM debian:bookworm-slim\n');
    expect(final).toContain(`COPY --from=builder ${path} ${path}\n`);
  });

  it('are found where go install put them', () => {
    const final = finalStage(converted(starting('migrate'), { run: 'RUN CGO_ENABLED=0 go install example.com/migrate@latest\n' }));
    expect(final).toContain('FROM scratch\nENV PATH=/go/bin:');
    expect(final).toContain('COPY --from=builder /go/bin/migrate /go/bin/migrate\n');
  });

  it('stay behind where nothing starts them', () => {
    const final = finalStage(converted(program('println(1)'), { run: 'RUN gcc -o /usr/local/bin/tool tool.c\n', files: { 'tool.c': '' } }));
    expect(final).not.toContain('tool');
  });

  it('hold the image where nobody sees them', () => {
    const run = 'RUN apt-get update && apt-get install -y python3-pip && pip3 install --break-system-packages yt-dlp\n';
    expect(converted(starting('yt-dlp'), { run })).toMatchObject({ code: 'no-base-fits', message: expect.stringContaining('it has no yt-dlp') });
  });

  it.each([
    ['a shell script', 'COPY tool /usr/local/bin/tool\n', '#!/bin/sh\ncurl "$1"\n', 'COPY tool /usr/local/bin/\n', 'curl'],
    ['one of another language', 'COPY bin/ /usr/local/bin/\n', '#!/usr/bin/env python3\n', 'COPY bin/tool /usr/local/bin/\n', 'python3'],
    ['a program', 'COPY tool /usr/local/bin/\n', '\u007fELF\0', 'COPY tool /usr/local/bin/\n', 'FROM debian'],
  ])('are copied with what they need: %s', (_, run, text, copy, needed) => {
    const final = finalStage(converted(starting('tool'), { run, files: { tool: text, 'bin/tool': text, 'bin/other': 'x' } }));
    expect(final).toContain(copy);
    expect(final).toContain(needed);
  });
});

describe('programs that need Go itself', () => {
  it.each([
    ['go/importer', { 'main.go': program('importer.Default()', 'go/importer') }],
    ['files of GOROOT', { 'main.go': program('os.Open(filepath.Join(runtime.GOROOT(), "src"))', 'os', 'path/filepath', 'runtime') }],
    [
      'a package of theirs that does',
      {
        'main.go': program('inner.Run()', 'hello/inner'),
        'inner/x.go': 'package inner\n\nimport "golang.org/x/tools/imports"\n\nfunc Run() { imports.Process() }\n',
      },
    ],
  ])('are refused: %s', (_, files) => {
    expect(converted('', { files })).toMatchObject({ code: 'no-base-fits', message: expect.stringContaining('it has no go') });
  });

  it('are not refused for what other programs of the module import', () => {
    const files = {
      'tools.go': '//go:build tools\n\npackage main\n\nimport _ "golang.org/x/tools/go/packages"\n',
      'cmd/generate/main.go': program('packages.Load(nil)', 'golang.org/x/tools/go/packages'),
    };
    expect(finalStage(converted(program('println(build.Default.GOPATH)', 'go/build'), { files }))).toContain('FROM scratch\n');
  });

  it('keep the Go of a package, and hold the image that another one was unpacked in', () => {
    const head = 'RUN apt-get update && apt-get install -y golang-go cmake g++\n';
    expect(converted(starting('go'), { base: 'debian:bookworm', head }).dockerfile ?? 'unchanged').toMatch(/^unchanged$|FROM[\s\S]*FROM[\s\S]*golang-go/);
    const unpacked =
      'RUN apt-get update && apt-get install -y curl && curl -fsSL https://go.dev/dl/go1.22.0.linux-amd64.tar.gz | tar -C /usr/local -xz\nENV PATH=/usr/local/go/bin:$PATH\n';
    expect(converted(starting('go'), { base: 'ubuntu:22.04', head: unpacked }).dockerfile).toBeUndefined();
  });
});
