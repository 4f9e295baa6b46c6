import { type Base, type BaseTable, defaultPath } from './base.ts';
import { describeImage } from './base-facts.ts';
import { describeMade, findMade, findOther } from './built-images.ts';
import { describeDistroless } from './distroless.ts';
import { type ImageReference, parseImageReference } from './image-reference.ts';
import { loadTable, lookUp } from './load.ts';
import { programsOfKinds } from './program-kinds.ts';
import { findRelease, type Release } from './releases.ts';
import { remember } from './remember.ts';
import { splitTag, type TagParts } from './tag-parts.ts';
import { findTag, isBuilt } from './tags.ts';

export type { Base } from './base.ts';

const families = new Set(['alpine', 'buildpack-deps', 'busybox', 'debian', 'golang', 'nginx', 'node', 'python', 'ubuntu']);
const distributions = new Set(
  [
    ['alpine', 'debian', 'ubuntu', 'buildpack-deps', 'almalinux', 'amazonlinux', 'archlinux', 'centos', 'fedora', 'opensuse', 'oraclelinux'],
    ['photon', 'rockylinux'],
  ].flat(),
);
/** Whether an official image is nothing but a distribution. */
export function isDistribution(image: string): boolean {
  return distributions.has(image);
}

const unlistedExtras: Record<string, RegExp> = { 'buildpack-deps': /^(curl|scm)$/, busybox: /^(glibc|musl|uclibc)$/, nginx: /^perl$/ };
const neverKnown = /\$|windows|nanoserver|onbuild|cross|chakracore/;

/**
 * Describes the image that a FROM line names (its variables replaced), or undefined for one that no table knows. From
 * bases.json, base-directories.json, tags/ and programs.json.
 */
export function describeBase(reference: string): Base | undefined {
  return remembered(reference);
}

/** The same few bases are asked for again and again, also within one conversion. */
const remembered = remember(describe);

function describe(reference: string): Base | undefined {
  if (reference === 'scratch') return describeBare('scratch', 0);
  const parsed = parseImageReference(reference);
  if (neverKnown.test(reference)) return undefined;
  if (parsed.digest !== undefined && parsed.tag === undefined) return undefined;
  if (parsed.official === undefined) return describeDistroless(parsed) ?? describeOther(parsed);
  if (isBuilt(parsed.official)) return describeBuilt(parsed.official, parsed);
  return families.has(parsed.official) ? describeOfficial(parsed.official, parsed) : undefined;
}

/** An official image whose tags tell what each was made of. */
function describeBuilt(image: string, reference: ImageReference): Base | undefined {
  const tag = reference.tag ?? 'latest';
  const parts = splitTag(tag);
  const made = findMade(image, tag, parts);
  const base = made === undefined ? undefined : describeMade(made, describe);
  if (base === undefined) return undefined;
  const named = distributions.has(image) ? /\d/.test(tag) : namesRelease(tag, parts);
  const floating = !named && findTag(image, tag)?.supported !== false;
  const languageVersion = pinnedVersion(image, tag, parts);
  return withTag({ ...base, floating, ...(languageVersion === undefined ? {} : { languageVersion }) }, image, parts, reference, named);
}

/** An image that is none of Docker's official ones. */
function describeOther(reference: ImageReference): Base | undefined {
  const place = reference.registry.replace(/^(index\.|registry-1\.)?docker\.io$/, '');
  const tag = reference.tag ?? 'latest';
  const made = findOther(place === '' ? reference.repository : `${place}/${reference.repository}`, tag);
  const base = made === undefined ? undefined : describeMade(made, describe);
  if (made === undefined || base === undefined) return undefined;
  const parts = splitTag(tag);
  return withTag({ ...base, floating: tag === 'latest' || base.release === '' }, made.key ?? made.image, parts, reference, namesRelease(tag, parts));
}

/** What the tag tells of variant and size. A digest may pin an older build of a tag that has moved on since. */
function withTag(base: Base, key: string, parts: TagParts, { digest }: ImageReference, named: boolean): Base {
  const variant = variantOf(key, parts, base);
  const known = distributions.has(key) ? 0 : sizeOf(key, parts, variant, base.languageVersion ?? '');
  const pinned = digest === undefined ? {} : { floating: false, ...(named ? {} : { release: '' }) };
  return { ...base, ...pinned, variant, megabytes: known || base.megabytes };
}

function namesRelease(tag: string, { release }: TagParts): boolean {
  return (release !== '' && release !== 'alpine') || /(^|-)(al2|al20\d\d|ubi\d+|ol\d+|oraclelinux\d+|amazonlinux\d*|ubuntu-?\d\d\.\d\d)(-|$)/.test(tag);
}

/** Node's names of release lines (`boron`, `iron`), which stand for a version in its tags. */
export function lineNames(image: string): Set<string> {
  return new Set(image === 'node' ? Object.keys(loadTable<BaseTable>('bases').node.codenames) : []);
}

