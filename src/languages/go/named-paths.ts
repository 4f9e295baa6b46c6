import { posix } from 'node:path';
import { within } from '../../effects/effect.ts';
import { describeGoModule } from '../../knowledge/go-modules.ts';
import type { Facts } from '../language.ts';
import type { GoModule } from './modules.ts';
import type { GoSource } from './sources.ts';

/** What is known of a path that the program may read. */
export interface Naming {
  /** A call opens it, so whatever is there is meant; a mere word may be one by chance. */
  opened: boolean;
  /** It is opened as something that must be there. */
  expected: boolean;
}

export interface NamedPaths {
  /** By absolute path of the image. */
  paths: ReadonlyMap<string, Naming>;
  /** Directories that named files stand in: they matter where the file itself is not there yet. */
  parents: ReadonlyMap<string, string[]>;
}

interface Word extends Naming {
  value: string;
  /** The directories that it may be below. */
  from: readonly string[];
}

/** Absolute image paths that literals, variables, start commands and known libraries name. */
export function namedPaths(facts: Facts, sources: readonly GoSource[], module: GoModule | undefined): NamedPaths {
  const from = startPlaces(facts);
  const plain = (value: string): Word => ({ value, from, opened: false, expected: false });
  const libraries = (module?.requires ?? []).flatMap((path) => describeGoModule(path)?.files ?? []);
  const words = [
    ...sourceWords(facts, sources, from),
    ...[...startWords(facts), ...settings(facts)].map(plain),
    ...startedOnPath(facts).map((value) => ({ ...plain(value), opened: true })),
    ...libraries.map((value) => ({ ...plain(value), opened: true })),
  ];
  const paths = new Map<string, Naming>();
  const parents = new Map<string, string[]>();
  for (const { value, from: bases, opened, expected } of words) {
    for (const base of bases) {
      const path = posix.resolve(base, value);
      const other = paths.get(path);
      paths.set(path, { opened: opened || other?.opened === true, expected: expected || other?.expected === true });
      if (value.includes('/') && !from.some((place) => within(place, posix.dirname(path))))
        parents.set(posix.dirname(path), [...(parents.get(posix.dirname(path)) ?? []), path]);
    }
  }
  return { paths, parents };
}

/** The working directory, those that start scripts change to, and those of the programs that are started. */
function startPlaces(facts: Facts): string[] {
  const cwd = facts.labelled.at(-1)?.state.cwd ?? '/';
  const programs = facts.start.commands
    .filter((command) => command.name.includes('/'))
    .map((command) => posix.dirname(posix.resolve(command.cwd ?? cwd, command.name)));
  return [...new Set([cwd, ...facts.start.commands.flatMap((command) => command.cwd ?? []), ...programs])];
}

/** Where a program or script that the start names by itself may stand. */
function startedOnPath({ labelled, start }: Facts): string[] {
  const directories = (labelled.at(-1)?.state.env.PATH ?? '').split(':').filter((directory) => directory.startsWith('/'));
  const names = start.commands.map(({ name }) => name).filter((name) => /^[\w.+-]+$/.test(name));
  return [...new Set(names)].flatMap((name) => directories.map((directory) => posix.join(directory, name)));
}

function sourceWords(facts: Facts, sources: readonly GoSource[], from: readonly string[]): Word[] {
  const embeds = sources.flatMap((source) => source.embeds.map((pattern) => posix.join(posix.dirname(source.file), pattern.replace(/\/?\*.*$/, ''))));
  const isEmbedded = (path: string) => embeds.some((embed) => within(path, embed));
  const opened = new Set(sources.flatMap((source) => source.opens.map((open) => open.literal)));
  return sources.flatMap((source) => {
    const directory = posix.dirname(source.file);
    const bases = [...new Set([...from, ...imagePaths(directory === '.' ? '' : directory, facts)])];
    const calls = source.opens.flatMap(({ literal, tentative }) =>
      withoutPattern(literal).map((value): Word => ({ value, from: bases, opened: true, expected: !tentative })),
    );
    const literals = source.literals.flatMap(({ value }) => plainPath(value).filter((path) => opened.has(value) || !isEmbedded(posix.join(directory, path))));
    return [...calls, ...literals.map((value) => ({ value, from: bases, opened: false, expected: false }))];
  });
}

