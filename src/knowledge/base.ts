/** What is known of a base image. */
export type Base = {
  /** Name of the official image, `distroless/static` and the like, the whole name of another one, or `scratch`. */
  image: string;
  distro: Distro;
  /** `bookworm`, `3.19`, `22.04`, `el9`, `fedora41`, `amzn2023`; empty where it is not known. For distroless the Debian release. */
  release: string;
  /** The same reference may stand for another release later. */
  floating: boolean;
  variant: 'full' | 'slim' | 'alpine' | 'minimal';
  /** Version of the language as the reference pins it: `3.12`, `20`, `1.21.5`. */
  languageVersion?: string;
  libc: 'glibc' | 'musl' | 'none';
  /** Absolute paths. */
  shells: string[];
  packageManager: 'apt' | 'apk' | 'dnf' | 'zypper' | 'pacman' | 'none';
  /** Uncompressed, amd64, rough. */
  megabytes: number;
  user: string;
  workdir: string;
  env: Record<string, string>;
  entrypoint: string[];
  cmd: string[];
  users: string[];
  /** Has /etc/ssl/certs/ca-certificates.crt, or what its distribution has instead. */
  certificates: boolean;
  /** Has /usr/share/zoneinfo. */
  zones: boolean;
  /** Names of the programs on PATH. */
  programs: string[];
  /** Keeps files of its own in /usr/local, so what stands there was not all made by the Dockerfile. Absent where nobody can tell. */
  ownLocal?: boolean;
  /** What above is only likely, or for `programs` and `users` not all. Absent where all of it holds. */
  unsure?: UnsureFact[];
};

export type UnsureFact = 'certificates' | 'cmd' | 'entrypoint' | 'env' | 'programs' | 'user' | 'users' | 'workdir' | 'zones';

export type Distro = keyof typeof distroNames;

/** How a release of each distribution starts; those of one family, `el`, hold the same libraries. */
export const distroNames = {
  almalinux: 'el',
  alpine: '',
  amazonlinux: 'amzn',
  archlinux: '',
  busybox: '',
  centos: 'el',
  debian: '',
  distroless: '',
  fedora: 'fedora',
  opensuse: 'leap',
  oraclelinux: 'el',
  photon: 'photon',
  rockylinux: 'el',
  scratch: '',
  ubi: 'el',
  ubuntu: '',
} as const;

/** The parts of bases.json that describe distributions and sizes. */
export type BaseTable = {
  distros: Record<Distro, Pick<Base, 'cmd' | 'libc' | 'packageManager' | 'shells' | 'users'>>;
  megabytes: Record<string, Record<string, number>>;
  node: { codenames: Record<string, string> };
};

/** The PATH of an image that sets none. */
export const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Compares versions part by part, as numbers: `3.9` is less than `3.14`. */
export function compareVersions(one: string, other: string): number {
  const [first, second] = [one, other].map((version) => version.split('.').map((part) => Number.parseInt(part, 10) || 0));
  for (let index = 0; index < Math.max(first?.length ?? 0, second?.length ?? 0); index += 1) {
    const difference = (first?.[index] ?? 0) - (second?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
