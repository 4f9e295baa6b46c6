import { expect, test } from '@jest/globals';
import { unifiedDiff } from '../src/index.ts';

test.each([
  ['Dockerfile', 'a/Dockerfile'],
  ['./api/Dockerfile', 'a/api/Dockerfile'],
  ['../api/Dockerfile', 'a/api/Dockerfile'],
  ['/srv/api/Dockerfile', 'a/srv/api/Dockerfile'],
  ['-', 'a/Dockerfile'],
])('the diff of %s is one of %s, so that it can be applied', (path, header) => {
  expect(unifiedDiff(path, 'FROM a\n', 'FROM b\n')).toBe(`--- ${header}\n+++ ${header.replace('a/', 'b/')}\n@@ -1,1 +1,1 @@\n-FROM a\n+FROM b\n`);
});

test('equal texts have none', () => {
  expect(unifiedDiff('Dockerfile', 'FROM a\n', 'FROM a\n')).toBe('');
});

test('a last line without its end is marked as git does it', () => {
  expect(unifiedDiff('Dockerfile', 'FROM a', 'FROM b\n')).toContain('-FROM a\n\\ No newline at end of file\n+FROM b\n');
});
