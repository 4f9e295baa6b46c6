import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { type BuildContext, memoryContext, openContext } from '../src/index.ts';

const files = { 'a.txt': 'a', 'src/b.txt': 'b', 'src/deep/c.txt': 'c', 'node_modules/x/index.js': 'x', 'logs/d.log': 'd', 'logs/keep.log': 'k' };
const ignored = { ...files, '.dockerignore': '# comment\nnode_modules\nlogs/*.log\n!logs/keep.log\n' };
const made: string[] = [];

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

function onDisk(content: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'restage-'));
  made.push(folder);
  for (const [path, text] of Object.entries(content)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

describe.each<[string, (content: Record<string, string>) => BuildContext]>([
  ['memory', memoryContext],
  ['disk', (content) => openContext(onDisk(content))],
])('a context on %s', (_, contextOf) => {
  test('lists, tells apart and reads its files', () => {
    const context = contextOf(files);
    expect(context.files()).toEqual(['a.txt', 'logs/d.log', 'logs/keep.log', 'node_modules/x/index.js', 'src/b.txt', 'src/deep/c.txt']);
    expect(['', '.', 'src', './src/', 'src/b.txt', 'src/../a.txt', 'none', 'a.txt/x', '../a.txt'].map((path) => context.kind(path))).toEqual([
      'directory',
      'directory',
      'directory',
      'directory',
      'file',
      'file',
      undefined,
      undefined,
      undefined,
    ]);
    expect(['src/b.txt', '/src/b.txt', 'src', 'none', '../x'].map((path) => context.read(path))).toEqual(['b', 'b', undefined, undefined, undefined]);
  });

  test('does not see what .dockerignore leaves out, whether or not it is there', () => {
    const context = contextOf(ignored);
    expect(context.files()).toEqual(['.dockerignore', 'a.txt', 'logs/keep.log', 'src/b.txt', 'src/deep/c.txt']);
    expect([context.kind('node_modules'), context.read('node_modules/x/index.js'), context.read('logs/d.log'), context.read('logs/keep.log')]).toEqual([
      undefined,
      undefined,
      undefined,
      'k',
    ]);
    expect([context.ignores('node_modules/other'), context.ignores('dist')]).toEqual([true, false]);
  });
});

test('the ignore file of the Dockerfile goes before that of the context', () => {
  const folder = onDisk({ ...ignored, 'api.Dockerfile': '', 'api.Dockerfile.dockerignore': 'src\n' });
  const context = openContext(folder, join(folder, 'api.Dockerfile'));
  expect([context.kind('src'), context.kind('node_modules')]).toEqual([undefined, 'directory']);
});

test('links within the context are followed, others are not', () => {
  const folder = onDisk(files);
  symlinkSync('src', join(folder, 'inside'));
  symlinkSync('a.txt', join(folder, 'file'));
  symlinkSync(tmpdir(), join(folder, 'outside'));
  const context = openContext(folder);
  expect([context.kind('inside'), context.kind('inside/b.txt'), context.read('inside/b.txt'), context.read('file')]).toEqual(['link', 'file', 'b', 'a']);
  expect([context.kind('outside'), context.kind('outside/x')]).toEqual(['link', undefined]);
});

test('a file above 1 MiB is not read', () => {
  expect(openContext(onDisk({ big: 'x'.repeat(1024 * 1024 + 1) })).read('big')).toBeUndefined();
});

test('a folder that is none is told of', () => {
  expect(() => openContext('nowhere')).toThrow('the build context nowhere is not a directory');
});
