import { loadTable } from './load.ts';

/** The settings that an image has, as far as its Dockerfile sets them; `through` are the official images it was made from. */
export type Settings = { cmd?: string[]; entrypoint?: string[]; env?: Record<string, string>; through?: string[]; user?: string; workdir?: string };

/** What is known of a listed tag: the directory it was last built from, and whether it is still built. */
export type Tag = {
  directory: string;
  supported: boolean;
  /** The plain image that it was last made from: `debian:bookworm-slim`; `?:bookworm` where only the release of that is known. */
  root?: string;
  settings?: Settings;
};

/** Directory, then state, then a pattern such as `*-slim`, then the words its `*` stands for. A state is `retired debian:buster 3`. */
type TagTable = { directories: Record<string, Record<string, Record<string, string>>>; newest: string; settings?: Settings[] };

const plain = ['alpine', 'buildpack-deps', 'busybox', 'debian', 'golang', 'nginx', 'node', 'python', 'ubuntu'];
const indexes = new Map<string, Map<string, Tag>>();
const searched = new Map<string, Tag | undefined>();

/** Says whether there is a table of the tags of an official image. */
export function hasTags(image: string): boolean {
  return plain.includes(image) || isBuilt(image);
}

/** Says whether an official image is one whose tags tell what each was made of. */
export function isBuilt(image: string): boolean {
  return Object.hasOwn(loadTable<{ official: Record<string, unknown> }>('images').official, image);
}

/**
 * Finds a tag (`20-slim`) of an official image (`node`) among those Docker has ever listed. A tag that is no longer
 * supported can still be pulled. From tags/<image>.json.
 */
export function findTag(image: string, tag: string): Tag | undefined {
  const index = indexes.get(image);
  if (index !== undefined) return index.get(tag);
  const key = `${image}:${tag}`;
  if (!searched.has(key)) searched.set(key, hasTags(image) ? search(image, tag) : undefined);
  return searched.get(key);
}

/** One tag is found sooner in the table as it is than by an index of all, which takes a tenth of a start. */
function search(image: string, tag: string): Tag | undefined {
  const table = loadTable<TagTable>(`tags/${image}`);
  for (const [directory, states] of Object.entries(table.directories)) {
    for (const [state, patterns] of Object.entries(states)) {
      for (const [pattern, words] of Object.entries(patterns)) {
        if (holds(pattern, words, tag)) return readState(directory, state, table);
      }
    }
  }
  return undefined;
}

function readState(directory: string, state: string, table: TagTable): Tag {
  const [life, root = '-', place] = state.split(' ');
  const settings = place === undefined ? undefined : table.settings?.[Number(place)];
  return { directory, supported: life === 'supported', ...(root === '-' ? {} : { root }), ...(settings === undefined ? {} : { settings }) };
}

function holds(pattern: string, words: string, tag: string): boolean {
  const [before = '', after = ''] = pattern.split('*');
  const fits = tag.startsWith(before) && tag.endsWith(after) && tag.length > before.length + after.length;
  return fits && ` ${words} `.includes(` ${tag.slice(before.length, tag.length - after.length)} `);
}

/** Says whether an official image ever had this tag. From tags/<image>.json. */
export function hasTag(image: string, tag: string): boolean {
  return findTag(image, tag) !== undefined;
}

/** All tags of an official image, with what is known of each; empty for an image without a table. */
export function tagsOf(image: string): ReadonlyMap<string, Tag> {
  const known = indexes.get(image);
  if (known !== undefined) return known;
  const index = hasTags(image) ? readIndex(image) : new Map<string, Tag>();
  indexes.set(image, index);
  return index;
}

function readIndex(image: string): Map<string, Tag> {
  const index = new Map<string, Tag>();
  const table = loadTable<TagTable>(`tags/${image}`);
  for (const [directory, states] of Object.entries(table.directories)) {
    for (const [state, patterns] of Object.entries(states)) {
      const tag = readState(directory, state, table);
      for (const [pattern, words] of Object.entries(patterns)) {
        const [before = '', after = ''] = pattern.split('*');
        for (const word of words.split(' ')) index.set(`${before}${word}${after}`, tag);
      }
    }
  }
  return index;
}
