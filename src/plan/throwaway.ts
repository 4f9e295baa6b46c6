import { within } from '../effects/effect.ts';

const PLACES = [
  ...[
    '/tmp',
    '/var/tmp',
    '/var/cache',
    '/var/lib/apt',
    '/var/lib/dpkg',
    '/var/log',
    '/root/.cache',
    '/root/.npm',
    '/root/.node-gyp',
    '/root/.yarn/cache',
    '/usr/src',
  ],
  ...[
    '/usr/share/doc',
    '/usr/share/man',
    '/usr/share/locale',
    '/etc/apt',
    '/var/lib/apk',
    '/etc/apk',
    '/usr/local/share/.cache',
    '/usr/share/keyrings',
    '/root/.gnupg',
    '/run',
  ],
];
const PROGRAM_PLACES = ['/usr/src/app'];

/** Whether a path only serves while the image is made: caches, lists, downloaded archives, documentation. */
export function isThrowaway(path: string): boolean {
  return (
    PLACES.some((place) => within(path, place)) &&
    !PROGRAM_PLACES.some((place) => within(path, place) || within(place, path)) &&
    !/^\/usr\/src\/[^/]+/.test(path)
  );
}

/** Whether removing the path only tidies up after package managers. */
export function isTidying(path: string): boolean {
  return ['/var/lib/apt', '/var/cache', '/etc/apt/sources.list.d', '/usr/share/doc', '/usr/share/man', '/var/log'].some((place) => within(path, place));
}
