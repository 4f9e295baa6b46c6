import { describe, expect, it } from '@jest/globals';
import { expand, splitPairs, splitSettings, splitWords } from '../../src/parse/variables.ts';

describe('expand', () => {
  it.each([
    ['$A/${B}', { A: '1', B: '2' }, '1/2', []],
    ['${A:-x}-${B:-y}', { A: '' }, 'x-y', []],
    ['${A-x}', { A: '' }, '', []],
    ['${A:+set}${B:+set}', { A: '1' }, 'set', []],
    ['${A:-${B}}', { B: '2' }, '2', []],
    ['\\$A', { A: '1' }, '$A', []],
    ['node:$VERSION', {}, 'node:$VERSION', ['VERSION']],
  ])('%s', (text, values, expected, unknown) => {
    expect(expand(text, values)).toEqual({ text: expected, unknown });
  });
});

describe('quotes and escapes', () => {
  it.each([
    ["'$A'", '$A'],
    ['"$A b"', '1 b'],
    ['a\\ b', 'a b'],
    ['"a\\b\\"\\$A"', 'a\\b"$A'],
    ['"it\'s"', "it's"],
    ["x'y z'", 'xy z'],
  ])('%s', (text, expected) => {
    expect(expand(text, { A: '1' })).toEqual({ text: expected, unknown: [] });
  });

  it('have the escape character of the directive', () => {
    expect(expand('C:\\a`$A', { A: '1' }, '`').text).toBe('C:\\a$A');
  });
});

describe('modifiers', () => {
  it.each([
    ['${V#*.}', '2.3.tar.gz'],
    ['${V##*.}', 'gz'],
    ['${V%.*}', '1.2.3.tar'],
    ['${V%%.*}', '1'],
    ['${V/./-}', '1-2.3.tar.gz'],
    ['${V//./-}', '1-2-3-tar-gz'],
    ['${V:?is missing}', '1.2.3.tar.gz'],
    ['${E:-${V%%.*}}', '1'],
    ["${E:-'$V'}", '$V'],
  ])('%s', (text, expected) => {
    expect(expand(text, { V: '1.2.3.tar.gz', E: '' })).toEqual({ text: expected, unknown: [] });
  });

  it('leave what cannot be known as it is', () => {
    const values = { X: undefined };
    expect(expand('a/${X:-b}', values)).toEqual({ text: 'a/${X:-b}', unknown: ['X'] });
    expect(expand('${X:+b}', values)).toEqual({ text: '${X:+b}', unknown: ['X'] });
    expect(expand('${Y?no}', {})).toEqual({ text: '${Y?no}', unknown: ['Y'] });
    expect(expand('${Y^^}', {})).toMatchObject({ unknown: ['Y'] });
  });
});

it('takes no time and no room, whatever is asked', () => {
  const start = performance.now();
  const long = 'a'.repeat(1000);
  expect(expand('${A##*a*a*a*b}${A//*a*b/}', { A: long }).text).toBe(long + long);
  let values: Record<string, string | undefined> = { A: 'aa' };
  for (let turn = 0; turn < 40; turn++) {
    const { text, unknown } = expand('$A$A', values);
    values = { A: unknown.length > 0 ? undefined : text };
  }
  expect(values.A).toBeUndefined();
  expect(performance.now() - start).toBeLessThan(5000);
});

describe('pairs', () => {
  it('of ENV are many, or one in the old form', () => {
    expect(splitSettings('A=1 B="two words" C=a\\ b')).toEqual([
      { name: 'A', value: '1' },
      { name: 'B', value: '"two words"' },
      { name: 'C', value: 'a\\ b' },
    ]);
    expect(splitSettings('A some  text=1')).toEqual([{ name: 'A', value: 'some  text=1' }]);
  });

  it('of ARG may be without a value, several on a line', () => {
    expect(splitPairs('A B=1')).toEqual([
      { name: 'A', value: undefined },
      { name: 'B', value: '1' },
    ]);
  });
});

it('splitWords keeps quotes and escapes', () => {
  expect(splitWords(`a "b c" '' d\\ e`)).toEqual(['a', '"b c"', "''", 'd\\ e']);
});
