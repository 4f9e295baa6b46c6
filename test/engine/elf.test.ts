import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readElf } from '../../src/engine/elf.ts';

const node = readFileSync(process.execPath);

test('reads what a program asks for', () => {
  const elf = readElf(node);
  expect(elf?.loader).toMatch(/^\/lib.*\/ld-/);
  expect(elf?.needed).toContain('libc.so.6');
  expect(elf?.imports).toContain('dlopen');
});

test('agrees with the loader', () => {
  const told = execFileSync('ldd', [process.execPath], { encoding: 'utf8' });
  const names = [...told.matchAll(/^\s*(\S+) => /gm)].map(([, name]) => name);
  for (const name of readElf(node)?.needed ?? []) if (!name.startsWith('ld-')) expect(names).toContain(name);
});

test.each([0, 3, 64, 200, 4096, 100_000])('a file that is cut at %i bytes breaks nothing', (length) => {
  expect(() => readElf(node.subarray(0, length))).not.toThrow();
});

test('a text is no program', () => {
  expect(readElf(Buffer.from('#!/bin/sh\necho hello\n'.repeat(10)))).toBeUndefined();
});
