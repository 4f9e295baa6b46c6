import { describe, expect, it } from '@jest/globals';
import { convertText, finalStage } from '../support/convert-text.ts';

const MODULE = 'module example.com/app\n\ngo 1.22\n';
const BUILD = 'FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN CGO_ENABLED=0 go build -o server .\nCMD ["./server"]\n';

/** A program with these imports, whose body follows `main`; further declarations may follow a closing brace. */
function program(imports: string[], body: string): string {
  return `package main\n\nimport (\n${imports.map((path) => `\t"${path}"\n`).join('')})\n\nfunc main() {\n${body}\n}\n`;
}

/** The COPY lines of the final stage that bring anything but the program and what the system gives. */
function copies(main: string, files: Record<string, string>, dockerfile = BUILD): string[] {
  const final = finalStage(convertText(dockerfile, { 'go.mod': MODULE, 'main.go': main, ...files }));
  return final.split('\n').filter((line) => line.startsWith('COPY') && !/ \/(app|src)\/server$| \/(etc|tmp|usr)\b/.test(line));
}

describe('values of names', () => {
  const read = (body: string) => program(['os'], body);
  const data = { 'config.prod.json': '', 'a.txt': '', 'b.csv': '' };
  it.each([
    ['a literal that is but a part', read('\tpath := "config." + os.Getenv("MODE") + ".json"\n\tos.ReadFile(path)')],
    ['a parameter', read('\tname := "a.txt"\n\tload(name)\n}\nfunc load(name string) {\n\tos.ReadFile(name)')],
    ['a range variable', read('\tname := "a.txt"\n\tfor _, name := range os.Args {\n\t\tos.ReadFile(name)\n\t}')],
    ['a variable whose address is taken', read('\tname := "a.txt"\n\tfill(&name)\n\tos.ReadFile(name)')],
    ['a field', read('\tos.ReadFile(config.Name)')],
    ['a function handed on', read('\tuse(os.ReadFile)')],
  ])('counts %s as computed', (_, main) => {
    expect(copies(main, data)).toEqual(['COPY a.txt b.csv config.prod.json /app/']);
  });

  it.each([
    ['a constant', read('\tos.ReadFile(name)\n}\nconst name = "a.txt"\nfunc other() {')],
    ['a variable given literals only', read('\tname := "a.txt"\n\tos.ReadFile(name)')],
    ['a joined constant', program(['os', 'path/filepath'], '\tconst name = "a.txt"\n\tos.ReadFile(filepath.Join(".", name))')],
  ])('follows %s', (_, main) => {
    expect(copies(main, data)).toEqual(['COPY a.txt /app/']);
  });

  it('knows that another file of the package may set a variable', () => {
    const main = read('\tos.ReadFile(name)\n}\nvar name = "a.txt"\nfunc other() {');
    expect(copies(main, { ...data, 'set.go': 'package main\nfunc set(value string) { name = value }\n' })).toEqual(['COPY a.txt b.csv config.prod.json /app/']);
  });
});

