import { describe, expect, it } from '@jest/globals';
import { convertText, finalStage } from '../support/convert-text.ts';

const HELLO = 'package main\nimport "fmt"\nfunc main() { fmt.Println("hello") }\n';
const SERVER = 'package main\nimport "net/http"\nfunc main() { http.ListenAndServe(":8080", nil) }\n';
const MODULE = 'module example.com/app\n\ngo 1.22\n';

describe('static programs', () => {
  it('takes scratch where cgo is off', () => {
    const dockerfile = 'FROM golang:1.22\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /bin/app .\nCMD ["/bin/app"]\n';
    expect(finalStage(convertText(dockerfile, { 'go.mod': MODULE, 'main.go': SERVER }))).toBe(
      'FROM scratch\nWORKDIR /src\nCOPY --from=builder /bin/app /bin/app\nCMD ["/bin/app"]\n',
    );
  });

  it('keeps libc of the builder where net is linked with cgo', () => {
    const dockerfile = 'FROM golang:1.21.0\nWORKDIR /src\nCOPY . .\nRUN go build -o /bin/app .\nCMD ["/bin/app"]\n';
    expect(finalStage(convertText(dockerfile, { 'go.mod': MODULE, 'main.go': SERVER }))).toContain('FROM debian:bookworm-slim\n');
  });

  it('knows that Alpine without a C compiler builds static programs only from Go 1.20 on', () => {
    const build = (version: string) => `FROM golang:${version}-alpine\nWORKDIR /src\nCOPY . .\nRUN go build -o /bin/app .\nCMD ["/bin/app"]\n`;
    expect(finalStage(convertText(build('1.20'), { 'go.mod': MODULE, 'main.go': SERVER }))).toContain('FROM scratch\n');
    expect(finalStage(convertText(build('1.19'), { 'go.mod': MODULE, 'main.go': SERVER }))).toContain('FROM alpine:3.18\n');
  });

  it('pins a floating builder to the release of the final base', () => {
    const dockerfile = 'FROM golang\nWORKDIR /src\nCOPY . .\nRUN go build -o /bin/app .\nCMD ["/bin/app"]\n';
    const { dockerfile: text = '' } = convertText(dockerfile, { 'go.mod': MODULE, 'main.go': SERVER });
    const [, release] = /^FROM golang:(\w+) AS builder$/m.exec(text) ?? [];
    expect(release).toBeDefined();
    expect(text).toContain(`FROM debian:${release}-slim\n`);
  });
});

describe('what the program reads', () => {
  const build = 'FROM golang:1.22-alpine\nWORKDIR /app\nCOPY . .\nRUN go build -o main .\nCMD ["./main"]\n';
  const program = (body: string, imports: string) => `package main\nimport (${imports})\nfunc main() { ${body} }\n`;

  it('copies what literals name', () => {
    const main = program('os.ReadFile("conf/app.yaml"); template.ParseGlob("views/*.html")', '"os"; "html/template"');
    const files = { 'go.mod': MODULE, 'main.go': main, 'conf/app.yaml': 'a: 1', 'conf/other.yaml': '', 'views/a.html': '', 'notes.txt': '' };
    expect(finalStage(convertText(build, files))).toContain('COPY conf/app.yaml /app/conf/\nCOPY views /app/views\n');
  });

  it('copies nothing that is embedded', () => {
    const main = 'package main\nimport ("embed"; "html/template")\n//go:embed web/*\nvar web embed.FS\nfunc main() { template.ParseFS(web, "web/a.html") }\n';
    expect(finalStage(convertText(build, { 'go.mod': MODULE, 'main.go': main, 'web/a.html': '' }))).not.toContain('COPY web');
  });

  it('keeps all data files where a path is computed', () => {
    const main = program('os.Open(os.Args[1])', '"os"');
    expect(finalStage(convertText(build, { 'go.mod': MODULE, 'main.go': main, 'data.csv': '', 'README.md': '' }))).toContain('COPY README.md data.csv /app/\n');
  });

  it('keeps the whole directory where it is served', () => {
    const main = program('http.ListenAndServe(":80", http.FileServer(http.Dir(".")))', '"net/http"');
    expect(finalStage(convertText(build, { 'go.mod': MODULE, 'main.go': main, 'index.html': '' }))).toContain('COPY . .\n');
  });

  it('brings files that a RUN made among the sources', () => {
    const main = program('os.ReadFile("version.txt")', '"os"');
    const dockerfile = build.replace('RUN go build', 'RUN echo 1.2 > version.txt\nRUN go build');
    expect(finalStage(convertText(dockerfile, { 'go.mod': MODULE, 'main.go': main }))).toContain('COPY --from=builder /app/version.txt /app/version.txt\n');
  });

  it('brings time zones, certificates and a place for temporary files', () => {
    const main = program('time.LoadLocation("Asia/Tokyo"); http.Get("https://example.com"); os.CreateTemp("", "x")', '"time"; "net/http"; "os"');
    const final = finalStage(convertText(build, { 'go.mod': MODULE, 'main.go': main }));
    for (const path of ['/etc/ssl/certs/ca-certificates.crt', '/usr/local/go/lib/time/zoneinfo.zip', '/tmp'])
      expect(final).toContain(`COPY --from=builder ${path} `);
  });

  it('installs a program that the source starts', () => {
    const main = program('exec.Command("git", "log").Run()', '"os/exec"');
    const dockerfile = build.replace('golang:1.22-alpine', 'golang:1.22-bookworm');
    expect(finalStage(convertText(dockerfile, { 'go.mod': MODULE, 'main.go': main }))).toContain('apt-get install -y --no-install-recommends git ');
  });
});

