import type { Base, UnsureFact } from './base.ts';
import { loadTable, lookUp } from './load.ts';
import { programsOfKinds } from './program-kinds.ts';
import { describeRpmRoot, releaseOfRoot } from './roots.ts';
import { spellTag, type TagParts } from './tag-parts.ts';
import { findTag, type Settings, type Tag } from './tags.ts';

/** What images.json adds to what the tags of an official image tell, or says of an image that is none. */
export type ImageEntry = {
  /** Programs on PATH beside those of the image below; `jdk` stands for those of Java. */
  programs?: string;
  /** More of them: on Debian, and in the tags that have the word. */
  debian?: string;
  fpm?: string;
  apache?: string;
  /** The programs are all. */
  complete?: boolean;
  users?: string;
  certificates?: boolean;
  zones?: boolean;
  /** Absent where the image keeps files of its own in /usr/local. */
  ownLocal?: boolean;
  /** Of an official image: what it is made from where only the release is known, `*` standing for that. */
  root?: string;
  /** Where the tag does not tell them. */
  settings?: Settings;
  /** Of another image: the first pattern that a tag fits, and its root; an empty one is not known. */
  tags?: [pattern: string, root: string][];
  unsure?: string;
};

export type ImageTable = { official: Record<string, ImageEntry>; others: Record<string, ImageEntry> };

type Describe = (reference: string) => Base | undefined;

/** What an image was made of: its root, and what the Dockerfiles above that set. */
export type Made = {
  image: string;
  tag: string;
  root: string;
  settings: Settings | undefined;
  /** The release of the root is not known. */
  anyRelease?: boolean;
  /** Key of images.json, where it is another than the name. */
  key?: string;
};

/** Finds what a tag of an official image was made of; a tag that came later is as the newest one of its kind, without a release. */
export function findMade(image: string, tag: string, parts: TagParts): Made | undefined {
  const listed = findTag(image, tag);
  if (listed?.root !== undefined) return made(image, tag, listed, listed.root);
  const number = /^\d[\d.]*/.exec(parts.version)?.[0] ?? '';
  if (describeRpmRoot(`${image}:`) !== undefined)
    return listed === undefined && number === '' ? undefined : { image, tag, root: `${image}:${number}`, settings: {} };
  const kind = lookUp(loadTable<ImageTable>('images').official, image)?.root;
  if (listed !== undefined)
    return kind === undefined ? undefined : { image, tag, root: kind.replace('*', 'bookworm'), settings: listed.settings, anyRelease: true };
  if (number === '') return undefined;
  const like = spellTag({ ...parts, version: '' })
    .map((name) => findTag(image, name))
    .find((found) => found?.supported);
  if (like?.root === undefined) return undefined;
  const named = /\d|^[a-z]+$/.test(parts.release) && parts.release !== 'alpine';
  return { ...made(image, tag, like, like.root), ...(named ? {} : { anyRelease: true }) };
}

function made(image: string, tag: string, { settings }: Tag, root: string): Made {
  const kind = loadTable<ImageTable>('images').official[image]?.root ?? '*';
  const release = root.startsWith('?:') ? releaseOfRoot(root) : undefined;
  if (release === undefined) return { image, tag, root, settings };
  if (release.distro !== 'debian') return { image, tag, root: plainRoot(release.distro, root.slice(2), release.release), settings };
  const slim = tag.includes('slim') ? `debian:${release.release}-slim` : kind === '*' ? `debian:${release.release}` : kind.replace('*', release.release);
  return { image, tag, root: slim, settings };
}

function plainRoot(distro: Base['distro'], word: string, release: string): string {
  if (distro === 'alpine' || distro === 'ubuntu') return `${distro}:${release}`;
  return distro === 'ubi' ? `redhat/${word}` : `${distro}:${word.replace(/^[a-z]+/, '')}`;
}

