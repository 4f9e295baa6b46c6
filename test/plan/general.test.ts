import { describe, expect, it } from '@jest/globals';
import { builderStage, convertText, finalStage } from '../support/convert-text.ts';

const C = { 'server.c': '#include <stdio.h>\nint main(void) { puts("hello"); return 0; }\n' };
const finalOf = (dockerfile: string, files: Record<string, string> = C) => finalStage(convertText(dockerfile, files));
const outcomeOf = (dockerfile: string, files: Record<string, string> = C) => {
  const { code, message } = convertText(dockerfile, files);
  return `${code}: ${message}`;
};

const lines = (...text: string[]) => `${text.join('\n')}\n`;

describe('what the image of a compiler builds', () => {
  const server = (build: string, from = 'gcc:13-bookworm') => lines(`FROM ${from}`, 'WORKDIR /app', 'COPY . .', `RUN ${build}`, 'CMD ["./server"]');

  it('goes into the plain image of its release', () => {
    expect(finalOf(server('gcc -O2 -o server server.c -lm'))).toBe(
      lines('FROM debian:bookworm-slim', 'WORKDIR /app', 'COPY . .', 'COPY --from=builder /app/server /app/server', 'CMD ["./server"]'),
    );
  });

  it('has the builder list what it links to, where that is more than the C library', () => {
    const converted = convertText(server('gcc -o server server.c -lcurl'), C);
    expect(builderStage(converted)).toContain('find /app/server -type f -exec ldd');
    expect(finalStage(converted)).toMatch(/COPY --from=builder \/tmp\/linked\/lib\/ \/usr\/local\/lib\/\nCOPY --from=builder \/tmp\/linked\/packages/);
  });

  it('has it listed for C++, whose library is that of the image', () => {
    expect(builderStage(convertText(server('g++ -o server server.cpp'), { 'server.cpp': 'int main() {}' }))).toContain('ldd');
  });

  it.each([
    ['computes the programs that it starts', 'system(command);'],
    ['starts programs by their path', 'execv(path, args);'],
    ['loads libraries by name', 'dlopen("libplugin.so", 1);'],
  ])('stays in its image where it %s', (_, code) => {
    expect(outcomeOf(server('gcc -o server server.c'), { 'server.c': `int main(void) { ${code} }` })).toMatch(/^nothing-to-gain/);
  });

  it.each([
    ['a script of another language', { 'tool.py': '#!/usr/bin/env python3\nprint(1)\n' }, './tool.py', /^nothing-to-gain/],
    ['a script that is not there', {}, './tool.sh', /^nothing-to-gain/],
    ['a shell to type into', {}, '/bin/sh', /^converted/],
    ['a script that calls what every image has', { 'tool.sh': '#!/bin/sh\nls /\n' }, './tool.sh', /^converted/],
    ['a script that compiles', { 'tool.sh': '#!/bin/sh\ngcc x.c\n' }, './tool.sh', /^nothing-to-gain/],
  ])('follows what a source hands to a shell: %s', (_, files, called, outcome) => {
    expect(outcomeOf(server('gcc -o server server.c'), { 'server.c': `int main(void) { return system("${called}"); }`, ...files })).toMatch(outcome);
  });

  it('brings the programs that it starts', () => {
    expect(finalOf(server('gcc -o server server.c'), { 'server.c': 'int main(void) { return system("git --version"); }' })).toContain(
      'apt-get install -y --no-install-recommends git',
    );
  });

  it('keeps a digest, for that of another image is not known', () => {
    expect(outcomeOf(server('gcc -o server server.c', `gcc:13@sha256:${'a'.repeat(64)}`))).toMatch(/^nothing-to-gain/);
  });
});

