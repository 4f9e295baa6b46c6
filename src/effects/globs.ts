/**
 * The paths that the pattern of a COPY stands for, by Go's rules: https://pkg.go.dev/path/filepath#Match. A pattern for
 * directories matches these, not the files below them.
 */
export function contextMatches(pattern: string, files: readonly string[]): string[] {
  const parts = pattern.split('/');
  const matcher = compile(parts.map(expression).join('/'));
  const depth = parts.length;
  return [...new Set(files.map((file) => file.split('/').slice(0, depth).join('/')))].filter((path) => matcher.test(path));
}

/** A range that is none (`[z-a]`) matches nothing. */
function compile(source: string): RegExp {
  try {
    return new RegExp(`^${source}$`, 's');
  } catch {
    return /(?!)/;
  }
}

/** `*`, `?`, `[a-z]`, `[^a]` and `\x`; none of them stands for a slash. */
function expression(part: string): string {
  return part.replace(/\\[\s\S]|\[\^?(?:\\[\s\S]|[^\]\\])+\]|[\s\S]/g, (one) => {
    if (one === '*') return '[^/]*';
    if (one === '?') return '[^/]';
    if (one.length > 1 && one.startsWith('[')) return one.replace(/\[(?!\^?$)/g, (bracket, at: number) => (at === 0 ? bracket : '\\['));
    const plain = one.length > 1 ? one.slice(1) : one;
    return plain.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  });
}
