import { loadTable } from './load.ts';

/** An image's name taken apart; `formatImageReference` puts it together again. */
export type ImageReference = {
  /** Host and path before the repository, without the last slash; for an official image all that stands before its name. */
  registry: string;
  repository: string;
  tag: string | undefined;
  digest: string | undefined;
  /** Name of the official image that this is or mirrors. */
  official: string | undefined;
};

const dockerHosts = ['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'];
const architectures = ['amd64', 'arm64v8'];

/**
 * Takes the name of an image apart by the grammar of Docker's references
 * (https://github.com/distribution/reference/blob/main/reference.go). The text must have its variables replaced; what is
 * not a reference comes back whole as `repository`.
 */
export function parseImageReference(text: string): ImageReference {
  const match = /^([^@]*?)(?::([\w][\w.-]{0,127}))?(?:@([A-Za-z][\w+.-]*:[0-9a-fA-F]{32,}))?$/.exec(text);
  const name = match?.[1] ?? text;
  const parts = { tag: match?.[2], digest: match?.[3] };
  const slash = name.lastIndexOf('/');
  const last = name.slice(slash + 1);
  const before = slash < 0 ? '' : name.slice(0, slash);
  if (isOfficialName(last) && isOfficialPlace(before)) {
    return { registry: before, repository: last, ...parts, official: last };
  }
  const host = hostOf(name);
  const repository = host === '' ? name : name.slice(host.length + 1);
  return { registry: host, repository, ...parts, official: undefined };
}

/** Prints a reference; with `change`, the same image under another repository, tag or digest (undefined takes one away). */
export function formatImageReference(
  reference: ImageReference,
  change: { repository?: string; tag?: string | undefined; digest?: string | undefined } = {},
): string {
  const { registry, repository, tag, digest } = { ...reference, ...change };
  const name = registry === '' ? repository : `${registry}/${repository}`;
  return `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

function isOfficialName(name: string): boolean {
  return loadTable<string[]>('official-images').includes(name);
}

/** The place of Docker's official images, or of a mirror that keeps their `library` folder. */
function isOfficialPlace(place: string): boolean {
  if (place === '' || place === 'library' || dockerHosts.includes(place)) return true;
  const folder = place.slice(place.lastIndexOf('/') + 1);
  const parent = place.slice(0, Math.max(0, place.lastIndexOf('/')));
  if (folder === 'library') return hostOf(place) !== '';
  return architectures.includes(folder) && (parent === '' || dockerHosts.includes(parent));
}

/** The first part of a path is a host where it has a dot or a port, or is localhost. */
function hostOf(path: string): string {
  const first = path.slice(0, Math.max(0, path.indexOf('/')));
  return /[.:]/.test(first) || first === 'localhost' ? first : '';
}
