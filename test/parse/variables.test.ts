import { describe, expect, it } from '@jest/globals';
import { expand, splitPairs, splitWords } from '../../src/parse/variables.ts';

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

describe('splitPairs', () => {
  it.each([
    [
      'A=1 B="two words"',
      [
        { name: 'A', value: '1' },
        { name: 'B', value: 'two words' },
      ],
    ],
    ['A some text', [{ name: 'A', value: 'some text' }]],
    ['A', [{ name: 'A', value: undefined }]],
    ['A=a\\ b', [{ name: 'A', value: 'a b' }]],
  ])('%s', (text, expected) => {
    expect(splitPairs(text)).toEqual(expected);
  });
});

it('splitWords removes quotes and keeps empty words', () => {
  expect(splitWords(`a "b c" '' d\\ e`)).toEqual(['a', 'b c', '', 'd e']);
});
