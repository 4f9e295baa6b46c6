/**
 * What answers which of many things lie at, above or below a path without a look at each: maps from paths to the things, in
 * the order in which they were put in. "Above" and "below" are what `within` says.
 */
export type PathMap<Item> = Map<string, Item[]>;

/** The directories that a path is within: itself, those above it, and the root. */
export function upwards(path: string): string[] {
  const found = [path];
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) found.push(path.slice(0, at));
  if (path !== '/') found.push('/');
  return found;
}

/** Puts a thing in under each of the paths, or whatever else a map goes by. */
export function putUnder<Key, Item>(map: Map<Key, Item[]>, keys: Iterable<Key>, item: Item): void {
  for (const key of keys) {
    const there = map.get(key);
    if (there) there.push(item);
    else map.set(key, [item]);
  }
}

/** Things by their own paths. */
export function byPath<Item>(items: Iterable<Item>, pathOf: (item: Item) => string): PathMap<Item> {
  const map: PathMap<Item> = new Map();
  for (const item of items) putUnder(map, [pathOf(item)], item);
  return map;
}

/** Things by each directory that they are at or below. */
export function byDirectory<Item>(items: Iterable<Item>, pathOf: (item: Item) => string): PathMap<Item> {
  const map: PathMap<Item> = new Map();
  for (const item of items) putUnder(map, upwards(pathOf(item)), item);
  return map;
}

/** Whether it holds for one of the things at a path or above it; of a map by own paths. The last of each place are asked first. */
export function someAtOrAbove<Item>(map: ReadonlyMap<string, readonly Item[]>, path: string, holds: (item: Item) => boolean): boolean {
  return upwards(path).some((one) => map.get(one)?.findLast(holds) !== undefined);
}

/** The things at a path or above it, the nearest first; of a map by own paths. */
export function atOrAbove<Item>(map: ReadonlyMap<string, readonly Item[]>, path: string): Item[] {
  return upwards(path).flatMap((one) => map.get(one) ?? []);
}

/** Things that come and go; `below` has those that are gone as well, until all of a directory go. */
export interface Shelf<Item> {
  items: Set<Item>;
  below: PathMap<Item>;
}

export function newShelf<Item>(): Shelf<Item> {
  return { items: new Set(), below: new Map() };
}

export function putOn<Item>({ items, below }: Shelf<Item>, path: string, item: Item): void {
  items.add(item);
  putUnder(below, upwards(path), item);
}

/** Takes away all that is at a path or below it. */
export function clearBelow<Item>({ items, below }: Shelf<Item>, path: string): void {
  for (const item of below.get(path) ?? []) items.delete(item);
  below.delete(path);
}
