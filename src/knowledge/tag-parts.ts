import { debianCodenames, ubuntuCodenames } from './release-names.ts';

/** A tag of an official image taken apart: `3.12-slim-bookworm` is version 3.12, slim, release bookworm. */
export type TagParts = {
  /** Version or name of a line (`20.11`, `lts`, `3.13-rc`); empty for the newest one. */
  version: string;
  /** As the tag names it: `bookworm`, `jammy`, `alpine3.19`, `alpine`; empty where it does not. */
  release: string;
  slim: boolean;
  /** Words that make another image of it: `onbuild`, `scm`, `perl` … */
  extras: string[];
};

const versionWord = /^v?\d[\w.]*$/;
const lineWords = new Set('current devel edge lts mainline oldoldstable oldstable rc rolling stable testing tip unstable'.split(' '));

/** Takes a tag apart by the words between its dashes; `latest` names nothing, and so has no parts. */
export function splitTag(tag: string, knownLines: ReadonlySet<string> = new Set()): TagParts {
  const words = tag === 'latest' ? [] : tag.split('-');
  const others = words.filter((word) => word !== 'slim' && !isRelease(word));
  const isVersion = (word: string): boolean => versionWord.test(word) || lineWords.has(word) || knownLines.has(word);
  return {
    version: others.filter(isVersion).join('-'),
    release: words.findLast(isRelease) ?? '',
    slim: words.includes('slim'),
    extras: others.filter((word) => !isVersion(word)),
  };
}

/** The tags that these parts may be spelled as, in the orders that the official images use. */
export function spellTag(parts: TagParts): string[] {
  const { version, release, extras } = parts;
  const slim = parts.slim ? 'slim' : '';
  const orders = [
    [version, release, ...extras, slim],
    [version, slim, release, ...extras],
    [release, version, slim, ...extras],
    [version, ...extras, release, slim],
    [version, ...extras, slim, release],
  ];
  const spelled = orders.map((order) => order.filter((word) => word !== '').join('-')).filter((tag) => tag !== '');
  return spelled.length === 0 ? ['latest'] : [...new Set(spelled)];
}

function isRelease(word: string): boolean {
  return /^alpine(\d[\d.]*)?$/.test(word) || debianCodenames().has(word) || ubuntuCodenames().has(word);
}