/** Where COPY put a directory of the context. */
function imagePaths(directory: string, facts: Facts): string[] {
  return facts.labelled.flatMap(({ copy }) =>
    (copy?.from === 'context' ? copy.placed : []).flatMap((placed) => {
      const isBelow = placed.kind === 'directory' && (placed.source === '' || within(directory, placed.source));
      return isBelow ? [posix.join(placed.path, posix.relative(placed.source, directory))] : [];
    }),
  );
}

/** `file:db/a.db?mode=ro` → `db/a.db`, `templates/*.html` → `templates`; empty for what names no place. */
function withoutPattern(value: string | undefined): string[] {
  const bare = (value ?? '')
    .replace(/^file:(\/\/)?/, '')
    .replace(/\?.*=.*$/, '')
    .replace(/\/[^/]*[*?[{%].*$/, '')
    .replace(/\/+$/, '');
  return /^[^\0\n]{1,300}$/.test(bare) && !['.', '..', '/', './'].includes(bare) ? [bare] : [];
}

/** A word that could be a path: no number, no sentence, no address. */
function plainPath(value: string): string[] {
  return withoutPattern(value).filter((bare) => /^[\p{L}\p{M}\p{N}_@.+,~/()&'#=: -]+$/u.test(bare) && !/^:?\d+$/.test(bare) && !bare.includes('://'));
}

/** The words of start commands, what their shell reads and sets, and all words of their scripts. */
function startWords(facts: Facts): string[] {
  const programs = new Set(facts.start.commands.map((command) => command.name).filter((name) => !name.includes('/')));
  const words = facts.start.commands.flatMap((command) => [
    command.name,
    ...command.args.map((word) => word.value.replace(/^-*[\w-]+=/, '')),
    ...command.redirects.map((redirect) => redirect.word.value),
    ...command.assignments.map((assignment) => assignment.word.value),
  ]);
  // A name without a slash is looked for on PATH.
  return [...words, ...scriptTexts(facts).flatMap((text) => text.split(/[\s;"'`()<>|&=$]+/))].filter((word) => !programs.has(word)).flatMap(plainPattern);
}

/** `sql/*.sql` → `sql`; a pattern without a directory is not followed. */
function plainPattern(word: string): string[] {
  return plainPath(word).filter((path) => !/[*?[]/.test(path));
}

/** The start commands that are shell text, and the scripts of the context that they name. */
function scriptTexts(facts: Facts): string[] {
  const cwd = facts.labelled.at(-1)?.state.cwd ?? '/';
  const inline = [facts.start.entrypoint, facts.start.cmd].flatMap((index) => (index === undefined ? [] : (facts.source.instructions[index]?.value ?? [])));
  const scripts = facts.start.commands.flatMap((command) =>
    [command.name, ...command.args.map((word) => word.value)].flatMap((word) => {
      const source = facts.sourceOf(posix.resolve(command.cwd ?? cwd, word));
      const text = source === undefined ? undefined : facts.context.read(source);
      return text !== undefined && (text.startsWith('#!') || /\.(sh|bash)$/.test(word)) ? [text] : [];
    }),
  );
  return [...new Set([...inline, ...scripts])];
}

/** Values that the Dockerfile gives to the program: ENV, and `-ldflags "-X main.name=value"`. */
function settings(facts: Facts): string[] {
  const env = facts.labelled.at(-1)?.state.env ?? {};
  const names = facts.source.instructions
    .filter(({ keyword }) => keyword === 'ENV')
    .flatMap(({ value }) => [...value.matchAll(/(?:^|\s)(\w+)(?==|\s)/g)].map((match) => match[1] ?? ''));
  const values = [...new Set(names)]
    .filter((name) => !/^(PATH|GO[A-Z\d]*|CGO_\w+)$/.test(name))
    .flatMap((name) => (env[name] ?? '').split(':').concat(env[name] ?? ''));
  const linked = facts.source.instructions
    .filter(({ keyword }) => keyword === 'RUN')
    .flatMap(({ value }) => [...value.matchAll(/-X[ =]'?[\w./-]+=([^\s'"]+)/g)].map((match) => match[1] ?? ''));
  return [...values, ...linked].flatMap(plainPath);
}
