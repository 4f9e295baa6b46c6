import { describe, expect, it } from '@jest/globals';
import { convertText, finalStage } from '../support/convert-text.ts';

const program = (body: string, imports: string) => `package main\nimport (${imports})\n${body}\n`;

function finalOf(main: string, more: { head?: string; tail?: string; files?: Record<string, string>; base?: string } = {}): string {
  const dockerfile = `FROM ${more.base ?? 'golang:1.22'}\n${more.head ?? ''}WORKDIR /app\nCOPY . .\nRUN CGO_ENABLED=0 go build -o server .\n${more.tail ?? 'CMD ["./server"]\n'}`;
  return finalStage(convertText(dockerfile, { 'go.mod': 'module a\n\ngo 1.22\n', 'main.go': main, ...more.files }));
}

describe('programs that the source starts', () => {
  it.each([
    ['by a constant', 'const git = "git"\nfunc main() { exec.Command(git, "version").Run() }', '"os/exec"'],
    ['with a context', 'func main() { exec.CommandContext(ctx, "git", "log").Run() }', '"os/exec"'],
    ['in the text of a shell', 'func main() { exec.Command("sh", "-c", "git log | head").Run() }', '"os/exec"'],
    ['in a script of the context', 'func main() { exec.Command("bash", "scripts/info.sh").Run() }', '"os/exec"'],
    ['in its own place', 'func main() { syscall.Exec("/usr/bin/git", nil, nil) }', '"syscall"'],
  ])('are installed where they are named %s', (_, body, imports) => {
    expect(finalOf(program(body, imports), { files: { 'scripts/info.sh': 'git describe\n' } })).toMatch(/install -y --no-install-recommends[^\n]* git /);
  });

  it('are perhaps those of ENV where they are computed', () => {
    const main = program('func main() { exec.Command(os.Getenv("TOOL")).Run() }', '"os"; "os/exec"');
    expect(finalOf(main, { head: 'ENV TOOL=git\n' })).toContain('--no-install-recommends git');
  });

  it('stay installed where nobody can tell which they are', () => {
    const main = program('func main() { exec.Command("sh", "-c", os.Args[1]).Run() }', '"os"; "os/exec"');
    expect(finalOf(main, { base: 'golang:1.22-alpine', head: 'RUN apk add --no-cache curl jq\n' })).toContain('RUN apk add --no-cache curl jq\n');
  });

  it.each([
    ['the environment', 'exec.Command(os.Getenv("TOOL")).Run()'],
    ['arguments', 'exec.Command(os.Args[1], os.Args[2:]...).Run()'],
    ['a text', 'f := strings.Fields(read())\n\texec.Command(f[0], f[1:]...).Run()'],
    ['a field', 'exec.Command(settings.Hook).Run()'],
    ['the text of a shell', 'exec.Command("sh", "-c", read()).Run()'],
    ['a parameter', 'run(os.Args[1])\n}\nfunc run(name string) {\n\texec.Command(name).Run()'],
    ['a parameter of a function that others call', 'run("git")\n}\nfunc run(name string) {\n\texec.Command(name).Run()', 'func other() { run(os.Args[2]) }'],
  ])('hold the image where only the running program knows them: from %s', (_, body, other = '') => {
    const files = { 'other.go': program(other, '"os"') };
    expect(finalOf(program(`func main() {\n\t${body}\n}`, '"os"; "os/exec"; "strings"'), { files })).toMatch(/^no-base-fits.*only the running program knows/);
  });

  it.each([
    ['its own', 'exec.Command(os.Args[0], "child").Run()'],
    ['a list', 'for _, name := range []string{"git", "hg"} {\n\t\texec.LookPath(name)\n\t}'],
    ['a parameter', 'run("git", "log")\n}\nfunc run(words ...string) {\n\texec.Command(words[0], words[1:]...).Run()'],
    ['what was looked for', 'path, err := exec.LookPath("git")\n\texec.Command(path).Run()'],
    ['a format', 'exec.Command("sh", "-c", fmt.Sprintf("git show %s", id)).Run()'],
  ])('are told by literals: %s', (_, body) => {
    expect(finalOf(program(`func main() {\n\t${body}\n}`, '"os"; "os/exec"; "fmt"'))).toContain('FROM debian:bookworm-slim');
  });

  it('are those of the command lines of ENV', () => {
    const main = program('func main() { exec.Command("sh", "-c", os.Getenv("HOOK")).Run() }', '"os"; "os/exec"');
    expect(finalOf(main, { head: 'ENV HOOK="git fetch; hg pull"\n' })).toContain('--no-install-recommends git mercurial');
  });

  it('are tools of go install too', () => {
    const tail = 'RUN go install example.com/goose@v3\nCOPY run.sh .\nCMD ["sh", "run.sh"]\n';
    const main = program('func main() { println(1) }', '');
    expect(finalOf(main, { tail, files: { 'run.sh': 'goose up\nexec ./server\n' } })).toContain('COPY --from=builder /go/bin/goose /go/bin/goose\n');
  });
});

