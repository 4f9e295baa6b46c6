import { createTwoFilesPatch } from 'diff';

/** The unified diff that turns `before` into `after`, as `git apply` and `patch -p1` take it; '' where they are equal. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  const name = path === '-' ? 'Dockerfile' : path.replace(/^(\.{0,2}\/)+/, '');
  return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, { context: 3 }).replace(/^=+\n/, '');
}
