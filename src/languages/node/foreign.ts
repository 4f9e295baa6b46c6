import { posix } from 'node:path';
import { allEffects, within } from '../../effects/effect.ts';
import type { CopyEffect, Effect, Evidence, Need } from '../../types.ts';
import type { Facts } from '../language.ts';

/** Programs that are published as one file which needs nothing, or the C library alone. */
const ALONE = new Set(
  'berglas catatonit chamber cloud_sql_proxy cloud-sql-proxy cloudflared consul deno docker dockerize doppler dumb-init envconsul gomplate gosu grpc_health_probe helm jq kind kubectl kustomize litestream mc nomad packer pid1 rclone restic su-exec supercronic terraform tini tini-static vault wait-for-it wait-for-it.sh yq'.split(
    ' ',
  ),
);
/** Released without links to libraries. */
const STATIC = /[/_-]static\b|\bstatic[_-]|linux-musl/;
/** What leaves a file what it was, and what the image's own tools make. */
const OWN = /^(chmod|chown|chgrp|strip|edit|make-directory|remove|services|compile|install-built|corepack|package-source|node-.*|.*-install)$/;

/**
 * What a program needs that comes ready made from elsewhere (another image, a download): nobody knows which libraries and
 * programs of the image it uses. `had`: base or packages bring one of that name as well.
 */
export function foreignNeed(facts: Facts, program: string, had: boolean, evidence: Evidence): Need | undefined {
  if (ALONE.has(posix.basename(program))) return undefined;
  const line = placesOf(facts, program)
    .map((place) => lineThatBrings(facts, place, !had))
    .find((one) => one !== undefined);
  return line === undefined ? undefined : { kind: 'system', name: 'programs', evidence: { ...evidence, note: `${evidence.note}, which line ${line} brings` } };
}

/** A script of the context that a program's name stands for: what it starts is not read. */
export function isOwnScript(facts: Facts, program: string): boolean {
  const source = placesOf(facts, program).flatMap((place) => facts.sourceOf(place) ?? [])[0];
  return source !== undefined && facts.context.kind(source) === 'file' && !/^#!.*\bnode\b/.test(facts.context.read(source) ?? '');
}

function placesOf({ labelled }: Facts, program: string): string[] {
  const { cwd = '/', env = {} } = labelled.at(-1)?.state ?? {};
  return program.includes('/') ? [posix.resolve(cwd, program)] : (env.PATH ?? '').split(':').map((directory) => posix.join(directory, program));
}

/** The line that brings what stands in a place; `wide`: also where it brings a whole directory around it. */
function lineThatBrings({ labelled, source }: Facts, place: string, wide: boolean): number | undefined {
  const all = allEffects(labelled);
  const found = labelled.findLast(
    ({ copy, segments }) =>
      (copy && holds(copy, place, wide)) || segments?.some(({ effects }) => effects.some((effect) => makes(effect, place, wide) && isForeign(effect, all))),
  );
  const instruction = found && source.instructions[found.index];
  return instruction && !STATIC.test(instruction.text) ? instruction.line : undefined;
}

function holds({ from, destination, sources }: CopyEffect, place: string, wide: boolean): boolean {
  if (from === 'context' || from === 'heredoc') return false;
  const named = sources.some((source) => posix.join(destination, posix.basename(source)) === place);
  if (named || place === destination) return true;
  // A file beside it is another program.
  const files = posix.dirname(place) === destination && sources.every((source) => /\/s?bin\/[^/]+$/.test(source));
  return wide && within(place, destination) && !files;
}

function makes({ action = '', writes }: Effect, place: string, wide: boolean): boolean {
  return !OWN.test(action) && writes.some(({ path, kind }) => path === place || (wide && kind === 'tree' && within(place, path)));
}

/** A copy of what was compiled here links to what the builder lists; any other copy or link is what it was made from. */
function isForeign(effect: Effect, all: readonly Effect[]): boolean {
  if (effect.role === 'neutral') return false;
  if (effect.action !== 'copy' && effect.action !== 'link') return true;
  const made = all.filter(({ action = '' }) => /^(compile|install-built|node-.*)$/.test(action)).flatMap(({ writes }) => writes.map(({ path }) => path));
  return !effect.reads.some((read) => made.some((path) => within(read, path) || within(path, read)));
}
