import { BakeError } from './bake-file.ts';

/** What `docker buildx bake` tells of a target that it built. */
export interface BakedImage {
  /** What the image may be known by where it was loaded: an engine names it by its configuration, or by its manifest. */
  ids: string[];
  /** Of its manifest; absent where the image went nowhere. */
  digest?: string;
  /** What it is called where it was pushed to. */
  names: string[];
}

/**
 * The targets that a file of `--metadata-file` tells of; a target that is not among them was not built. Throws BakeError.
 * https://docs.docker.com/reference/cli/docker/buildx/bake/#metadata-file
 */
export function readMetadata(text: string): Map<string, BakedImage> {
  const value = parse(text);
  return new Map(Object.entries(value).flatMap(([name, told]) => (isRecord(told) ? [[name, imageOf(told)] as const] : [])));
}

function parse(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new BakeError((error as Error).message);
  }
  if (!isRecord(value)) throw new BakeError('it is not what docker buildx bake --metadata-file writes');
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function imageOf(told: Record<string, unknown>): BakedImage {
  const textOf = (key: string) => (typeof told[key] === 'string' ? told[key] : undefined);
  const [digest, config] = [textOf('containerimage.digest'), textOf('containerimage.config.digest')];
  const names = textOf('image.name')?.split(',') ?? [];
  return { ids: [...new Set([config, digest])].filter((id) => id !== undefined), ...(digest !== undefined && { digest }), names: names.filter(isPushed) };
}

/** What has the name that restage gives was never meant for a registry. */
function isPushed(name: string): boolean {
  return !/^(docker\.io\/)?restage\//.test(name);
}

/** Where an image can be pulled from, as NAME@DIGEST: nobody else's can stand there. */
export function placesOf({ names, digest }: BakedImage): string[] {
  // A colon before the last slash is that of a port.
  const repositories = new Set(names.map((name) => name.replace(/:[^:/]*$/, '')));
  return digest === undefined ? [] : [...repositories].map((repository) => `${repository}@${digest}`);
}