function describeOfficial(image: string, reference: ImageReference): Base | undefined {
  const tag = reference.tag ?? 'latest';
  const parts = splitTag(tag, lineNames(image));
  const listed = findTag(image, tag) !== undefined;
  if (!listed && parts.extras.some((word) => !unlistedExtras[image]?.test(word))) return undefined;
  if (image === 'busybox') return describeBusybox(parts);
  const release = findRelease(image, tag);
  const floating = isFloating(image, tag, parts, release);
  if (reference.digest === undefined) return describeRelease(image, tag, parts, release, floating);
  // A digest may pin an older build of a tag that has moved on since.
  const named = distributions.has(image) ? !floating : /\d|^[a-z]+$/.test(parts.release) && parts.release !== 'alpine';
  return describeRelease(image, tag, parts, named ? release : { ...release, release: '' }, false);
}

function describeRelease(image: string, tag: string, parts: TagParts, release: Release, floating: boolean): Base {
  const distro = loadTable<BaseTable>('bases').distros[release.distro];
  const languageVersion = pinnedVersion(image, tag, parts);
  const variant = variantOf(image, parts, release);
  const facts = describeImage({ image, parts, release, variant, languageVersion });
  const ubuntuUser = release.distro === 'ubuntu' && release.release >= '24.04' ? ['ubuntu'] : [];
  return {
    image,
    ...release,
    floating,
    variant,
    ...(languageVersion === undefined ? {} : { languageVersion }),
    libc: distro.libc,
    shells: [...distro.shells],
    packageManager: distro.packageManager,
    megabytes: sizeOf(image, parts, variant, languageVersion ?? release.release),
    user: 'root',
    workdir: facts.workdir,
    env: facts.env,
    entrypoint: facts.entrypoint,
    cmd: facts.cmd ?? [...distro.cmd],
    users: [...distro.users, ...facts.users, ...ubuntuUser],
    certificates: facts.certificates,
    zones: facts.zones,
    programs: programsOfKinds(facts.kinds),
    ownLocal: !distributions.has(image) && image !== 'nginx',
  };
}

function describeBusybox({ extras }: TagParts): Base {
  const base = describeBare('busybox', 4);
  return { ...base, libc: extras.includes('musl') ? 'musl' : base.libc, env: { PATH: defaultPath }, programs: programsOfKinds(['busybox']) };
}

function describeBare(distro: 'scratch' | 'busybox', megabytes: number): Base {
  const facts = loadTable<BaseTable>('bases').distros[distro];
  const nothing = { release: '', floating: false, entrypoint: [], certificates: false, zones: false, programs: [], ownLocal: false };
  return { image: distro, distro, ...nothing, ...structuredClone(facts), variant: 'minimal', megabytes, user: 'root', workdir: '/', env: {} };
}

/** A tag that names no release moves with the image, unless it is no longer built. */
function isFloating(image: string, tag: string, parts: TagParts, { distro, release }: Release): boolean {
  if (distributions.has(image) && image !== 'buildpack-deps') {
    const first = tag.split('-')[0] ?? tag;
    return !(/^\d+\.\d+|^\d{8}$/.test(first) || first === release || (image === 'debian' && /^\d+$/.test(first)) || parts.release !== '');
  }
  const named = distro === 'alpine' ? parts.release !== 'alpine' && parts.release !== '' : parts.release !== '';
  return !named && findTag(image, tag)?.supported !== false;
}

/** The version that a tag pins: two numbers of it (one for Node), or all that a tag which no longer moves stands for. */
function pinnedVersion(image: string, tag: string, { version }: TagParts): string | undefined {
  if (distributions.has(image)) return undefined;
  const codename = lookUp(loadTable<BaseTable>('bases').node.codenames, version);
  if (image === 'node' && codename !== undefined) return codename;
  const number = /^\d+(\.\d+)*/.exec(version)?.[0] ?? '';
  if (number.includes('.') || (image === 'node' && number !== '' && number !== '0')) return number;
  const listed = findTag(image, tag);
  return listed?.supported === false ? /^\d+(\.\d+)*/.exec(listed.directory)?.[0] : undefined;
}

function variantOf(image: string, parts: TagParts, { distro, variant }: Release & Partial<Base>): Base['variant'] {
  if (distro === 'alpine') return 'alpine';
  if (parts.slim || image === 'nginx') return 'slim';
  const rooted = distro === 'debian' || distro === 'ubuntu' || (isBuilt(image) && !distributions.has(image) && distro !== 'scratch');
  return rooted ? 'full' : (variant ?? 'full');
}

/** Looks from the most exact key to the plainest: `slim 3.12.1`, `slim 3.12`, `slim 3`, `slim`. */
function sizeOf(image: string, parts: TagParts, variant: Base['variant'], version: string): number {
  const sizes = loadTable<BaseTable>('bases').megabytes[image] ?? {};
  const extra = parts.extras.find((word) => sizes[word] !== undefined);
  const kind = extra ?? (variant === 'full' || image === 'alpine' || (image === 'nginx' && variant === 'slim') ? '' : variant);
  for (let rest = version; rest !== ''; rest = rest.replace(/[.-]?[^.-]*$/, '')) {
    const size = sizes[kind === '' ? rest : `${kind} ${rest}`];
    if (size !== undefined) return size;
  }
  return sizes[kind] ?? sizes[''] ?? 0;
}
