/** The name of the interpreter that the first line of a script names, without its directory: `#!/usr/bin/env -S python3 -u` → `python3`. */
export function interpreterOf(text: string): string | undefined {
  return /^#!\s*(?:\/usr\/bin\/env\s+(?:-S\s+)?)?(?:\S*\/)?([\w.+-]+)/.exec(text)?.[1];
}
