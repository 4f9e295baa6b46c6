import { expect, test } from '@jest/globals';
import { masked, unlike } from '../../src/verify/mask.ts';

test.each([
  ['listening since 2026-11-23T04:05:06.123Z', 'listening since <time>'],
  ['GET / 200 in 12.5 ms', 'GET / 200 in <time>'],
  ['id 1b4e28ba-2fa1-11d2-883f-0016d3cca427', 'id <id>'],
  ['from 172.17.0.2, pid 42', 'from <address>, pid <number>'],
  ['process_resident_memory_bytes 45289472', 'process_resident_memory_bytes <measure>'],
  ['\u001b[32mready\u001b[0m', 'ready'],
])('%j is %j', (text, expected) => {
  expect(masked(text)).toBe(expected);
});

test.each<[string, string, string, string]>([
  ['equal', 'ready', 'ready', 'ready'],
  ['times', 'up 10:00:01', 'up 10:00:02', 'up 11:30:59'],
  ['order of lines', 'a\nb\nc', 'b\na\nc', 'c\nb\na'],
  ['order of words', 'tags: x y z', 'tags: y x z', 'tags: z y x'],
  ['one word that is never the same', 'quote: apples', 'quote: pears', 'quote: plums'],
  ['a key of letters and signs', 'nonce="Kuc5nWzgeBMzfQNA"', 'nonce="aB3dEfGhIjKlMnOp"', 'nonce="x+/yzAbCd3fGhIjK"'],
  ['a number that is never the same', 'load 17', 'load 18 of 18', 'load 99'],
])('%s: no difference', (_, first, again, other) => {
  expect(unlike(first, again, other)).toBeUndefined();
});

test.each<[string, string, string, string]>([
  ['a word', 'hello world', 'hello world', 'hello there'],
  ['a line that is missing', 'a\nb\nc', 'b\na\nc', 'b\na'],
  ['a number beside a time', '54 rows in 3 ms', '54 rows in 4 ms', '41 rows in 3 ms'],
  ['a word beside one that is never the same', 'region north, quote apples', 'region north, quote pears', 'region null, quote plums'],
])('%s is a difference', (_, first, again, other) => {
  expect(unlike(first, again, other)).toContain('became');
});