describe('the system around the program', () => {
  const files = { 'go.mod': MODULE, 'main.go': HELLO };

  it('keeps users, owners and directories made for the program', () => {
    const dockerfile =
      'FROM golang:1.22-alpine\nRUN apk add --no-cache git make && adduser -D -u 1000 app\nWORKDIR /app\nCOPY . .\nRUN go build -o main . && mkdir -p logs && chown -R app /app\nUSER app\nCMD ["./main"]\n';
    expect(finalStage(convertText(dockerfile, files))).toBe(
      'FROM alpine:3.21\nRUN adduser -D -u 1000 app\nWORKDIR /app\nRUN mkdir -p logs \\\n    && chown -R app /app\nCOPY --from=builder --chown=app:root /app/main /app/main\nUSER app\nCMD ["./main"]\n',
    );
  });

  it('works in the directory that the base image sets', () => {
    const dockerfile = 'FROM golang:1.22-alpine\nCOPY . .\nRUN go build -o bin/app main.go\nCMD ["./bin/app"]\n';
    expect(finalStage(convertText(dockerfile, files))).toBe('FROM scratch\nWORKDIR /go\nCOPY --from=builder /go/bin/app /go/bin/app\nCMD ["./bin/app"]\n');
  });

  it('sets variables of the old base that the final stage names', () => {
    const dockerfile = 'FROM golang:1.13\nADD . $GOPATH/src/app\nWORKDIR $GOPATH/src/app\nRUN go build -o main .\nCMD $GOPATH/src/app/main\n';
    expect(finalStage(convertText(dockerfile, { 'main.go': HELLO }))).toContain('FROM debian:buster-slim\nENV GOPATH=/go\nWORKDIR $GOPATH/src/app\n');
  });

  it('finds a program that go install put on the PATH of the builder', () => {
    const dockerfile = 'FROM golang:1.22-alpine\nWORKDIR /src\nCOPY . .\nRUN go install ./...\nENTRYPOINT ["app"]\n';
    const final = finalStage(convertText(dockerfile, files));
    expect(final).toContain('ENV PATH=/go/bin:/usr/local/sbin:');
    expect(final).toContain('COPY --from=builder /go/bin/app /go/bin/app\n');
  });

  it('follows a Makefile and leaves the make target behind as a whole', () => {
    const makefile = 'build: tidy\n\t@mkdir -p bin\n\tCGO_ENABLED=0 go build -o bin/app .\ntidy:\n\tgo mod tidy\n';
    const dockerfile = 'FROM golang:1.22-alpine\nRUN apk add make\nWORKDIR /src\nCOPY . .\nRUN make build\nCMD ["/src/bin/app"]\n';
    expect(finalStage(convertText(dockerfile, { ...files, Makefile: makefile }))).toBe(
      'FROM scratch\nWORKDIR /src\nCOPY --from=builder /src/bin /src/bin\nCMD ["/src/bin/app"]\n',
    );
  });

  it('starts through a launcher that was downloaded with its own libc', () => {
    const dockerfile =
      'FROM golang:1.22-bookworm\nRUN wget -O /usr/local/bin/dumb-init https://example.com/d && chmod +x /usr/local/bin/dumb-init\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /srv .\nENTRYPOINT ["dumb-init", "--"]\nCMD ["/srv"]\n';
    const final = finalStage(convertText(dockerfile, files));
    expect(final).toContain('FROM debian:bookworm-slim\n');
    expect(final).toContain('COPY --from=builder /usr/local/bin/dumb-init /usr/local/bin/dumb-init\n');
  });

  it('gives the final stage a name that does not say that it builds', () => {
    const dockerfile = 'FROM golang:1.22-alpine AS production\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nCMD ["/app"]\n';
    expect(convertText(dockerfile, files).dockerfile).toMatch(/^FROM golang:1.22-alpine AS builder\n[\s\S]*\nFROM scratch AS production\n/);
  });
});

describe('go run at start', () => {
  const dockerfile = 'FROM golang:1.22\nWORKDIR /src\nCOPY . .\nCMD go run main.go -v\n';
  const files = { 'go.mod': MODULE, 'main.go': HELLO };

  it('is refused with the name that allows it', () => {
    expect(convertText(dockerfile, files)).toMatchObject({
      outcome: 'refused',
      code: 'build-tool-at-start',
      line: 4,
      help: expect.stringContaining('--allow go-run'),
    });
  });

  it('is built once where allowed', () => {
    expect(finalStage(convertText(dockerfile, files, { allow: ['go-run'] }))).toBe(
      'FROM scratch\nWORKDIR /src\nCOPY --from=builder /src/main /src/main\nCMD ["/src/main", "-v"]\n',
    );
  });
});

describe('several builds', () => {
  const files = {
    'back/go.mod': MODULE,
    'back/main.go': HELLO,
    'front/package.json': '{"scripts":{"build":"node b.js"}}',
    'front/package-lock.json': '{}',
    'front/b.js': '',
  };
  const dockerfile =
    'FROM golang:1.22\nRUN apt-get update && apt-get install -y nodejs npm\nWORKDIR /src/back\nCOPY back/ .\nRUN CGO_ENABLED=0 go build -o /app/server .\nWORKDIR /src/front\nCOPY front/ .\nRUN npm ci && npm run build\nRUN cp -r dist /app/static\nWORKDIR /app\nCMD ["/app/server"]\n';

  it('stand in stages of their own that build side by side', () => {
    const { dockerfile: text = '' } = convertText(dockerfile, files);
    expect(text).toMatch(/FROM golang:1.22 AS base\n[\s\S]*FROM base AS back-builder\n[\s\S]*FROM base AS front-builder\n/);
    expect(text).toContain('COPY --from=back-builder /app/server /app/server\nCOPY --from=front-builder /app/static /app/static\n');
  });
});
