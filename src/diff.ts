import { createTwoFilesPatch } from 'diff';

/** The unified diff that turns `before` into `after`, as `git apply` and `patch -p1` take it; '' where they are equal. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, { context: 3 }).replace(/^=+\n/, '');
}
