import { posix } from 'node:path';
import { Stop } from '../errors.ts';
import { expand } from '../parse/variables.ts';
import type { BuildContext, CopyEffect, ImageState, SourceInstruction } from '../types.ts';
import { contextMatches } from './globs.ts';
import { valuesNamed } from './values.ts';

const ARCHIVE = /\.(tar|tar\.(gz|bz2|xz|zst|Z)|tgz|tbz2?|txz)$/;
const REPOSITORY = /^(git:\/\/|git@|ssh:\/\/)|^https?:\/\/[^#?]*\.git(#|\?|$)/;
const REMOTE = /^(https?|ftp|git|ssh):\/\/|^git@/;

/** Directories that every Linux image has. */
const STANDARD = new Set(
  '/ /bin /boot /dev /etc /home /lib /media /mnt /opt /proc /root /run /sbin /srv /sys /tmp /usr /usr/bin /usr/lib /usr/local /usr/local/bin /usr/local/lib /usr/sbin /usr/share /var /var/lib /var/log /var/tmp'.split(
    ' ',
  ),
);

interface Target {
  instruction: SourceInstruction;
  context: BuildContext;
  destination: string;
  /** What is copied goes below the destination, under its own name. */
  into: boolean;
  /** Directories of the source path are made anew below the destination. */
  parents: boolean;
}

/**
 * What a COPY or ADD puts where, by https://docs.docker.com/reference/dockerfile/#copy. Throws Stop where a source is not
 * in the context, for Docker would fail as well. `isDirectory`: what earlier instructions made.
 */
export function labelCopy(
  instruction: SourceInstruction,
  state: ImageState,
  context: BuildContext | undefined,
  escape: '\\' | '`',
  isDirectory: (path: string) => boolean,
): CopyEffect {
  const words = wordsOf(instruction).map((word) => expand(word, valuesNamed(word, state), escape));
  const target = words.pop();
  if (!target || words.length === 0) {
    throw new Stop('syntax', { what: `${instruction.keyword} needs a source and a destination`, advice: 'Add what is missing.' }, instruction.line);
  }
  const sources = words.map((word) => word.text);
  const owner = flagValue(instruction, 'chown');
  const destination = posix.resolve(state.cwd, target.text);
  const base = { sources, destination, unpacks: false, ...(owner !== undefined && { owner: expand(owner, valuesNamed(owner, state), escape).text }) };
  const into = sources.length > 1 || /(^|\/)\.{0,2}$/.test(target.text) || STANDARD.has(destination) || isDirectory(destination);
  const elsewhere = otherOrigin(instruction, sources);
  if (elsewhere) return { ...base, from: elsewhere, placed: elsewhere === 'image' ? [] : sources.map((source) => brought(source, destination, into)) };
  if (!context) throw new Stop('context-missing', { source: sources[0] ?? '' }, instruction.line);
  const parents = hasFlag(instruction, 'parents');
  const found = words.flatMap((word) => (word.unknown.length > 0 ? [] : place(word.text, { instruction, context, destination, into, parents })));
  if (found.length === 0 && words.every((word) => word.unknown.length === 0)) throw missing(sources[0] ?? '', context, sources[0] ?? '', instruction);
  return { ...base, from: 'context', ...unpacked(found, instruction, destination) };
}

/** Where what is copied comes from, if not from the context. */
function otherOrigin(instruction: SourceInstruction, sources: readonly string[]): Exclude<CopyEffect['from'], 'context'> | undefined {
  const from = flagValue(instruction, 'from');
  if (from !== undefined && /^\d+$/.test(from)) {
    const advice = 'Name an image, or leave out --from.';
    throw new Stop('syntax', { what: `${instruction.keyword} --from=${from} names the stage that it stands in`, advice }, instruction.line);
  }
  if (from !== undefined) return 'image';
  if (instruction.heredocs.length > 0) return 'heredoc';
  return sources.some((source) => REMOTE.test(source)) ? 'url' : undefined;
}

/** ADD leaves what is in an archive of the context, not the archive. */
function unpacked(placed: CopyEffect['placed'], instruction: SourceInstruction, destination: string): Pick<CopyEffect, 'placed' | 'unpacks'> {
  const unpacks = instruction.keyword === 'ADD' && flagValue(instruction, 'unpack') !== 'false' && placed.some(({ source }) => ARCHIVE.test(source));
  if (!unpacks) return { placed, unpacks };
  return { unpacks, placed: placed.map((one) => (ARCHIVE.test(one.source) ? { ...one, path: destination, kind: 'directory' } : one)) };
}

/** Quotes hold no words together here: https://docs.docker.com/reference/dockerfile/#copy asks for the JSON form. */
function wordsOf(instruction: SourceInstruction): string[] {
  return instruction.exec ?? instruction.value.split(/[ \t\v\f\r\n]+/).filter((word) => word !== '');
}

function flagValue(instruction: SourceInstruction, name: string): string | undefined {
  return instruction.flags.find((flag) => flag.name === name)?.value;
}

function hasFlag(instruction: SourceInstruction, name: string): boolean {
  const value = flagValue(instruction, name);
  return value !== undefined && value !== 'false';
}

/** A file that is written here or downloaded, or a repository that is cloned. */
function brought(source: string, destination: string, into: boolean): CopyEffect['placed'][number] {
  if (REPOSITORY.test(source)) return { path: destination, source: '', kind: 'directory' };
  return { path: into ? posix.join(destination, posix.basename(source.replace(/^(\w+:\/\/[^?#]*)[?#].*$/, '$1'))) : destination, source: '', kind: 'file' };
}

function place(source: string, target: Target): CopyEffect['placed'] {
  const { context, instruction, destination } = target;
  // A path that climbs out of the context stays at its root: https://docs.docker.com/reference/dockerfile/#copy
  const clean = posix.join('/', source).replace(/^\/|\/$/g, '');
  const glob = /[*?[\\]/.test(clean);
  const files = glob ? context.files() : [];
  if (!files) throw new Stop('context-too-large', { limit: '100,000' }, instruction.line);
  const found = glob ? contextMatches(clean, files) : [clean];
  return found.map((path) => {
    const kind = context.kind(path);
    if (kind === undefined) throw missing(source, context, path, instruction);
    if (target.parents) return { path: posix.join(destination, path.slice(pivotOf(source))), source: path, kind: kind === 'directory' ? kind : 'file' };
    if (kind === 'directory') return { path: destination, source: path, kind };
    return { path: target.into || found.length > 1 ? posix.join(destination, posix.basename(path)) : destination, source: path, kind: 'file' };
  });
}

/** With --parents the directories before `/./` are left out: https://docs.docker.com/reference/dockerfile/#copy---parents */
function pivotOf(source: string): number {
  const at = source.replace(/^(\.?\/)+/, '').indexOf('/./');
  return at < 0 ? 0 : at + 1;
}

function missing(source: string, context: BuildContext, path: string, instruction: SourceInstruction): Stop {
  return new Stop('missing-source', { source, ignored: context.ignores(path) ? ' (.dockerignore leaves it out)' : '' }, instruction.line);
}
