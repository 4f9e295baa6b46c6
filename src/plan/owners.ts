import { posix } from 'node:path';
import { allEffects, parseOptions, valueOf, within } from '../effects/effect.ts';
import { oncePer } from '../effects/once.ts';
import { byDirectory, byPath, putUnder, someAtOrAbove, upwards } from '../effects/path-index.ts';
import type { Artifact, Effect, LabelledInstruction, PathWrite, ShellCommand } from '../types.ts';
import { artifactsBelow, artifactsByPath } from './artifact-places.ts';

/** Whom a command gives a file to. What is absent stays as it was; `login`: the group is the one that the user logs in with. */
export interface Given {
  user?: string;
  group?: string;
  login?: true;
}

/** Whom a command gives files to; undefined where nobody can tell. */
export const givenBy = oncePer(({ action, owner, command }: Effect): Given | undefined => {
  if (action === 'chown') return owner === undefined ? undefined : parseOwner(owner);
  if (action !== 'chgrp' || command === undefined || posix.basename(command.name) !== 'chgrp') return undefined;
  const group = command.args.find((word) => !word.value.startsWith('-'));
  const like = command.args.some((word) => word.value.startsWith('--reference'));
  return group?.known && !like ? { group: group.value } : undefined;
});

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
  const place = placeOf(effect, labelled);
  if (givesAwayAny(effect, write, artifacts)) return !isOverruled(write, place, labelled);
  const { own, below } = givenAway(labelled)(artifacts);
  const before = (given: readonly { place: number }[] | undefined) => given?.[0] !== undefined && (place < 0 || given[0].place < place);
  return upwards(write.path).some((path) => before(own.get(path))) || before(below.get(write.path));
}

function givesAwayAny(effect: Effect, write: PathWrite, artifacts: readonly Artifact[]): boolean {
  if (!GIVES.has(effect.action ?? '')) return false;
  const isGiven = (artifact: Artifact) => givesAwayPart(effect, write, artifact);
  return (
    someAtOrAbove(artifactsByPath(artifacts), write.path, isGiven) || (givenBy(effect) === undefined && artifactsBelow(write.path, artifacts).some(isGiven))
  );
}

/** The places of the effects that give parts of artifacts away for good, by what they give and the directories of it. */
const givenAway = oncePer((labelled: readonly LabelledInstruction[]) =>
  oncePer((artifacts: readonly Artifact[]) => {
    const given: { path: string; place: number }[] = [];
    for (const [place, effect] of allEffects(labelled).entries()) {
      const writes = effect.writes.filter((write) => givesAwayAny(effect, write, artifacts) && !isOverruled(write, placeOf(effect, labelled), labelled));
      given.push(...writes.map(({ path }) => ({ path, place })));
    }
    return { own: byPath(given, ({ path }) => path), below: byDirectory(given, ({ path }) => path) };
  }),
);

/** A later `chown -R user:group` of all above it. */
function isOverruled(write: PathWrite, place: number, labelled: readonly LabelledInstruction[]): boolean {
  return upwards(write.path).some((path) => (overruling(labelled).get(path)?.at(-1)?.place ?? -1) > place);
}

/** What gives whole trees to a user and a group, by the tree. */
const overruling = oncePer((labelled: readonly LabelledInstruction[]) => {
  const trees = allEffects(labelled).flatMap((effect, place) => {
    const given = givenBy(effect);
    if (given?.user === undefined || (given.group === undefined && given.login !== true)) return [];
    return effect.writes.flatMap(({ path, kind }) => (kind === 'tree' && path !== '/' ? [{ path, place }] : []));
  });
  return byPath(trees, ({ path }) => path);
});

/** The place of an effect, or of what was made of it, among those of the file. */
function placeOf(effect: Effect, labelled: readonly LabelledInstruction[]): number {
  const same = placesOf(labelled).get(effect.command ?? effect) ?? [];
  return same.find((place) => effect.command === undefined || allEffects(labelled)[place]?.why === effect.why) ?? -1;
}

/** The places of effects by their command, or by themselves where they have none. */
const placesOf = oncePer((labelled: readonly LabelledInstruction[]) => {
  const places = new Map<ShellCommand | Effect, number[]>();
  for (const [place, effect] of allEffects(labelled).entries()) putUnder(places, [effect.command ?? effect], place);
  return places;
});
