import { createRequire } from 'node:module';
import { posix } from 'node:path';
import { Stop } from '../errors.ts';
import { expand, splitWords } from '../parse/variables.ts';
import type { BuildContext, CopyEffect, ImageState, SourceInstruction } from '../types.ts';

const ARCHIVE = /\.(tar|tar\.(gz|bz2|xz|zst|Z)|tgz|tbz2?|txz)$/;

/**
 * What a COPY or ADD puts where, by https://docs.docker.com/reference/dockerfile/#copy. Throws Stop where a source is not
 * in the context, for Docker would fail as well.
 */
export function labelCopy(instruction: SourceInstruction, state: ImageState, context: BuildContext | undefined, escape: '\\' | '`'): CopyEffect {
  const values = { ...state.args, ...state.env };
  const words = (instruction.exec ?? splitWords(instruction.value, escape)).map((word) => expand(word, values, escape));
  const target = words.pop();
  if (!target || words.length === 0) {
    throw new Stop('syntax', { what: `${instruction.keyword} needs a source and a destination`, advice: 'Add what is missing.' }, instruction.line);
  }
  const sources = words.map((word) => word.text);
  const owner = instruction.flags.find((flag) => flag.name === 'chown')?.value;
  const destination = posix.resolve(state.cwd, target.text);
  const base = { sources, destination, unpacks: false, ...(owner !== undefined && { owner }) };
  const from = instruction.flags.find((flag) => flag.name === 'from');
  if (from) return { ...base, from: 'image', placed: [] };
  if (instruction.heredocs.length > 0)
    return {
      ...base,
      from: 'heredoc',
      placed: sources.map((source) => ({ path: target.text.endsWith('/') ? posix.join(destination, source) : destination, source: '', kind: 'file' })),
    };
  if (sources.some((source) => /^(https?|ftp|git):\/\//.test(source) || source.startsWith('git@'))) {
    return {
      ...base,
      from: 'url',
      placed: sources.map((source) => ({
        path: target.text.endsWith('/') ? posix.join(destination, posix.basename(source)) : destination,
        source: '',
        kind: 'file',
      })),
    };
  }
  if (!context) throw new Stop('context-missing', { source: sources[0] ?? '' }, instruction.line);
  const several = sources.length > 1 || /(^|\/)\.?$/.test(target.text) || destination === state.cwd;
  const placed = words.flatMap((word) => (word.unknown.length > 0 ? [] : place(word.text, destination, several, context, instruction)));
  if (placed.length === 0 && words.every((word) => word.unknown.length === 0)) throw missing(sources[0] ?? '', context, sources[0] ?? '', instruction);
  const unpacks = instruction.keyword === 'ADD' && placed.some(({ source }) => ARCHIVE.test(source));
  return { ...base, from: 'context', placed, unpacks };
}

function place(source: string, destination: string, several: boolean, context: BuildContext, instruction: SourceInstruction): CopyEffect['placed'] {
  // A path that climbs out of the context stays at its root: https://docs.docker.com/reference/dockerfile/#copy
  const clean = posix.join('/', source).replace(/^\/|\/$/g, '');
  const glob = /[*?[]/.test(clean);
  const found = glob ? matches(clean, context, instruction) : [clean];
  return found.map((path) => {
    const kind = context.kind(path);
    if (kind === undefined) throw missing(source, context, path, instruction);
    if (kind === 'directory') return { path: destination, source: path, kind: 'directory' };
    return { path: several || glob ? posix.join(destination, posix.basename(path)) : destination, source: path, kind: 'file' };
  });
}

function matches(pattern: string, context: BuildContext, instruction: SourceInstruction): string[] {
  const files = context.files();
  if (!files) throw new Stop('context-too-large', { limit: '100,000' }, instruction.line);
  // Loaded only where a COPY has a pattern.
  const picomatch = createRequire(import.meta.url)('picomatch') as typeof import('picomatch');
  const matcher = picomatch(pattern, { dot: true, nobrace: true, noextglob: true, noglobstar: true });
  const depth = pattern.split('/').length;
  return [...new Set(files.map((file) => file.split('/').slice(0, depth).join('/')))].filter((path) => matcher(path));
}

function missing(source: string, context: BuildContext, path: string, instruction: SourceInstruction): Stop {
  return new Stop('missing-source', { source, ignored: context.ignores(path) ? ' (.dockerignore leaves it out)' : '' }, instruction.line);
}
