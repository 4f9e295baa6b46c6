import { describe, expect, it } from '@jest/globals';
import { commandRules } from '../../src/effects/commands/index.ts';
import { walk } from '../../src/effects/walk.ts';
import { memoryContext } from '../../src/index.ts';
import { parseDockerfile } from '../../src/parse/dockerfile.ts';

const FILES = { 'setup.sh': '#!/bin/sh\nmkdir /made\n', 'tools/setup.sh': '#!/bin/sh\nmkdir /tools\n' };

function lastOf(text: string, buildArgs: Record<string, string> = {}) {
  const source = parseDockerfile(text, 'Dockerfile');
  const context = memoryContext(FILES);
  const labelled = walk({ source, context, buildArgs, baseEnv: { PATH: '/bin', NODE_VERSION: '20' }, baseUser: '', baseWorkdir: '/', rules: commandRules });
  const last = labelled.at(-1);
  const effects = last?.segments?.flatMap((segment) => segment.effects) ?? [];
  return { ...last, effects, writes: effects.flatMap((effect) => effect.writes.map((write) => write.path)) };
}

/** The directory that a WORKDIR with this path leads to. */
const valueOf = (before: string, word: string, buildArgs?: Record<string, string>) => lastOf(`${before}\nWORKDIR /${word}`, buildArgs).state?.cwd.slice(1);

describe('variables', () => {
  it.each([
    ['an ARG before FROM is not seen after it', 'ARG A=1\nFROM x', '${A:-none}', 'none'],
    ['but where it is declared again', 'ARG A=1\nFROM x\nARG A', '$A', '1'],
    ['with a default of its own', 'ARG A=1\nFROM x\nARG A=2', '$A', '2'],
    ['ENV wins over an ARG before it', 'FROM x\nARG A=1\nENV A=2', '$A', '2'],
    ['ARG wins over an ENV before it, and over the base image', 'FROM x\nENV A=1\nARG A=2 NODE_VERSION=18', '$A-$NODE_VERSION', '2-18'],
    ['an ARG without value changes nothing', 'FROM x\nENV A=1\nARG A', '$A', '1'],
    ['ENV sees only earlier lines', 'FROM x\nENV A=1\nENV A=2 B=$A', '$B', '1'],
    ['ARG sees what is before it on the line', 'FROM x\nARG A=1 B=$A', '$B', '1'],
    ['the old form of ENV', 'FROM x\nENV A b-"c"', '$A', 'b-c'],
    ['single quotes', "FROM x\nENV A='$PATH'", '$A', '$PATH'],
    ['escapes', 'FROM x\nENV A=\\$B', '$A', '$B'],
  ])('%s', (_, before, word, expected) => {
    expect(valueOf(before, word)).toBe(expected);
  });

  it('are what the user says', () => {
    expect(valueOf('ARG A=1\nFROM x\nARG A', '$A', { A: '3' })).toBe('3');
    expect(valueOf('FROM x\nARG A=1', '$A', { A: '3' })).toBe('3');
    expect(valueOf('FROM x\nENV A=1', '$A', { A: '3' })).toBe('1');
  });

  it('without a value lead nowhere', () => {
    for (const before of ['ARG A', 'ARG TARGETARCH\nENV A=$TARGETARCH']) {
      expect(() => valueOf(`FROM x\n${before}`, '${A}')).toThrow(expect.objectContaining({ code: 'layout-unknown' }));
    }
    expect(lastOf('FROM x\nARG A\nUSER $A').state?.user).toBe('$A');
  });

  it('of a RUN are the build arguments too', () => {
    expect(lastOf('FROM x\nENV A=/old\nARG A=/new\nRUN mkdir $A').writes).toEqual(['/new']);
  });
});

describe('mounts', () => {
  it.each([
    ['type=cache,target=/c', 'mkdir /c/x /y', ['/y']],
    ['type=tmpfs,target=/c', 'mkdir /c/x /y', ['/y']],
    ['type=bind,from=other,source=/a,target=/c,rw', 'touch /c/x /y', ['/y']],
    ['type=cache,dst=c', 'mkdir /c/x', []],
    ['type=secret,id=key', 'echo x > /run/secrets/key', []],
    ['type=ssh', 'mkdir /y', ['/y']],
  ])('--mount=%s: what `%s` writes there is not in the image', (mount, command, writes) => {
    expect(lastOf(`FROM x\nRUN --mount=${mount} ${command}`).writes).toEqual(writes);
  });

  it('bring scripts of the context', () => {
    expect(lastOf('FROM x\nRUN --mount=type=bind,source=setup.sh,target=/s.sh sh /s.sh').writes).toEqual(['/made']);
    expect(lastOf('FROM x\nWORKDIR /w\nRUN --mount=target=. sh tools/setup.sh').writes).toEqual(['/tools']);
    expect(lastOf('FROM x\nRUN --mount=type=bind,from=y,target=/w sh /w/setup.sh').role).toBe('unknown');
  });
});

describe('scripts in heredocs', () => {
  it.each([
    ['RUN <<EOF\nmkdir /a\nEOF', 'both'],
    ['RUN bash <<EOF\nmkdir /a\nEOF', 'unknown'],
    ['RUN python3 <<EOF\nprint(1)\nEOF', 'unknown'],
    ['RUN <<EOF\n#!/usr/bin/env python3\nprint(1)\nEOF', 'unknown'],
    ['RUN <<EOF\n#!/bin/bash\nmkdir /a\nEOF', 'both'],
    ['RUN cat <<EOF > /a\nb\nEOF', 'both'],
  ])('%j is %s', (text, role) => {
    expect(lastOf(`FROM x\n${text}`).role).toBe(role);
  });
});

it('refuses ONBUILD', () => {
  expect(() => lastOf('FROM x\nONBUILD RUN a')).toThrow(expect.objectContaining({ code: 'layout-unknown', line: 2 }));
});
