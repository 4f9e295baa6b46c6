import { describe, expect, it } from '@jest/globals';
import { parseDockerfile } from '../../src/parse/dockerfile.ts';
import { expectLossless } from '../support/invariants.ts';

/** Each form of an instruction, and what is read of it. */
const forms: [form: string, text: string, read: Record<string, unknown>][] = [
  [
    'FROM with a flag, registry, digest and name',
    'FROM --platform=$BUILDPLATFORM r.example.com:5000/a/b@sha256:12 AS x',
    { value: 'r.example.com:5000/a/b@sha256:12 AS x' },
  ],
  ['RUN in shell form', 'RUN a && b', { value: 'a && b', shell: { text: 'a && b\n', start: 4 } }],
  ['RUN in JSON form', 'RUN ["a", "b c"]', { exec: ['a', 'b c'] }],
  ['RUN with a broken JSON form', "RUN ['a']", { value: "['a']", shell: { text: "['a']\n" } }],
  [
    'RUN with flags over lines',
    'RUN --mount=type=cache,target=/x \\\n  --network=none \\\n  a',
    {
      value: 'a',
      flags: [
        { name: 'mount', value: 'type=cache,target=/x' },
        { name: 'network', value: 'none' },
      ],
    },
  ],
  ['a flag with quotes', 'RUN --mount=type=secret,id="a b" c', { value: 'c', flags: [{ name: 'mount', value: 'type=secret,id="a b"' }] }],
  ['the end of flags', 'CMD -- --not-a-flag', { value: '--not-a-flag', flags: [] }],
  ['RUN with a heredoc', 'RUN <<EOF\na\nEOF', { heredocs: [{ name: 'EOF', body: 'a\n' }], shell: { text: 'a\n', start: 10 } }],
  [
    'RUN with a heredoc after flags over lines',
    'RUN --mount=type=ssh \\\n  <<EOF\na\nEOF',
    { heredocs: [{ name: 'EOF', body: 'a\n' }], shell: { text: 'a\n', start: 31 } },
  ],
  ['RUN with tabs before a heredoc', 'RUN <<-EOF\n\ta\n\tEOF', { heredocs: [{ name: 'EOF', body: '\ta\n' }] }],
  ['RUN with a quoted heredoc', "RUN <<'E F'\na\nE F", { heredocs: [{ name: 'E F', body: 'a\n' }] }],
  ['a heredoc that blanks do not close', 'RUN <<EOF\n EOF\nEOF', { heredocs: [{ name: 'EOF', body: ' EOF\n' }] }],
  ['RUN with a script for another interpreter', 'RUN <<EOF\n#!/usr/bin/env python3\nEOF', { heredocs: [{ name: 'EOF', body: '#!/usr/bin/env python3\n' }] }],
  ['RUN with a script for a shell', 'RUN <<EOF\n#!/bin/bash -e\na\nEOF', { shell: { text: '#!/bin/bash -e\na\n', start: 10 } }],
  ['RUN with a heredoc for a command', 'RUN cat <<EOF > /a\nb\nEOF', { value: 'cat EOF > /a', shell: { text: 'cat <<EOF > /a\nb\nEOF\n', start: 4 } }],
  [
    'RUN with two heredocs',
    'RUN <<A cat > /a && <<B cat > /b\n1\nA\n2\nB',
    {
      heredocs: [
        { name: 'A', body: '1\n' },
        { name: 'B', body: '2\n' },
      ],
    },
  ],
  ['what only looks like a heredoc', 'RUN a <<<b && echo "<<EOF" && c <<"d', { heredocs: [] }],
  ['COPY with heredocs', 'COPY <<a.txt <<"b" /x/\n1\na.txt\n2\nb', { value: 'a.txt b /x/' }],
  ['COPY with all its flags', 'COPY --from=a --chown=1:1 --chmod=755 --link --parents --exclude=*.md b c', { value: 'b c' }],
  ['COPY in JSON form', 'COPY ["a b", "c"]', { exec: ['a b', 'c'] }],
  ['ADD with a checksum', 'ADD --checksum=sha256:1 https://example.com/a /b', { value: 'https://example.com/a /b' }],
  ['ENV in its old form', 'ENV A b c', { value: 'A b c' }],
  ['LABEL over lines', 'LABEL a="1" \\\n      b=2', { value: 'a="1"       b=2' }],
  ['a word over lines', 'ENV A=a\\\n# why\nb', { value: 'A=ab' }],
  ['ARG several on a line', 'ARG A B=1', { value: 'A B=1' }],
  ['HEALTHCHECK with flags', 'HEALTHCHECK --interval=5s --retries=3 CMD a', { value: 'CMD a' }],
  ['ONBUILD', 'ONBUILD RUN a', { value: 'RUN a' }],
  ['MAINTAINER', 'MAINTAINER a <a@example.com>', { value: 'a <a@example.com>' }],
  ['VOLUME in JSON form', 'VOLUME ["/a"]', { exec: ['/a'] }],
  ['SHELL', 'SHELL ["/bin/bash", "-c"]', { exec: ['/bin/bash', '-c'] }],
  ['a keyword in lower case', 'workdir a', { keyword: 'WORKDIR' }],
  ['comments and blank lines between continued ones', 'RUN a \\\n# b \\\n\n  && c', { value: 'a   && c' }],
  ['a doubled escape character at the end', 'RUN a \\\\', { value: 'a \\\\' }],
];

