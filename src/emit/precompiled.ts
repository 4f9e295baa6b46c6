/**
 * restage's own templates as functions, by name. None in the source, where they are compiled when they are used: the build
 * puts a file in the place of this one that has them all, for the compiler of templates takes long to load.
 */
export function precompiled(): Record<string, (data: unknown) => string> {
  return {};
}