describe('a distribution with compilers', () => {
  it('stays, without the compilers', () => {
    const final = finalOf(
      lines(
        'FROM ubuntu:22.04',
        'RUN apt-get update && apt-get install -y build-essential cmake libssl-dev git jq',
        'WORKDIR /app',
        'COPY . .',
        'RUN cmake . && make',
        'CMD ["./server"]',
      ),
    );
    expect(final).toContain('FROM ubuntu:22.04\n');
    expect(final).toMatch(/apt-get install -y (?=.*\blibssl3\b)(?=.*\bjq\b)/);
    expect(final).not.toMatch(/build-essential|cmake|libssl-dev|git/);
    expect(final).toContain('COPY --from=builder /app /app\n');
  });

  it('gets what is installed under a prefix, and tells the loader after it is there', () => {
    const final = finalOf(
      lines(
        'FROM debian:bookworm',
        'RUN apt-get update && apt-get install -y gcc make wget libpcre2-dev \\',
        ' && wget -O /tmp/a.tar.gz https://example.org/a.tar.gz && tar -xzf /tmp/a.tar.gz -C /tmp && cd /tmp/a-1.0 \\',
        ' && ./configure && make -j4 && make install && ldconfig && useradd a && rm -rf /tmp/a*',
        'CMD ["a"]',
      ),
    );
    expect(final).toMatch(/apt-get install -y .*wget .*libpcre2[\s\S]*COPY --from=builder \/usr\/local \/usr\/local[\s\S]*ldconfig[\s\S]*useradd a/);
    expect(final).not.toMatch(/\b(gcc|make|configure)\b/);
  });

  it('says again who a part of what crosses belongs to', () => {
    const final = finalOf(
      lines(
        'FROM debian:bookworm',
        'RUN apt-get update && apt-get install -y gcc make',
        'COPY . /src',
        'RUN useradd a',
        'RUN cd /src && ./configure --prefix=/opt/a && make && make install && mkdir -p /opt/a/data && chown -R a /opt/a/data',
        'USER a',
        'CMD ["/opt/a/bin/a"]',
      ),
    );
    expect(final).toMatch(/COPY --from=builder \/opt\/a \/opt\/a[\s\S]*chown -R a \/opt\/a\/data/);
    expect(final).not.toContain('/src');
  });

  it('keeps compilers where something is compiled again', () => {
    const dockerfile = lines(
      'FROM debian:bookworm',
      'RUN apt-get update && apt-get install -y gcc make ruby ruby-dev',
      'RUN gem install puma',
      'COPY . /app',
      'RUN cd /app && gcc -o a server.c',
      'CMD ["/app/a"]',
    );
    expect(outcomeOf(dockerfile)).toMatch(/^nothing-to-gain/);
  });

  it('keeps where its packages come from, and what sets that up', () => {
    const final = finalOf(
      lines(
        'FROM ubuntu:22.04',
        'RUN apt-get update && apt-get install -y curl gnupg g++',
        'RUN curl -fsSL https://example.org/key.asc | gpg --dearmor -o /usr/share/keyrings/x.gpg && echo "deb [signed-by=/usr/share/keyrings/x.gpg] https://example.org/apt jammy main" > /etc/apt/sources.list.d/x.list',
        'RUN apt-get update && apt-get install -y xserver-x',
        'COPY . /app',
        'RUN g++ -o /app/server /app/server.cpp',
        'CMD ["/app/server"]',
      ),
      { 'server.cpp': 'int main() {}' },
    );
    expect(final).toMatch(/install -y curl gnupg[\s\S]*gpg --dearmor[\s\S]*sources.list.d\/x.list[\s\S]*xserver-x/);
  });
});

