// The releases that words of tags and directories name.
import { readFileSync } from 'node:fs';

const { debian, ubuntu } = JSON.parse(readFileSync(new URL('../../src/knowledge/bases.json', import.meta.url), 'utf8'));
const codenames = new Set([...Object.values(debian.numbers), 'sid', 'experimental']);

/** `bookworm`, `22.04`, `alpine3.19`, `oraclelinux9`; of the words between the dashes of a tag. */
export function wordsOf(tag, image) {
  return tag.split('-').flatMap((word) => releaseOfWord(word, image) ?? []);
}

function releaseOfWord(word, image) {
  if (codenames.has(word)) return word;
  const numbered = (word === image ? undefined : ubuntu.codenames[word]) ?? /^ubuntu-?(\d\d\.\d\d)$/.exec(word)?.[1];
  if (numbered !== undefined) return numbered;
  const match = /^(alpine|oraclelinux|oracle|ol|centos|rockylinux|fedora|photon|ubi|al|amazonlinux|amzn)(\d+(?:\.\d+)?)(?:$|[._])/.exec(word);
  if (match === null) return undefined;
  const [, name, number] = match;
  if (name === 'alpine') return number.includes('.') ? `alpine${number}` : undefined;
  const full = { al: 'amazonlinux', amzn: 'amazonlinux', ol: 'oraclelinux', oracle: 'oraclelinux' }[name] ?? name;
  return `${full}${number.split('.')[0]}`;
}

/** What stands before a release in the tags of each distribution, and its release behind. */
const versions = {
  almalinux: /^(\d+)/,
  alpine: /^v?(\d+\.\d+)|^(edge)$/,
  amazonlinux: /^(20\d\d|2(?=$|\.0\.|-)|1(?=$|-))/,
  centos: /^(?:centos)?(\d+)/,
  fedora: /^(\d+)/,
  oraclelinux: /^(\d+)/,
  photon: /^(\d\.\d)/,
  rockylinux: /^(\d+)/,
  ubuntu: /^(\d\d\.\d\d)/,
};

/** The reference of a plain distribution, with its release spelled out: of `debian:stable-slim`, `debian:trixie-slim`. */
export function rootOfDistribution(image, names) {
  if (image === 'archlinux') return image;
  if (image === 'debian' || image === 'buildpack-deps') return rootOfDebian(image, names);
  const version = first(versions[image], names) ?? (image === 'ubuntu' ? names.flatMap((name) => wordsOf(name))[0] : undefined);
  if (version === undefined) return undefined;
  if (image === 'amazonlinux') return `${image}:${version.replace(/^201\d$/, '1')}`;
  return `${image}:${version}${names[0].includes('slim') ? '-slim' : ''}`;
}

function rootOfDebian(image, names) {
  const extra = /\b(curl|scm|slim)$/.exec(names[0])?.[1];
  const release = names.flatMap((name) => wordsOf(name))[0] ?? debian.numbers[first(/^(\d+)(?:\.\d+)*(?:-slim)?$/, names) ?? ''];
  return release === undefined ? undefined : `${image}:${release}${extra === undefined ? '' : `-${extra}`}`;
}

function first(pattern, names) {
  const matches = names.map((name) => pattern?.exec(name)).filter((match) => match);
  return matches[0]?.[1] ?? matches[0]?.[2];
}
