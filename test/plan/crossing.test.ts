import { describe, expect, it } from '@jest/globals';
import { ownerAfter, ownerOf } from '../../src/plan/owners.ts';
import type { Effect } from '../../src/types.ts';

const chown: Effect = { role: 'both', why: '', writes: [], reads: [] };

describe('whom an artifact belongs to', () => {
  it.each([
    [undefined, { user: 'app' }, 'app:root'],
    [undefined, { user: 'app', login: true as const }, 'app'],
    ['root:www-data', { user: 'app' }, 'app:www-data'],
    ['app', { group: 'www-data' }, 'app:www-data'],
    ['app:app', { user: 'root', group: 'root' }, undefined],
    ['app', { user: '0', group: '0' }, undefined],
  ])('%s, given to %j: %s', (before, given, after) => {
    expect(ownerAfter(before, given)).toBe(after);
  });

  it('is the user who runs the command, unless it is root', () => {
    expect(ownerOf(chown, 'app')).toBe('app');
    expect(ownerOf(chown, 'root')).toBeUndefined();
    expect(ownerOf({ ...chown, owner: 'app:keys' }, 'root')).toBe('app:keys');
  });
});