describe('what a call opens', () => {
  const serve = (path: string) => program(['net/http'], `\thttp.ListenAndServe(":80", http.FileServer(http.Dir("${path}")))`);
  it.each([
    ['Markdown', program(['os'], '\tos.ReadDir("content/posts")'), { 'content/posts/a.md': '' }, 'COPY content/posts /app/content/posts'],
    ['a directory named vendor', serve('assets'), { 'assets/vendor/x.js': '' }, 'COPY assets /app/assets'],
    ['docs', serve('docs'), { 'docs/index.md': '' }, 'COPY docs /app/docs'],
    ['other letters', program(['os'], '\tos.ReadFile("dict/词典.txt")'), { 'dict/词典.txt': '' }, 'COPY dict/词典.txt /app/dict/'],
    ['an address of SQLite', program(['database/sql'], '\tsql.Open("sqlite", "file:db/seed.db?mode=ro")'), { 'db/seed.db': '' }, 'COPY db/seed.db /app/db/'],
    ['a directory for a file to be', program(['os'], '\tos.OpenFile("logs/a.log", os.O_CREATE, 0o644)'), { 'logs/.gitkeep': '' }, 'COPY logs /app/logs'],
    ['a format', program(['fmt', 'os'], '\tos.ReadFile(fmt.Sprintf("pages/%s.html", os.Args[1]))'), { 'pages/a.html': '' }, 'COPY pages /app/pages'],
    ['blanks', program(['os'], '\tos.ReadFile("data files/a b.txt")'), { 'data files/a b.txt': '' }, 'COPY ["data files/a b.txt", "/app/data files/"]'],
    ['a sign of patterns', program(['os'], '\tos.ReadFile("a[1].txt")'), { 'a[1].txt': '' }, 'COPY a[[]1].txt /app/'],
  ])('is brought: %s', (_, main, files, copy) => {
    expect(copies(main, { ...files, 'notes.txt': '' })).toEqual([copy]);
  });

  it('leaves a package of Go sources', () => {
    expect(copies(program(['os'], '\tos.Stat("store")'), { 'store/store.go': 'package store\n' })).toEqual([]);
  });

  it('is looked for beside the source, beside the program and where a script changes to', () => {
    const web = 'package web\n\nimport "github.com/gobuffalo/packr"\n\nvar Box = packr.NewBox("./pages")\n';
    expect(copies(program(['example.com/app/web'], ''), { 'web/web.go': web, 'web/pages/a.html': '' })).toEqual(['COPY web/pages /app/web/pages']);
    const main = program(['os'], '\tos.ReadFile("a.txt")');
    const aside = 'FROM golang:1.22\nCOPY . /src\nRUN cd /src && CGO_ENABLED=0 go build -o server .\nCMD ["/src/server"]\n';
    expect(copies(main, { 'a.txt': '', 'b.txt': '' }, aside)).toEqual(['COPY a.txt /src/']);
    expect(copies(main, { 'run/a.txt': '', 'b.txt': '' }, BUILD.replace('["./server"]', 'cd run && ../server'))).toContain('COPY run /app/run');
  });
});

describe('calls that only the running program knows the path of', () => {
  const third = (path: string, body: string) => program(['os', path], body);
  it.each([
    ['a method in a chain', program(['html/template', 'os'], '\ttemplate.New("").Funcs(nil).ParseGlob(os.Args[1])')],
    ['certificates', program(['net/http', 'os'], '\thttp.ListenAndServeTLS(":8443", os.Args[1], os.Args[2], nil)')],
    ['a root', program(['os'], '\tos.OpenRoot(os.Args[1])')],
    ['TOML', third('github.com/BurntSushi/toml', '\ttoml.DecodeFile(os.Args[1], nil)')],
    ['a method of a value', third('github.com/spf13/viper', '\tv := viper.New()\n\tv.MergeConfigFile(os.Args[1])')],
    ['a setting', third('github.com/labstack/echo/v4', '\techo.StaticWithConfig(echo.StaticConfig{Root: os.Args[1]})')],
    ['migrations', third('github.com/golang-migrate/migrate/v4', '\tmigrate.New("file://" + os.Args[1], "")')],
    ['a provider', third('github.com/knadh/koanf/providers/file', '\tk.Load(file.Provider(os.Args[1]), nil)')],
    ['a list', third('example.org/i18n', '\ti18n.LoadFiles([]string{os.Args[1]})')],
    ['SQLite by sqlx', third('github.com/jmoiron/sqlx', '\tsqlx.Connect("sqlite3", os.Args[1])')],
    ['SQLite', third('github.com/mattn/go-sqlite3', '\tsql.Open("sqlite3", os.Args[1])').replace('import (', 'import (\n\t"database/sql"')],
  ])('keep the data files: %s', (_, main) => {
    expect(copies(main, { 'data.csv': '', 'pages/a.md': '', 'README.md': '', 'docs/a.html': '' })).toEqual([
      'COPY README.md data.csv /app/',
      'COPY docs /app/docs',
      'COPY pages /app/pages',
    ]);
  });

  it.each([
    ['strings of paths', program(['path/filepath', 'os'], '\tfilepath.Base(os.Args[1])')],
    [
      'an embedded file system',
      program(['embed', 'html/template'], '\ttemplate.ParseFS(files, name)\n}\nvar files embed.FS\nfunc read(name string) {\n\tfiles.ReadFile(name)'),
    ],
    ['its own functions', third('github.com/gin-gonic/gin', '\ts.LoadUser(os.Args[1])\n}\nfunc (s S) LoadUser(name string) {')],
    ['a database of the network', third('gorm.io/driver/postgres', '\tgorm.Open(postgres.Open(os.Args[1]), &gorm.Config{})')],
    ['settings of a client', third('github.com/aws/aws-sdk-go-v2/service/s3', '\ts3.NewFromConfig(settings)')],
    ['MySQL', program(['database/sql', 'os'], '\tsql.Open("mysql", os.Args[1])')],
    ['uploads', third('github.com/gin-gonic/gin', '\tc.FormFile(os.Args[1])')],
  ])('are told from %s', (_, main) => {
    expect(copies(main, { 'data.csv': '' })).toEqual([]);
  });

  it('keep nothing that surrounds the sources', () => {
    const around = {
      Makefile: '',
      'compose.yaml': '',
      '.github/workflows/ci.yml': '',
      'docs/docs.go': 'package docs\n',
      'docs/README.md': '',
      'api/api.go': 'package api\n',
      'api/README.md': '',
    };
    expect(copies(program(['os'], '\tos.ReadFile(os.Args[1])'), around)).toEqual([]);
  });

  it('keep what tells of the program', () => {
    const told = { LICENSE: '', 'README.md': '', 'docs/a.json': '', 'api/api.go': 'package api\n' };
    expect(copies(program(['os'], '\tos.ReadFile(os.Args[1])'), told)).toEqual(['COPY LICENSE README.md /app/', 'COPY docs /app/docs']);
  });
});

