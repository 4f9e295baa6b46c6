import { type Base, compareVersions, defaultPath } from './base.ts';
import type { Release } from './releases.ts';
import type { TagParts } from './tag-parts.ts';

/** What an official image adds to the distribution it is made from. */
export type ImageFacts = Pick<Base, 'certificates' | 'entrypoint' | 'env' | 'users' | 'workdir' | 'zones'> & {
  cmd?: string[];
  /** Keys of programs.json. */
  kinds: string[];
};

/** An image, as far as its tag and the tables tell. */
export type TaggedImage = {
  image: string;
  parts: TagParts;
  release: Release;
  variant: Base['variant'];
  languageVersion: string | undefined;
};

const oldDebian = ['wheezy', 'jessie', 'stretch', 'buster'];

/** Says what an official image sets and holds beyond its distribution, from the Dockerfiles of docker-library. */
export function describeImage(tagged: TaggedImage): ImageFacts {
  const plain = plainFacts(tagged);
  switch (tagged.image) {
    case 'buildpack-deps':
      return { ...plain, certificates: true };
    case 'golang':
      return golangFacts(tagged, plain);
    case 'node':
      return nodeFacts(tagged, plain);
    case 'python':
      return pythonFacts(tagged, plain);
    case 'nginx':
      return nginxFacts(tagged, plain);
    default:
      return plain;
  }
}

function plainFacts({ image, parts, release, variant }: TaggedImage): ImageFacts {
  const kinds: string[] = [release.distro, ...buildpackKinds(image, parts, variant)];
  if (release.distro !== 'alpine') kinds.push('debian');
  if (isClassic(release)) kinds.push('debian-classic');
  if (release.distro === 'debian' && variant === 'full' && oldDebian.includes(release.release)) kinds.push('debian-network');
  return {
    certificates: release.distro === 'alpine' && !isOlder(release.release, '3.12'),
    entrypoint: [],
    env: { PATH: defaultPath },
    kinds,
    users: [],
    workdir: '/',
    zones: release.distro === 'debian',
  };
}

/** Full images are made from buildpack-deps, golang's from its `scm` variant; `debian` itself is not. */
function buildpackKinds(image: string, { extras }: TagParts, variant: Base['variant']): string[] {
  if (variant !== 'full' || !['buildpack-deps', 'golang', 'node', 'python'].includes(image)) return [];
  if (extras.includes('curl')) return ['buildpack-curl'];
  if (image === 'golang' || extras.includes('scm')) return ['buildpack-curl', 'buildpack-scm'];
  return ['buildpack-curl', 'buildpack-scm', 'compiler', 'buildpack'];
}

function golangFacts({ variant, languageVersion }: TaggedImage, plain: ImageFacts): ImageFacts {
  const exact = exactVersion(languageVersion);
  const toolchain = languageVersion === undefined || compareVersions(languageVersion, '1.21') >= 0;
  return {
    ...plain,
    certificates: true,
    env: {
      ...(exact === undefined ? {} : { GOLANG_VERSION: exact }),
      ...(toolchain ? { GOTOOLCHAIN: 'local' } : {}),
      GOPATH: '/go',
      PATH: `/go/bin:/usr/local/go/bin:${defaultPath}`,
    },
    kinds: [...plain.kinds, 'golang', ...(variant === 'full' ? ['compiler'] : [])],
    workdir: '/go',
  };
}

function nodeFacts({ variant, languageVersion }: TaggedImage, plain: ImageFacts): ImageFacts {
  const exact = exactVersion(languageVersion);
  const major = Number.parseInt(languageVersion ?? '24', 10);
  const kinds = ['node'];
  if (major < 26) kinds.push('yarn');
  if (major >= 16 && major < 25) kinds.push('corepack');
  return {
    ...plain,
    certificates: variant === 'full' || plain.certificates,
    cmd: ['node'],
    entrypoint: major === 8 || major >= 10 ? ['docker-entrypoint.sh'] : [],
    env: { ...plain.env, ...(exact === undefined ? {} : { NODE_VERSION: exact }) },
    kinds: [...plain.kinds, ...kinds],
    users: ['node'],
  };
}

function pythonFacts({ release, variant, languageVersion }: TaggedImage, plain: ImageFacts): ImageFacts {
  const exact = exactVersion(languageVersion);
  const version = languageVersion ?? '3';
  const old = version.startsWith('2');
  const minor = languageVersion === undefined ? 99 : Number(version.split('.')[1] ?? 99);
  return {
    ...plain,
    certificates: true,
    cmd: [old ? 'python2' : 'python3'],
    env: {
      PATH: `/usr/local/bin:${defaultPath}`,
      ...(old || minor < 13 ? { LANG: 'C.UTF-8' } : {}),
      ...(exact === undefined ? {} : { PYTHON_VERSION: exact }),
    },
    kinds: [...plain.kinds, old ? 'python2' : 'python3'],
    zones: variant !== 'alpine' || (!old && (minor >= 9 || (minor >= 7 && !isOlder(release.release, '3.14')))),
  };
}

function nginxFacts({ parts, languageVersion, release }: TaggedImage, plain: ImageFacts): ImageFacts {
  const recent = languageVersion === undefined || compareVersions(languageVersion, '1.19') >= 0;
  const kinds = parts.slim ? ['nginx'] : ['nginx', 'nginx-tools'];
  return {
    ...plain,
    certificates: release.distro === 'debian' || plain.certificates,
    cmd: ['nginx', '-g', 'daemon off;'],
    entrypoint: recent ? ['/docker-entrypoint.sh'] : [],
    kinds: [...plain.kinds, ...kinds],
    users: ['nginx'],
    zones: true,
  };
}

function exactVersion(version: string | undefined): string | undefined {
  return version !== undefined && /^\d+\.\d+\.\d+$/.test(version) ? version : undefined;
}

/** Releases whose smallest image still holds adduser, e2fsprogs and the like. */
function isClassic({ distro, release }: Release): boolean {
  if (distro === 'ubuntu') return release !== '' && isOlder(release, '24.04');
  return distro === 'debian' && [...oldDebian, 'bullseye', 'bookworm'].includes(release);
}

function isOlder(release: string, than: string): boolean {
  return release !== '' && compareVersions(release, than) < 0;
}
