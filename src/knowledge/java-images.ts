import { formatImageReference } from './image-reference.ts';
import { findRelease } from './releases.ts';
import { readTag } from './siblings.ts';
import { findTag, hasTag, tagsOf } from './tags.ts';

/** Images whose tags are of a JDK where they do not say so. */
const JAVA_IMAGES = new Set(['amazoncorretto', 'eclipse-temurin', 'java', 'openjdk']);

/**
 * The reference of the image that only runs Java, of the same vendor, version and release (`openjdk:11-slim` →
 * `openjdk:11-jre-slim`, `maven:3.9-eclipse-temurin-17-noble` → `eclipse-temurin:17-jre-noble`), at the same registry;
 * undefined where there is none. From tags/.
 */
export function jreSibling(reference: string): string | undefined {
  const found = readTag(reference);
  if (found === undefined || /(^|-)jre/.test(found.tag)) return undefined;
  const { image, parsed, tag } = found;
  if (findRelease(image, tag).release === '') return undefined;
  const own = (/(^|-)jdk/.test(tag) || JAVA_IMAGES.has(image) ? renamed(tag) : []).find((candidate) => isAlike([image, tag], [image, candidate]));
  if (own !== undefined) return formatImageReference(parsed, { tag: own });
  const java = JAVA_IMAGES.has(image) ? undefined : madeFrom(image, tag);
  if (java === undefined) return undefined;
  const other = ofVersion(java, tag, findTag(image, tag)?.directory ?? '').find((candidate) => isAlike([image, tag], [java, candidate]));
  return other === undefined ? undefined : formatImageReference(parsed, { repository: java, tag: other });
}

/** The image of Java that a build tool's image is made from. */
function madeFrom(image: string, tag: string): string | undefined {
  return findTag(image, tag)?.settings?.through?.find((name) => JAVA_IMAGES.has(name));
}

function renamed(tag: string): string[] {
  if (/(^|-)jdk/.test(tag)) return [tag.replace(/(^|-)jdk/, '$1jre')];
  const [first = '', ...rest] = tag.split('-');
  return [
    [first, 'jre', ...rest],
    [first, ...rest, 'jre'],
  ].map((words) => words.join('-'));
}

/** The tags of the version of Java that a directory names (`eclipse-temurin-17-noble`, `jdk21`), the shortest first. */
function ofVersion(java: string, tag: string, directory: string): string[] {
  const version = /(?:^|-)(?:openjdk|eclipse-temurin|amazoncorretto|jdk)-?(\d+)(?!\d)/.exec(directory)?.[1];
  if (version === undefined || /graal|openj9|semeru/.test(`${tag} ${directory}`)) return [];
  const plain = new RegExp(`^${version}-jre(-[a-z][\\w.-]*)?$`);
  const isSlim = (name: string) => name.includes('-slim');
  return [...tagsOf(java).keys()].filter((name) => plain.test(name) && isSlim(name) === isSlim(tag)).sort((one, other) => one.length - other.length);
}

/** Both exist, are of one release, and, of one image, both still built or both no longer. */
function isAlike([image, tag]: readonly [string, string], [java, candidate]: readonly [string, string]): boolean {
  if (!hasTag(java, candidate)) return false;
  const [release, other] = [findRelease(image, tag), findRelease(java, candidate)];
  const isBuilt = findTag(image, tag)?.supported === findTag(java, candidate)?.supported;
  return release.distro === other.distro && release.release === other.release && (isBuilt || java !== image);
}