describe('what is refused', () => {
  const built = (...rest: string[]) =>
    lines('FROM debian:bookworm', 'RUN apt-get update && apt-get install -y gcc make', 'COPY . /app', 'RUN cd /app && gcc -o server server.c', ...rest);

  it.each([
    ['a shell at start', built('CMD ["bash"]'), 'unknown-start', 'waits for'],
    ['no start at all', built(), 'no-start-command', ''],
    ['a script that is not there', built('CMD ["sh", "/run.sh"]'), 'unknown-start', '/run.sh'],
    ['a program that nothing makes', built('CMD ["/app/other"]'), 'unknown-start', '/app/other'],
    [
      'a build in the root',
      lines('FROM debian:bookworm', 'RUN apt-get update && apt-get install -y make gcc', 'COPY . .', 'RUN make', 'CMD ["/server"]'),
      'tree-is-root',
      '`/`',
    ],
    ['an install into the system', built('RUN cd /app && ./configure --prefix=/usr && make install', 'CMD ["/app/server"]'), 'unknown-command', '/usr'],
    ['make at start', built('CMD make run'), 'build-tool-at-start', 'make run'],
    [
      'an unknown image that says nothing of its directory',
      lines('FROM example.org/base:1', 'COPY . .', 'RUN gcc -o server server.c', 'CMD ["./server"]'),
      'unknown-base',
      'example.org/base',
    ],
  ])('%s', (_, dockerfile, code, text) => {
    expect(outcomeOf(dockerfile)).toMatch(new RegExp(`^${code}: .*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
  });
});

describe('what is left as it is', () => {
  it.each([
    ['a shell over installed packages', lines('FROM ubuntu:22.04', 'RUN apt-get update && apt-get install -y vim', 'CMD ["bash"]')],
    ['a server of the distribution', lines('FROM ubuntu:22.04', 'RUN apt-get update && apt-get install -y nginx', 'CMD ["nginx", "-g", "daemon off;"]')],
    ['the image of a server with pages', lines('FROM nginx', 'COPY . /usr/share/nginx/html')],
    ['a script of a language that has no module', lines('FROM ruby:3.3', 'WORKDIR /app', 'COPY . .', 'CMD ["ruby", "app.rb"]')],
    [
      'compilers that the same RUN takes away again',
      lines(
        'FROM alpine:3.20',
        'COPY . /src',
        'RUN apk add --no-cache --virtual .build gcc musl-dev && gcc -o /usr/local/bin/a /src/server.c && apk del .build',
        'CMD ["a"]',
      ),
    ],
  ])('%s', (_, dockerfile) => {
    expect(outcomeOf(dockerfile)).toMatch(/^nothing-to-gain/);
  });
});

describe('an unknown image', () => {
  it('serves as its own successor where the Dockerfile says what holds in it', () => {
    const final = finalOf(
      lines(
        'FROM example.org/base:1',
        'RUN apt-get update && apt-get install -y gcc make libc6-dev',
        'WORKDIR /app',
        'COPY . .',
        'RUN gcc -o server server.c',
        'CMD ["./server"]',
      ),
    );
    expect(final).toContain('FROM example.org/base:1\n');
    expect(final).toContain('COPY --from=builder /app/server /app/server');
  });
});

describe('cargo', () => {
  it('leaves what it compiled on the way', () => {
    const final = finalOf(lines('FROM rust:1.80-bookworm', 'WORKDIR /app', 'COPY . .', 'RUN cargo build --release', 'CMD ["./target/release/greeter"]'), {
      'Cargo.toml': '[package]\nname = "greeter"\nversion = "0.1.0"\n',
      'src/main.rs': 'fn main() { println!("hello"); }\n',
    });
    expect(final).toContain('FROM debian:bookworm-slim\n');
    expect(final).toContain('COPY --from=builder /app/target/release/greeter /app/target/release/greeter\n');
  });
});

describe('an archive that was unpacked', () => {
  const from = (start: string, ...more: string[]) =>
    lines(
      'FROM debian:bookworm',
      'RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl gcc libc6-dev make',
      'RUN curl -fsSLO https://example.org/hello-1.0.tar.gz',
      'RUN tar xzf hello-1.0.tar.gz',
      'RUN cd hello-1.0 && ./configure --prefix=/opt/hello && make && make install',
      ...more,
      `CMD ["${start}"]`,
    );

  it('stays behind', () => {
    expect(finalOf(from('/opt/hello/bin/hello'))).not.toContain('hello-1.0.tar.gz');
  });

  it('comes along where something names it', () => {
    expect(finalOf(from('/opt/hello/bin/hello', 'ENV SOURCES=/hello-1.0.tar.gz'))).toContain('COPY --from=builder /hello-1.0.tar.gz /hello-1.0.tar.gz\n');
  });
});
