import { type Base, type BaseTable, defaultPath } from './base.ts';
import type { ImageReference } from './image-reference.ts';
import { loadTable, lookUp } from './load.ts';

type DistrolessTable = BaseTable & {
  debian: { numbers: Record<string, string> };
  distroless: {
    images: Record<string, { megabytes: number; programs: string[] }>;
    nodejs: Record<string, string[]>;
    python: Record<string, string>;
  };
};

const pattern = /(?:^|\/)distroless\/([a-z0-9]+(?:-nossl)?)(?:-(debian(\d+)))?$/;
const knownTag = /^(latest|nonroot|debug|debug-nonroot)(-(amd64|arm64))?$/;

/**
 * Describes an image of https://github.com/GoogleContainerTools/distroless, from its build files; undefined for another
 * image and for a tag or version that it never had.
 */
export function describeDistroless(reference: ImageReference): Base | undefined {
  const match = pattern.exec(`${reference.registry}/${reference.repository}`);
  const tag = reference.tag ?? 'latest';
  if (match === null || !knownTag.test(tag)) return undefined;
  const [, name = '', debian, number = ''] = match;
  const table = loadTable<DistrolessTable>('bases');
  const node = /^nodejs(\d+)$/.exec(name)?.[1];
  const image = lookUp(table.distroless.images, node === undefined ? name : 'nodejs');
  if (image === undefined || name === 'nodejs') return undefined;
  if (debian !== undefined && node !== undefined && !table.distroless.nodejs[debian]?.includes(node)) return undefined;
  const python = name === 'python3' ? table.distroless.python[debian ?? ''] : undefined;
  const languageVersion = node ?? python;
  const debug = tag.startsWith('debug');
  const facts = structuredClone(table.distros.distroless);
  return {
    ...facts,
    image: `distroless/${name}`,
    distro: 'distroless',
    release: table.debian.numbers[number] ?? '',
    floating: debian === undefined,
    variant: 'minimal',
    ...(languageVersion === undefined ? {} : { languageVersion }),
    libc: name === 'static' ? 'none' : facts.libc,
    shells: debug ? ['/busybox/sh'] : [],
    megabytes: image.megabytes,
    ...identity(tag),
    env: environment(name, debug),
    entrypoint: entrypoint(name, node, python, debug),
    certificates: true,
    zones: true,
    programs: [...image.programs],
  };
}

function identity(tag: string): Pick<Base, 'user' | 'workdir'> {
  return tag.includes('nonroot') ? { user: '65532', workdir: '/home/nonroot' } : { user: 'root', workdir: '/' };
}

function environment(name: string, debug: boolean): Record<string, string> {
  return {
    PATH: debug ? `${defaultPath}:/busybox` : defaultPath,
    SSL_CERT_FILE: '/etc/ssl/certs/ca-certificates.crt',
    ...(name === 'python3' ? { LANG: 'C.UTF-8' } : {}),
  };
}

function entrypoint(name: string, node: string | undefined, python: string | undefined, debug: boolean): string[] {
  if (node !== undefined) return ['/nodejs/bin/node'];
  if (name === 'python3') return [`/usr/bin/python${python ?? '3'}`];
  return debug ? ['/busybox/sh'] : [];
}
