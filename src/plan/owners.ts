import { posix } from 'node:path';
import { allEffects, parseOptions, valueOf, within } from '../effects/effect.ts';
import type { Artifact, Effect, LabelledInstruction, PathWrite } from '../types.ts';

/** Whom a command gives a file to. What is absent stays as it was; `login`: the group is the one that the user logs in with. */
export interface Given {
  user?: string;
  group?: string;
  login?: true;
}

/** Whom a command gives files to; undefined where nobody can tell. */
export function givenBy({ action, owner, command }: Effect): Given | undefined {
  if (action === 'chown') return owner === undefined ? undefined : parseOwner(owner);
  if (action !== 'chgrp' || command === undefined || posix.basename(command.name) !== 'chgrp') return undefined;
  const group = command.args.find((word) => !word.value.startsWith('-'));
  const like = command.args.some((word) => word.value.startsWith('--reference'));
  return group?.known && !like ? { group: group.value } : undefined;
}

/** `user.group` is an old form that names with dots look like as well. */
function parseOwner(owner: string): Given | undefined {
  const [user = '', group] = owner.split(':');
  if (!/^[\w-]*\$?$/.test(user) || !/^[\w-]*\$?$/.test(group ?? '')) return undefined;
  return { ...(user !== '' && { user }), ...(group !== undefined && group !== '' && { group }), ...(group === '' && user !== '' && { login: true as const }) };
}

/** `install -o app` leaves the group that the command runs with; another user's command brings that user's own. */
export function ownerOf(effect: Effect, runner: string): string | undefined {
  const { owner, command } = effect;
  if (command === undefined || posix.basename(command.name) !== 'install' || owner?.includes(':')) return withoutRoot(owner ?? runner);
  const parsed = parseOptions(command.args, 'tSmog', ['--target-directory', '--suffix', '--mode', '--owner', '--group']);
  const [user, group] = [valueOf(parsed, '-o', '--owner')?.value, valueOf(parsed, '-g', '--group')?.value];
  return user === undefined && group === undefined ? withoutRoot(owner ?? runner) : withoutRoot(`${user ?? (runner || 'root')}:${group ?? 'root'}`);
}

/** The owner after somebody else is named, as COPY --chown says it; undefined where it is root alone, which is what COPY makes it. */
export function ownerAfter(before: string | undefined, { user, group, login }: Given): string | undefined {
  const [oldUser = '', oldGroup] = (before ?? 'root:root').split(':');
  const newUser = user ?? oldUser;
  const newGroup = group ?? (login ? undefined : oldGroup);
  return withoutRoot(newGroup === undefined ? newUser : `${newUser}:${newGroup}`);
}

function withoutRoot(owner: string): string | undefined {
  return ['', 'root', '0', 'root:root', '0:0', 'root:0', '0:root'].includes(owner) ? undefined : owner;
}

/** A part of an artifact is given to somebody, or nobody knows to whom: that is said again in the final stage, after the copy. */
export function givesAwayPart(effect: Effect, write: PathWrite, artifact: Artifact): boolean {
  if (!GIVES.has(effect.action ?? '')) return false;
  if (within(write.path, artifact.from) && (write.path !== artifact.from || (write.kind === 'file' && artifact.kind === 'tree'))) return true;
  return givenBy(effect) === undefined && write.path !== '/' && touches(write, artifact.from);
}

const GIVES = new Set(['chown', 'chgrp']);
const OF_FILES = new Set(['chmod', 'chown', 'chgrp']);

function touches(write: PathWrite, path: string): boolean {
  return within(write.path, path) || (write.kind === 'tree' && within(path, write.path));
}

/**
 * Whether a change of mode or owner has to be done again in the final stage, for it or an earlier one of the same path gives a
 * part of an artifact away: the last one holds, and chown takes setuid away.
 */
export function isDoneAgain(effect: Effect, write: PathWrite, artifacts: readonly Artifact[], labelled: readonly LabelledInstruction[]): boolean {
  if (!OF_FILES.has(effect.action ?? '')) return false;
  if (artifacts.some((artifact) => givesAwayPart(effect, write, artifact))) return !isOverruled(effect, write, labelled);
  const earlier = allEffects(labelled).slice(0, placeOf(effect, labelled));
  return earlier.some((other) =>
    other.writes.some(
      (given) =>
        (touches(write, given.path) || touches(given, write.path)) &&
        artifacts.some((artifact) => givesAwayPart(other, given, artifact)) &&
        !isOverruled(other, given, labelled),
    ),
  );
}

/** A later `chown -R user:group` of all above it. */
function isOverruled(effect: Effect, write: PathWrite, labelled: readonly LabelledInstruction[]): boolean {
  const later = allEffects(labelled).slice(placeOf(effect, labelled) + 1);
  return later.some((other) => {
    const given = givenBy(other);
    return (
      given?.user !== undefined &&
      (given.group !== undefined || given.login === true) &&
      other.writes.some(({ path, kind }) => kind === 'tree' && path !== '/' && within(write.path, path))
    );
  });
}

function placeOf(effect: Effect, labelled: readonly LabelledInstruction[]): number {
  return allEffects(labelled).findIndex(
    (other) => other === effect || (other.command !== undefined && other.command === effect.command && other.why === effect.why),
  );
}
