import { allEffects, within } from '../effects/effect.ts';
import { oncePer } from '../effects/once.ts';
import { upwards } from '../effects/path-index.ts';
import type { Effect, LabelledInstruction, PathWrite } from '../types.ts';

/** Where package managers keep what only they read. */
const OF_PACKAGES = [
  ...['/var/lib/apt', '/var/lib/dpkg', '/var/lib/apk', '/var/cache/apt', '/var/cache/apk', '/var/cache/debconf', '/var/cache/dnf', '/var/cache/yum'],
  ...['/var/cache/zypp', '/var/cache/pacman', '/var/cache/ldconfig', '/etc/apt', '/etc/apk', '/usr/share/keyrings', '/usr/local/share/.cache'],
  ...['/root/.npm', '/root/.node-gyp', '/root/.yarn/cache', '/root/.gnupg'],
];
/** Where builds work and downloads lie. */
const OF_BUILDS = ['/tmp', '/var/tmp', '/root/.cache', '/usr/src'];
const OF_SERVERS = ['/var/cache', '/var/log', '/run', '/usr/share/doc', '/usr/share/man', '/usr/share/locale'];
const PROGRAM_PLACES = ['/usr/src/app'];

/** Whether a path lies where caches, lists, downloaded archives and documentation do. */
function isThrowaway(path: string): boolean {
  return (
    [...OF_PACKAGES, ...OF_BUILDS, ...OF_SERVERS].some((place) => within(path, place)) &&
    !PROGRAM_PLACES.some((place) => within(path, place) || within(place, path)) &&
    !/^\/usr\/src\/[^/]+/.test(path)
  );
}

/**
 * Whether what an effect writes only serves while the image is made. The place alone excuses what package managers,
 * downloads and builds leave there; what somebody put there by name (`mkdir /run/sshd`, `touch /var/log/cron.log`) is wanted.
 */
export function isLeftBehind(write: PathWrite, effect: Effect, labelled: readonly LabelledInstruction[]): boolean {
  if (write.seen || !isThrowaway(write.path)) return false;
  if (!isByName(effect, write) || OF_PACKAGES.some((place) => within(write.path, place))) return true;
  if (!OF_BUILDS.some((place) => within(write.path, place))) return false;
  const { places, around } = workplaces(labelled);
  if (upwards(write.path).some((path) => places.has(path)) || (effect.action === 'make-directory' && around.has(write.path))) return true;
  // Nobody sees what an archive brought that was unpacked into the place itself, so a mode alone does not say that it is wanted.
  return OF_FILES.has(effect.action ?? '') && !OF_BUILDS.includes(write.path) && !madeByName(labelled).has(write.path);
}

const OF_FILES = new Set(['chmod', 'chown', 'chgrp']);
const BY_NAME = new Set(['make-directory', 'link', 'chmod', 'chown', 'chgrp']);

/** Whether a command was told to write just there. */
function isByName({ role, action, why, packages }: Effect, write: PathWrite): boolean {
  if (write.disposable || packages) return false;
  if (action === 'compile') return write.kind === 'file';
  // A directory for logs or the process id that an install makes: the server does not start without it.
  if (action === 'install-built') return /^\/(var\/log|var\/cache|run)\/./.test(write.path);
  if (role !== 'both') return false;
  return action === undefined || BY_NAME.has(action) || (action === 'copy' && !/^unpacks|archive/.test(why));
}

/** The paths that commands were told to write, and the directories of these. */
const madeByName = oncePer((labelled: readonly LabelledInstruction[]): ReadonlySet<string> => {
  const makers = allEffects(labelled).filter(({ action }) => !OF_FILES.has(action ?? ''));
  return new Set(makers.flatMap((effect) => effect.writes.flatMap((write) => (isByName(effect, write) ? upwards(write.path) : []))));
});

/** What builds, downloads and archives fill, less the places that everybody shares; and the directories around it. */
const workplaces = oncePer((labelled: readonly LabelledInstruction[]) => {
  const filled = allEffects(labelled).flatMap((effect) => [
    ...effect.writes.filter((write) => !isByName(effect, write) && effect.action !== 'remove').map(({ path }) => path),
    ...(effect.role === 'build' && effect.command?.cwd !== undefined ? [effect.command.cwd] : []),
  ]);
  const places = new Set(filled.filter((path) => OF_BUILDS.some((place) => path !== place && within(path, place))));
  return { places, around: new Set([...places].flatMap(upwards)) };
});

/** Whether removing the path only tidies up after package managers. */
export function isTidying(path: string): boolean {
  return ['/var/lib/apt', '/var/cache', '/etc/apt/sources.list.d', '/usr/share/doc', '/usr/share/man', '/var/log'].some((place) => within(path, place));
}
