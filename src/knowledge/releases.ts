import { loadTable, lookUp } from './load.ts';
import { debianCodenames, type ReleaseNames } from './release-names.ts';
import { remember } from './remember.ts';
import { type Release, releaseOfRoot, releaseOfWord } from './roots.ts';
import { splitTag } from './tag-parts.ts';
import { findTag, isBuilt, tagsOf } from './tags.ts';

export type { Release } from './roots.ts';

/**
 * Finds what a tag of an official image is made from: by its own words, by the directory it was last built from, or by
 * a sibling tag of that directory that names the release. From tags/, base-directories.json and bases.json.
 */
export function findRelease(image: string, tag: string): Release {
  return remembered(`${image}:${tag}`);
}

const remembered = remember((key) => releaseOf(key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)));

function releaseOf(image: string, tag: string): Release {
  if (image === 'alpine') return { distro: 'alpine', release: alpineRelease(tag) };
  if (image === 'debian') return { distro: 'debian', release: debianRelease(tag) };
  if (image === 'ubuntu') return { distro: 'ubuntu', release: ubuntuRelease(tag) };
  if (isBuilt(image)) return fromRoot(image, tag);
  return fromWord(splitTag(tag).release) ?? fromDirectory(image, tag);
}

function fromRoot(image: string, tag: string): Release {
  const root = findTag(image, tag)?.root;
  return (root === undefined ? undefined : releaseOfRoot(root)) ?? { distro: 'debian', release: '' };
}

function fromDirectory(image: string, tag: string): Release {
  const onAlpine = splitTag(tag).release.startsWith('alpine');
  const unknown: Release = { distro: onAlpine ? 'alpine' : 'debian', release: '' };
  const listed = findTag(image, tag);
  if (listed === undefined) return unknown;
  for (const word of listed.directory.split(/[/-]/)) {
    const release = fromWord(word);
    if (release !== undefined) return release;
  }
  const written = loadTable<Record<string, Record<string, string>>>('base-directories')[image]?.[listed.directory];
  if (written !== undefined) return { distro: /^\d/.test(written) ? 'alpine' : 'debian', release: written };
  return fromSibling(image, tag) ?? unknown;
}

/** `1.29.4` is what `1.29.4-trixie` is, where only one such tag was listed beside it. */
function fromSibling(image: string, tag: string): Release | undefined {
  const listed = findTag(image, tag);
  const parts = splitTag(tag);
  const found = new Set<string>();
  for (const [other, { directory, supported }] of tagsOf(image)) {
    if (directory !== listed?.directory || supported !== listed.supported) continue;
    const { version, release, slim, extras } = splitTag(other);
    const same = version === parts.version && slim === parts.slim && extras.join() === parts.extras.join();
    if (same && fromWord(release) !== undefined) found.add(release);
  }
  const [only] = found;
  return found.size === 1 && only !== undefined ? fromWord(only) : undefined;
}

/** A release as a tag or a directory names it: `bookworm`, `jammy`, `alpine3.19`. */
function fromWord(word: string): Release | undefined {
  return /^\d/.test(word) ? undefined : releaseOfWord(word);
}

function alpineRelease(tag: string): string {
  const named = /^v?(\d+\.\d+)(\.|_|$|-)/.exec(tag)?.[1];
  if (named !== undefined) return named;
  if (tag !== 'latest' && tag !== '3') return '';
  const minors = [...tagsOf('alpine').keys()].map((name) => Number(/^3\.(\d+)$/.exec(name)?.[1] ?? 0));
  return `3.${Math.max(...minors)}`;
}

function debianRelease(tag: string): string {
  const { aliases, numbers } = loadTable<ReleaseNames>('bases').debian;
  const [first = '', second] = tag.split('-');
  if (debianCodenames().has(first)) return first;
  const number = /^(\d+)(\.\d+)*$/.exec(first)?.[1];
  if (number !== undefined) return numbers[number] ?? '';
  const dated = second !== undefined && /^\d{8}/.test(second);
  return dated ? '' : (lookUp(aliases, first) ?? '');
}

function ubuntuRelease(tag: string): string {
  const [first = ''] = tag.split('-');
  return /^(\d\d\.\d\d)(\.\d+)?$/.exec(first)?.[1] ?? lookUp(loadTable<ReleaseNames>('bases').ubuntu.codenames, first) ?? '';
}
