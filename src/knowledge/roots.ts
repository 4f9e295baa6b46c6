import { type Base, type BaseTable, type Distro, defaultPath, distroNames } from './base.ts';
import { loadTable, lookUp } from './load.ts';
import { programsOfKinds } from './program-kinds.ts';
import { debianCodenames, type ReleaseNames } from './release-names.ts';

/** The distribution and the release that an image is made from; the release is empty where it is not known. */
export type Release = { distro: Distro; release: string };

const rpmRoot =
  /^(centos|rockylinux|almalinux|oraclelinux|amazonlinux|fedora|photon|opensuse|archlinux|redhat\/ubi(\d+))(?:-(minimal|micro))?(?::([\d.]*)(-slim)?)?$/;

/** Says what a plain image is, as tags/ and images.json name it: `debian:bookworm-slim`, `oraclelinux:9-slim`, `?:alpine3.19`. */
export function releaseOfRoot(root: string): Release | undefined {
  const [name = '', tag = ''] = root.split(':');
  if (name === '?') return releaseOfWord(tag);
  if (name === 'scratch') return { distro: 'scratch', release: '' };
  if (name === 'alpine') return { distro: 'alpine', release: tag };
  if (name === 'debian' || name === 'ubuntu' || name === 'buildpack-deps') {
    const [release = ''] = tag.split('-');
    return releaseOfWord(release) ?? { distro: name === 'ubuntu' ? 'ubuntu' : 'debian', release: '' };
  }
  return releaseOfRpm(root);
}

/** A release as a word names it: `bookworm`, `22.04`, `jammy`, `alpine3.19`, `amazonlinux2023`, `ubi9`. */
export function releaseOfWord(word: string): Release | undefined {
  if (debianCodenames().has(word)) return { distro: 'debian', release: word };
  if (/^\d\d\.\d\d$/.test(word)) return { distro: 'ubuntu', release: word };
  const ubuntu = lookUp(loadTable<ReleaseNames>('bases').ubuntu.codenames, word);
  if (ubuntu !== undefined) return { distro: 'ubuntu', release: ubuntu };
  const [, name = '', number = ''] = /^([a-z]+)(\d[\d.]*)$/.exec(word) ?? [];
  if (name === 'alpine') return number.includes('.') ? { distro: 'alpine', release: number } : undefined;
  return name === '' ? undefined : releaseOfRpm(name === 'ubi' ? `redhat/${word}` : `${name}:${number}`);
}

function releaseOfRpm(root: string): Release | undefined {
  const match = rpmRoot.exec(root);
  if (match === null) return undefined;
  const distro = (match[2] === undefined ? match[1] : 'ubi') as Distro;
  const number = match[2] ?? match[4] ?? '';
  const whole = distro === 'photon' || distro === 'opensuse' ? number : (number.split('.')[0] ?? '');
  return { distro, release: whole === '' || distro === 'archlinux' ? '' : `${distroNames[distro]}${whole}` };
}

/** Describes the plain image of a distribution that has rpm or pacman; undefined for another root. */
export function describeRpmRoot(root: string): Base | undefined {
  const found = releaseOfRpm(root);
  if (found === undefined) return undefined;
  const table = loadTable<BaseTable>('bases');
  const facts = structuredClone(table.distros[found.distro]);
  const size = /minimal|micro|slim/.exec(root)?.[0] ?? '';
  const sizes = table.megabytes[found.distro] ?? {};
  const number = found.release.replace(/^[a-z]+/, '');
  return {
    ...facts,
    ...found,
    image: found.distro,
    floating: false,
    variant: size === '' ? 'full' : 'slim',
    packageManager: size === 'micro' ? 'none' : facts.packageManager,
    megabytes: sizes[`${size} ${number}`.trim()] ?? sizes[size] ?? sizes[''] ?? 0,
    user: 'root',
    workdir: '/',
    env: { PATH: defaultPath },
    entrypoint: [],
    certificates: true,
    zones: size === '' && found.distro !== 'archlinux' && found.distro !== 'photon' && found.distro !== 'opensuse',
    programs: programsOfKinds(['redhat']),
    ownLocal: false,
    unsure: size === '' ? ['programs'] : ['programs', 'zones'],
  };
}