/** Describes an image by what it was made of. `describe` describes the plain image below it. */
export function describeMade({ image, tag, root, settings: told, anyRelease, key = image }: Made, describe: Describe): Base | undefined {
  const base = describeRoot(root, describe);
  if (base === undefined) return undefined;
  const { official, others } = loadTable<ImageTable>('images');
  const own = lookUp(official, key) ?? lookUp(others, key) ?? {};
  const entries = [own, ...(told?.through ?? []).map((name) => lookUp(official, name) ?? {})];
  const settings = told ?? own.settings ?? (base.image === image ? {} : undefined);
  const { unsure: _, ...rest } = base;
  return {
    ...rest,
    ...(anyRelease ? { release: '' } : {}),
    image,
    ...settingsOf(settings, base),
    users: [...new Set([...base.users, ...words(own.users)])],
    certificates: base.certificates || entries.some((entry) => entry.certificates),
    zones: base.zones || entries.some((entry) => entry.zones),
    programs: [...new Set([...base.programs, ...entries.flatMap((entry) => programsOf(entry, tag, base))])].sort(),
    ownLocal: entries.some((entry) => entry.ownLocal !== false) || base.ownLocal === true,
    ...unsureOf(own, base, image, settings),
  };
}

function settingsOf(settings: Settings | undefined, base: Base): Pick<Base, 'cmd' | 'entrypoint' | 'env' | 'user' | 'workdir'> {
  return {
    user: settings?.user || 'root',
    workdir: settings?.workdir ?? base.workdir,
    env: { ...base.env, ...settings?.env },
    entrypoint: settings?.entrypoint ?? base.entrypoint,
    cmd: settings?.cmd ?? base.cmd,
  };
}

function unsureOf(own: ImageEntry, base: Base, image: string, settings: Settings | undefined): Pick<Base, 'unsure'> {
  const unsure = new Set<UnsureFact>(words(own.unsure) as UnsureFact[]);
  if (!own.complete) for (const fact of base.unsure ?? []) unsure.add(fact);
  if (!own.complete && base.image !== image && own.unsure === undefined) unsure.add('programs');
  if (settings === undefined) for (const fact of ['cmd', 'entrypoint', 'env', 'user', 'workdir'] as const) unsure.add(fact);
  return unsure.size === 0 ? {} : { unsure: [...unsure].sort() };
}

function programsOf(entry: ImageEntry, tag: string, { distro }: Base): string[] {
  const lists = [
    entry.programs,
    distro === 'debian' ? entry.debian : '',
    tag.includes('fpm') ? entry.fpm : '',
    /alpine|fpm|cli|zts/.test(tag) ? '' : entry.apache,
  ];
  return lists.flatMap(words).flatMap((word) => (word === 'jdk' ? programsOfKinds([/(^|-)jre/.test(tag) ? 'jre' : 'jdk']) : [word]));
}

function words(list: string | undefined): string[] {
  return (list ?? '').split(' ').filter((word) => word !== '');
}

/** The plain image at the root; one without a tag is of no known release. */
function describeRoot(root: string, describe: Describe): Base | undefined {
  const rpm = describeRpmRoot(root);
  if (rpm !== undefined) return rpm;
  if (root === 'debian:') return { ...(describe('debian:stable') as Base), release: '', floating: true };
  if (root === 'ubuntu:' || root === 'alpine:') return { ...(describe(root === 'ubuntu:' ? 'ubuntu' : 'alpine:edge') as Base), release: '', floating: true };
  const { distro = '', release = '' } = releaseOfRoot(root) ?? {};
  return describe(distro === 'ubuntu' ? root.replace(/:.*/, `:${release}`) : root);
}

/** Finds what images.json says that an image which is no official one was made of. */
export function findOther(name: string, tag: string): Made | undefined {
  const { others } = loadTable<ImageTable>('images');
  const key = Object.hasOwn(others, name) ? name : name.replace(/\/[^/]*$/, '/*');
  const entry = lookUp(others, key);
  for (const [pattern, root] of entry?.tags ?? []) {
    const match = new RegExp(pattern).exec(tag);
    if (match === null) continue;
    return root === ''
      ? undefined
      : { image: name, key, tag, root: root.replace(/\$(\d)/g, (_, group) => match[Number(group)] ?? ''), settings: entry?.settings };
  }
  return undefined;
}