describe('places of the system', () => {
  it('are those of a base that has them', () => {
    expect(finalOf(program('func main() { os.WriteFile("/var/run/a.pid", nil, 0o600) }', '"os"'))).toContain('FROM debian:bookworm-slim\n');
    expect(finalOf(program('func main() { d, _ := os.UserHomeDir(); os.Mkdir(d+"/.a", 0o700) }', '"os"'))).toContain('FROM debian:bookworm-slim\n');
  });

  it('are a copy where that is enough', () => {
    expect(finalOf(program('func main() { os.WriteFile("/tmp/a", nil, 0o600) }', '"os"'))).toContain('COPY --from=builder /tmp /tmp\n');
  });

  it('are the zones of the system where -trimpath hides those of Go', () => {
    const dockerfile = 'FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN CGO_ENABLED=0 go build -trimpath -o server .\nCMD ["./server"]\n';
    const main = program('func main() { time.LoadLocation("Asia/Tokyo") }', '"time"');
    expect(finalStage(convertText(dockerfile, { 'go.mod': 'module a\n\ngo 1.22\n', 'main.go': main }))).toContain(
      'COPY --from=builder /usr/share/zoneinfo /usr/share/zoneinfo\n',
    );
  });

  it('are variables of the old base that the source reads', () => {
    expect(finalOf(program('func main() { println(os.Getenv("GOPATH")) }', '"os"'))).toContain('ENV GOPATH=/go\n');
  });
});

describe('the start command', () => {
  it('goes through a script that waits, and what the script needs is there', () => {
    const tail = 'COPY wait-for.sh .\nENTRYPOINT ["./wait-for.sh", "db:1", "--", "./server"]\n';
    const final = finalOf(program('func main() { println(1) }', ''), {
      tail,
      files: { 'wait-for.sh': '#!/bin/sh\nuntil curl -s "$1"; do sleep 1; done\nshift 2\nexec "$@"\n' },
    });
    expect(final).toContain('FROM debian:bookworm-slim\n');
    expect(final).toContain('--no-install-recommends curl');
  });

  it('needs the shell of its script', () => {
    const tail = 'ENTRYPOINT ["./entry.sh"]\n';
    expect(finalOf(program('func main() { println(1) }', ''), { tail, files: { 'entry.sh': '#!/bin/sh\nexec ./server\n' } })).toContain(
      'FROM debian:bookworm-slim\n',
    );
  });

  it('installs the program that makes the user, where the base lacks it', () => {
    const final = finalOf(program('func main() { println(1) }', ''), {
      base: 'golang:1.26-trixie',
      head: 'RUN adduser --disabled-password --gecos "" app\n',
      tail: 'USER app\nCMD ./server\n',
    });
    expect(final).toContain('--no-install-recommends adduser');
  });

  it('says that nothing makes the program', () => {
    const dockerfile = 'FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN go build -o main .\nCMD ["./app"]\n';
    expect(convertText(dockerfile, { 'go.mod': 'module a\n', 'main.go': program('func main() {}', '') })).toMatchObject({
      code: 'unknown-start',
      line: 5,
      message: expect.stringContaining('./app'),
    });
  });
});

describe('paths that are put together', () => {
  it.each(['"/etc"', '"/etc/"', '"/usr"', '`/var/`'])('from %s keep a distribution', (folder) => {
    expect(finalOf(program(`func main() { os.ReadFile(filepath.Join(${folder}, os.Args[1])) }`, '"os"; "path/filepath"'))).toContain(
      'FROM debian:bookworm-slim\n',
    );
  });

  it.each(['"/home"', '"/"', '"/api"'])('from %s are those of a server', (route) => {
    expect(finalOf(program(`func main() { http.HandleFunc(${route}, nil) }`, '"net/http"'))).toContain('FROM scratch\n');
  });
});