describe.each([
  ['as it is', (text: string) => `FROM z\n${text}\nCMD y\n`],
  ['with CRLF', (text: string) => `FROM z\n${text}\nCMD y\n`.replaceAll('\n', '\r\n')],
  ['as the last line', (text: string) => `FROM z\n${text}`],
])('forms %s', (_, dress) => {
  it.each(forms)('%s', (_form, text, read) => {
    expectLossless(dress(text));
    const instruction = parseDockerfile(dress(text), '').instructions[1];
    expect(instruction?.keyword).toBe(text.split(' ')[0]?.toUpperCase());
    if (dress('') === 'FROM z\n\nCMD y\n') expect(instruction).toMatchObject(read);
  });
});

describe('directives', () => {
  it.each([
    ['# escape=`\nFROM a\nRUN b `\n c', '`', 2],
    ['\uFEFF#syntax=docker/dockerfile:1\n# Escape = `\nFROM a\nRUN b `\n c', '`', 2],
    ['# check=skip=all\n# escape=`\nFROM a\nRUN b `\n c', '`', 2],
    ['# why\n# escape=`\nFROM a\nRUN b \\\n c', '\\', 2],
    ['\n# escape=`\nFROM a\nRUN b \\\n c', '\\', 2],
  ])('%j', (text, escape, count) => {
    expectLossless(text);
    const source = parseDockerfile(text, '');
    expect([source.escape, source.instructions.length]).toEqual([escape, count]);
  });
});

describe('what Docker refuses', () => {
  it.each([
    ['ENV A', 'ENV A has no value'],
    ['ENV A=1 B', 'ENV B has no value'],
    ['LABEL a', 'LABEL a has no value'],
    ['FROM b # why', 'FROM b # why is not an image and perhaps a name for the stage'],
    ['FROM b AS 1', 'FROM b AS 1 is not an image and perhaps a name for the stage'],
    ['USER --x=y me', 'USER has no flag --x'],
    ['CMD ["a", 1]', 'the JSON form holds something else than strings'],
    ['RUN <<EOF\na\n EOF', 'the heredoc EOF is not closed'],
  ])('%j', (text, what) => {
    expect(() => parseDockerfile(`FROM a\n${text}\n`, '')).toThrow(
      expect.objectContaining({ code: 'syntax', line: 2, data: expect.objectContaining({ what }) }),
    );
  });

  it('is found in no time, however odd it is', () => {
    for (const part of ['\\', '"', "'", '--a"\\', '${A:-', '<<', '\\\n', '# escape=`\n', '[', '$'])
      for (const keyword of ['RUN', 'COPY', 'ENV', 'LABEL']) {
        const start = performance.now();
        try {
          parseDockerfile(`FROM a\n${keyword} ${part.repeat(20_000)}\n`, '');
        } catch {}
        expect(performance.now() - start).toBeLessThan(1000);
      }
  });
});
