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

type DistrolessName = { name: string; debian: string | undefined; megabytes: number; programs: string[]; node?: string; python?: string };

const pattern = /(?:^|\/)distroless\/([a-z0-9]+(?:-nossl)?)(?:-(debian\d+))?$/;
const knownTag = /^(latest|nonroot|debug|debug-nonroot)(-(amd64|arm64))?$/;

/**
 * Describes an image of https://github.com/GoogleContainerTools/distroless, from its build files; undefined for another
 * image and for a tag or version that it never had.
 */
export function describeDistroless(reference: ImageReference): Base | undefined {
  const tag = reference.tag ?? 'latest';
  const found = knownTag.test(tag) ? readName(`${reference.registry}/${reference.repository}`) : undefined;
  if (found === undefined) return undefined;
  const table = loadTable<DistrolessTable>('bases');
  const languageVersion = found.node ?? found.python;
  const debug = tag.startsWith('debug');
  const facts = structuredClone(table.distros.distroless);
  return {
    ...facts,
    image: `distroless/${found.name}`,
    distro: 'distroless',
    release: lookUp(table.debian.numbers, found.debian?.slice('debian'.length) ?? '') ?? '',
    floating: found.debian === undefined,
    variant: 'minimal',
    ...(languageVersion === undefined ? {} : { languageVersion }),
    libc: found.name === 'static' ? 'none' : facts.libc,
    shells: debug ? ['/busybox/sh'] : [],
    megabytes: found.megabytes,
    ...identity(tag),
    env: environment(found.name, debug),
    entrypoint: entrypoint(found, debug),
    certificates: true,
    zones: true,
    programs: [...found.programs],
    ownLocal: false,
  };
}

function readName(path: string): DistrolessName | undefined {
  const [, name = '', debian] = pattern.exec(path) ?? [];
  const { distroless } = loadTable<DistrolessTable>('bases');
  const node = /^nodejs(\d+)$/.exec(name)?.[1];
  if (node !== undefined) {
    const exists = debian === undefined || lookUp(distroless.nodejs, debian)?.includes(node);
    return exists && distroless.images.nodejs ? { name, debian, node, ...distroless.images.nodejs } : undefined;
  }
  const image = name === 'nodejs' ? undefined : lookUp(distroless.images, name);
  const python = name === 'python3' ? lookUp(distroless.python, debian ?? '') : undefined;
  return image && { name, debian, ...image, ...(python === undefined ? {} : { python }) };
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

function entrypoint({ name, node, python }: DistrolessName, debug: boolean): string[] {
  if (node !== undefined) return ['/nodejs/bin/node'];
  if (name === 'python3') return [`/usr/bin/python${python ?? '3'}`];
  return debug ? ['/busybox/sh'] : [];
}
