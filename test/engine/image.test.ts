import { expect, test } from '@jest/globals';
import { type ImageFile, type Layer, treeOf } from '../../src/engine/image.ts';

const file = (path: string, more: Partial<ImageFile> = {}): ImageFile => ({ path, kind: 'file', mode: 0o644, uid: 0, gid: 0, size: 1, time: 0, ...more });
const layer = (...files: ImageFile[]): Layer => files;
const paths = (...layers: Layer[]) => [...treeOf(layers).keys()].sort();

test('a later layer goes before an earlier one', () => {
  expect(treeOf([layer(file('/a', { size: 1 })), layer(file('/a', { size: 2 }))]).get('/a')?.size).toBe(2);
});

test('whiteouts remove a file, a folder with all below it, or what a folder held', () => {
  const lower = layer(file('/a'), file('/d', { kind: 'directory' }), file('/d/x'), file('/e', { kind: 'directory' }), file('/e/y'));
  expect(paths(lower, layer(file('/.wh.a')))).toEqual(['/d', '/d/x', '/e', '/e/y']);
  expect(paths(lower, layer(file('/.wh.d')))).toEqual(['/a', '/e', '/e/y']);
  expect(paths(lower, layer(file('/e/.wh..wh..opq'), file('/e/z')))).toEqual(['/a', '/d', '/d/x', '/e', '/e/z']);
});

test('a folder that became a file takes along what it held', () => {
  expect(paths(layer(file('/d', { kind: 'directory' }), file('/d/x')), layer(file('/d', { kind: 'link', target: '/e' })))).toEqual(['/d']);
});

test('a hard link is the file that it leads to', () => {
  const tree = treeOf([layer(file('/a', { size: 7, mode: 0o755 }), file('/b', { kind: 'hard-link', target: 'a', size: 0 }))]);
  expect(tree.get('/b')).toMatchObject({ kind: 'file', size: 7, mode: 0o755 });
});
