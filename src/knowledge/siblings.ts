import { type Base, describeBase, lineNames } from './bases.ts';
import { formatImageReference, type ImageReference, parseImageReference } from './image-reference.ts';
import { findRelease } from './releases.ts';
import { spellTag, splitTag, type TagParts } from './tag-parts.ts';
import { findTag, hasTag } from './tags.ts';

/**
 * The reference of the `-slim` image of the same version and the same release (`node:20` → `node:20-slim`), at the same
 * registry; undefined where there is none, where the image is small already and for one pinned by digest. From tags/.
 */
export function slimSibling(reference: string): string | undefined {
  const found = readTag(reference);
  if (found === undefined) return undefined;
  const { image, parsed, parts, tag } = found;
  if (parts.slim || parts.release.startsWith('alpine') || image === 'nginx') return undefined;
  const version = image === 'debian' && parts.version === '' && parts.release === '' ? 'stable' : parts.version;
  const release = findRelease(image, tag);
  const sibling = spellTag({ ...parts, version, slim: true }).find((candidate) => {
    const other = findRelease(image, candidate);
    return hasTag(image, candidate) && other.release === release.release && other.distro === release.distro && sameVersion(image, tag, candidate);
  });
  return sibling === undefined || release.release === '' ? undefined : formatImageReference(parsed, { tag: sibling });
}

/**
 * The reference of the `-alpine` image of the same version (`python:3.12-slim` → `python:3.12-alpine`), at the same
 * registry; undefined where there is none, on Alpine already and for one pinned by digest. From tags/.
 */
export function alpineSibling(reference: string): string | undefined {
  const found = readTag(reference);
  if (found === undefined || found.parts.release.startsWith('alpine')) return undefined;
  const { image, parsed, parts, tag } = found;
  const candidates = spellTag({ ...parts, release: 'alpine', slim: false });
  const sibling = candidates.find((candidate) => hasTag(image, candidate) && sameVersion(image, tag, candidate));
  const changed = sibling === undefined ? undefined : formatImageReference(parsed, { tag: sibling });
  return changed === undefined || describeBase(changed)?.distro !== 'alpine' ? undefined : changed;
}

/**
 * The plain image of the distribution release that an official image is made from (`golang:1.21` →
 * `debian:bookworm-slim`, `golang:1.21-alpine3.19` → `alpine:3.19`), at the same registry. `base`: what is known of it beyond its name.
 */
export function releaseBase(reference: string, base: Base | undefined = describeBase(reference)): string | undefined {
  const parsed = parseImageReference(reference);
  if (parsed.official === undefined || base === undefined || base.release === '') return undefined;
  const { distro } = base;
  const number = base.release.replace(/^[a-z]+(?=\d)/, '');
  const tag = distro === 'debian' ? `${base.release}-slim` : distro === 'oraclelinux' ? `${number}-slim` : number;
  return hasTag(distro, tag) ? formatImageReference({ ...parsed, repository: distro, tag, digest: undefined }) : undefined;
}

/**
 * For a tag that may move to another release, the tag of the same version that names the release it stands for now
 * (`golang:1.26` → `golang:1.26-trixie`), where it is supported too. From tags/.
 */
export function pinnedTag(reference: string): string | undefined {
  const found = readTag(reference);
  if (found === undefined || describeBase(reference)?.floating !== true) return undefined;
  const { image, parsed, parts, tag } = found;
  const listed = findTag(image, tag);
  const { distro, release } = findRelease(image, tag);
  if (listed?.supported !== true || release === '') return undefined;
  const name = image === distro ? { version: release, release: '' } : { release: distro === 'alpine' ? `alpine${release}` : release };
  const pinned = spellTag({ ...parts, ...name }).find((candidate) => {
    const other = findTag(image, candidate);
    return candidate !== tag && other?.supported === true && (other.directory === listed.directory || image === distro);
  });
  return pinned === undefined ? undefined : formatImageReference(parsed, { tag: pinned });
}

type FoundTag = { image: string; parsed: ImageReference; parts: TagParts; tag: string };

/** A tag of an official image that is known, and not pinned by digest. */
export function readTag(reference: string): FoundTag | undefined {
  const parsed = parseImageReference(reference);
  if (parsed.official === undefined || parsed.digest !== undefined || describeBase(reference) === undefined) return undefined;
  const tag = parsed.tag ?? 'latest';
  const parts = splitTag(tag, lineNames(parsed.official));
  return { image: parsed.official, parsed, parts, tag };
}

/** Two tags are of one version where their directories are: `20/bookworm` and `20/bookworm-slim`. */
function sameVersion(image: string, one: string, other: string): boolean {
  const [first, second] = [one, other].map((tag) => findTag(image, tag)?.directory.split(/[/-]/)[0]);
  return first !== undefined && (first === second || image === 'debian');
}
