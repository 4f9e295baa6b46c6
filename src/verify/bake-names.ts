const DOCKERFILE = /(^|\/)(dockerfile|containerfile)$/i;
/** A repository's name has at most 255 characters: https://pkg.go.dev/github.com/distribution/reference */
const LONGEST = 120;

/**
 * A name for each Dockerfile, by its path, that no other has: good for a target (letters, digits, `_` and `-`) and for a repository
 * (small letters, no separator at either end). https://docs.docker.com/build/bake/reference/#target
 */
export function bakeNames(paths: readonly string[]): string[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const name = nameOf(path);
    let unique = name;
    for (let number = 2; taken.has(unique); number++) unique = `${name}-${number}`;
    taken.add(unique);
    return unique;
  });
}

function nameOf(path: string): string {
  const words = path
    .replace(DOCKERFILE, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return words.slice(-LONGEST).replace(/^-+|-+$/g, '') || 'image';
}
