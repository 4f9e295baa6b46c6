import { describe, expect, it } from '@jest/globals';
import { parseDockerfile } from '../../src/parse/dockerfile.ts';

const parse = (text: string) => parseDockerfile(text, 'Dockerfile').instructions;
const together = (text: string) => {
  const { instructions, tail } = parseDockerfile(text, 'Dockerfile');
  return instructions.map((instruction) => instruction.leading + instruction.text).join('') + tail;
};

describe('instructions', () => {
  it.each([
    'FROM a\nRUN x\n',
    '# syntax=docker/dockerfile:1\n\nFROM a\r\nRUN x \\\r\n  # why\r\n  && y\r\n\r\n# end',
    'from a\n\trun <<EOF\necho\nEOF\nCMD ["a"]',
    '\uFEFFFROM a\nCMD b\n\n\n',
    '# escape=`\nFROM a\nRUN x `\n y\n',
  ])('make up the file again: %j', (text) => {
    expect(together(text)).toBe(text);
  });

  it('have a value without continuations and comments', () => {
    const [, run] = parse('FROM a\nRUN one && \\\n  # not this\n\n  two\n');
    expect(run?.value.replace(/\s+/g, ' ')).toBe('one && two');
    expect(run?.line).toBe(2);
  });

  it('have words in the JSON form, spaces within them too, and none where the JSON is broken', () => {
    const [, good, bad] = parse('FROM a\nCMD ["a b", "c"]\nENTRYPOINT ["a", b]\n');
    expect(good?.exec).toEqual(['a b', 'c']);
    expect(bad?.exec).toBeUndefined();
  });

  it('have flags and heredocs apart from their value', () => {
    const [, run, copy] = parse('FROM a\nRUN --mount=type=cache,target=/x --network=none <<EOF\nmake\nEOF\nCOPY --chown=1:1 <<A <<B /x/\n1\nA\n2\nB\n');
    expect(run?.flags).toEqual([
      { name: 'mount', value: 'type=cache,target=/x' },
      { name: 'network', value: 'none' },
    ]);
    expect(run?.shell?.text).toBe('make\n');
    expect(copy?.heredocs).toEqual([
      { name: 'A', body: '1\n' },
      { name: 'B', body: '2\n' },
    ]);
    expect(copy?.value).toBe('A B /x/');
  });

  it('have shell text at its old place, comments and blank lines turned into continuations', () => {
    const text = 'RUN a && \\\n# why\n\n  b\n';
    const [, run] = parse(`FROM x\n${text}`);
    expect(run?.shell).toBeDefined();
    const { text: shell = '', start = 0 } = run?.shell ?? {};
    expect(shell).toHaveLength(text.length - start);
    expect(text.indexOf('b\n', 5)).toBe(start + shell.indexOf('b\n'));
  });
});

describe('what Docker would not read', () => {
  it.each([
    ['', 'empty'],
    ['# nothing\n', 'empty'],
    ['FROM a\nFOO bar\n', 'unknown-instruction'],
    ['FROM a\nRUN\n', 'syntax'],
    ['FROM a\nRUN <<EOF\necho\n', 'syntax'],
  ])('%j stops with %s', (text, code) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code }));
  });
});
