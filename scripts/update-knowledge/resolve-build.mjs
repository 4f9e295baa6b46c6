// Finds what a tag of an official image was made of on a day: the plain image at the root of its FROM lines, with its release,
// and the settings that the Dockerfiles on the way leave.
import { execFileSync } from 'node:child_process';
import { rootOfDistribution, wordsOf } from './release-words.mjs';
import { readDockerfile } from './settings.mjs';

const plain = /^(alpine|debian|ubuntu|centos|fedora|rockylinux|almalinux|oraclelinux|amazonlinux|photon|archlinux|buildpack-deps)$/;

/** A function of image, tag and day: `root`, with `through` and `settings` where the Dockerfile could be read. */
export function makeResolver(timelines, repositories) {
  const places = new Map(repositories.map((argument) => placeOf(argument)));
  const known = new Map();
  const texts = new Map();
  return resolve;

  function resolve(image, tag, day, depth = 0) {
    const key = `${image}:${tag}@${day}`;
    if (!known.has(key)) known.set(key, depth > 6 ? {} : find(image, tag, day, depth));
    return known.get(key);
  }

  function find(image, tag, day, depth) {
    const build = timelines
      .get(image)
      ?.findLast((version) => version.from <= day && version.tags.has(tag))
      ?.tags.get(tag);
    const names = [tag, ...(build?.names ?? [])];
    if (plain.test(image)) return { root: rootOfDistribution(image, names) };
    const made = build === undefined ? undefined : fromDockerfile(image, build, day, depth);
    if (made?.root !== undefined) return made;
    // The release alone is known, so no setting of the image below is.
    const release = releaseOf(image, tag, names, build?.directory ?? '');
    return { root: release === undefined ? undefined : `?:${release}`, through: [image] };
  }

  function fromDockerfile(image, build, day, depth) {
    const text = textOf(build, day);
    if (text === undefined) return undefined;
    let base = {};
    const settings = readDockerfile(text, (reference) => {
      base = baseOf(reference, day, depth);
      return base.settings;
    });
    return { root: base.root, through: [...new Set([...(base.through ?? []), image])], settings };
  }

  function baseOf(reference, day, depth) {
    if (reference === 'scratch') return { root: 'scratch' };
    const redhat = /(?:redhat|access\.redhat\.com)\/(ubi\d+)(?:\/ubi)?(-minimal|-micro)?(?::|$)/.exec(reference);
    if (redhat !== null) return { root: `redhat/${redhat[1]}${redhat[2] ?? ''}` };
    const match = /^(?:docker\.io\/)?(?:library\/)?([\w-]+)(?::([\w.-]+))?$/.exec(reference);
    return match === null ? {} : resolve(match[1], match[2] ?? 'latest', day, depth + 1);
  }

  function textOf({ repository, commit, directory, file }, day) {
    const name = /[/:]([\w.-]+)\/([\w.-]+?)(\.git)?\/?$/.exec(repository)?.slice(1, 3).join('+').toLowerCase();
    const path = places.get(name);
    if (path === undefined) return undefined;
    const inside = `${/^\.?\/?$/.test(directory) ? '' : `${directory}/`}${file}`.replace(/\/+/g, '/').replace(/^\.\//, '');
    const key = `${path} ${commit} ${inside}`;
    if (!texts.has(key)) texts.set(key, git(path, 'show', `${commit}:${inside}`) ?? git(path, 'show', `${lastBefore(path, day, inside)}:${inside}`));
    return texts.get(key);
  }

  function lastBefore(path, day, file) {
    return git(path, 'log', '-1', '--format=%H', `--before=${day}T23:59:59Z`, '--', file)?.trim() || 'none';
  }
}

function releaseOf(image, tag, names, directory) {
  const own = wordsOf(tag, image);
  if (own.length > 0) return own.length === 1 ? own[0] : undefined;
  const beside = [...new Set(names.flatMap((name) => wordsOf(name, image)))];
  if (beside.length === 1) return beside[0];
  const place = [...new Set(wordsOf(directory.replaceAll('/', '-'), image))];
  return place.length === 1 ? place[0] : undefined;
}

/** `PATH` says its own name (`…/docker-library+php/repo`), `NAME=PATH` one that the repository had before. */
function placeOf(argument) {
  const [name, path = name] = argument.split('=');
  return [(/[\w.-]+\+[\w.-]+/.exec(name)?.[0] ?? name).toLowerCase(), path];
}

function git(path, ...rest) {
  try {
    return execFileSync('git', [`--git-dir=${path}`, ...rest], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}