describe('what the start names', () => {
  const quiet = program(['fmt'], '\tfmt.Println("hello")');

  it('takes the values of ENV', () => {
    expect(copies(quiet, { 'conf/app.toml': '', 'notes.txt': '' }, BUILD.replace('CMD', 'ENV APP_CONFIG=/app/conf/app.toml\nCMD'))).toEqual([
      'COPY conf/app.toml /app/conf/',
    ]);
  });

  it('takes what a script reads, sets and loops over', () => {
    const script = '#!/bin/sh\nsed s/a/b/ < config.tmpl > /tmp/config.yml\nexport SEEDS=seeds\nfor f in sql/*.sql; do cat "$f"; done\nexec ./server\n';
    const files = { 'entry.sh': script, 'config.tmpl': '', 'seeds/a.csv': '', 'sql/a.sql': '', 'notes.txt': '' };
    expect(copies(quiet, files, BUILD.replace('./server', './entry.sh'))).toEqual([
      'COPY config.tmpl entry.sh /app/',
      'COPY seeds /app/seeds',
      'COPY sql /app/sql',
    ]);
  });

  it('takes no directory for a program on PATH', () => {
    const dockerfile = 'FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /bin/svc ./svc\nCMD ["svc"]\n';
    expect(copies(quiet, { 'svc/main.go': quiet, 'svc/notes.txt': '' }, dockerfile).join('\n')).not.toContain('notes.txt\n');
    expect(copies(quiet, { 'svc/main.go': quiet, 'svc/notes.txt': '' }, dockerfile)).not.toContain('COPY svc /app/svc');
  });
});

it('brings shared libraries of the context where a program is linked to C', () => {
  const main = 'package main\n\n// #cgo LDFLAGS: -L${SRCDIR}/lib -lfoo\nimport "C"\n\nfunc main() {}\n';
  expect(copies(main, { 'lib/libfoo.so.1': '', 'lib/foo.h': '' }, BUILD.replace('CGO_ENABLED=0 ', ''))).toEqual(['COPY lib/libfoo.so.1 /app/lib/']);
});

it('brings from a generator of sources nothing that it may not make', () => {
  const dockerfile = BUILD.replace('RUN CGO', 'RUN protoc --go_out=. api/x.proto\nRUN CGO').replace(
    'WORKDIR',
    'RUN apt-get update && apt-get install -y protobuf-compiler\nWORKDIR',
  );
  expect(copies(program(['net/http', 'os'], '\tw.Write([]byte("x"))\n\tos.ReadFile("config.json")'), { 'api/x.proto': '' }, dockerfile)).toEqual([]);
});
