import { compareVersions } from './base.ts';
import { findRelease } from './releases.ts';
import { findTag, tagsOf } from './tags.ts';

/** The version, with its minor number, that the `latest` tag of a language's image stands for. From tags/. */
export function newestVersion(image: 'golang' | 'node' | 'python'): string | undefined {
  return /^\d+(\.\d+)?/.exec(findTag(image, 'latest')?.directory ?? '')?.[0];
}

/** The newest release of a distribution that is supported: `3.24` for alpine, `trixie` for debian. From tags/. */
export function newestRelease(image: 'alpine' | 'debian'): string {
  if (image === 'debian') return findRelease('debian', 'latest').release;
  const releases = [...tagsOf('alpine').keys()].filter((tag) => /^\d+\.\d+$/.test(tag) && findTag('alpine', tag)?.supported);
  return releases.sort(compareVersions).at(-1) ?? '';
}
