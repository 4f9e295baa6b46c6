import { type ImageConfig, type ImageFile, resolve, type Tree } from '../engine/image.ts';
import { type Comparison, some } from './comparison.ts';
import type { Files } from './files.ts';
import marks from './marks.json' with { type: 'json' };

/** What a program shows by its own bytes that it may ask of the image when it runs. */
interface Mark {
  paths: string[];
  /** Functions that it takes from a library. */
  imports: string[];
  /** Functions that Go compiled into it: their names stay, even in stripped programs. https://go.dev/s/go12symtab */
  goFunctions: string[];
  /** One that makes the others do without. */
  goExcept?: string;
  texts: string[];
  /** Functions without one of which a text of a program that takes functions from libraries is only a text. */
  textsWith?: string[];
  /** What the environment or the command tells a program to use. */
  settings?: string;
}

const MEANS: { what: string; mark: Mark; named: string }[] = [
  { what: 'certificates', mark: marks.certificates, named: 'CA certificates are gone' },
  { what: 'zones', mark: marks.zones, named: 'time zone data is gone' },
  { what: 'temporary', mark: marks.temporary, named: '/tmp is gone' },
  { what: 'shell', mark: marks.shell, named: 'the shell is gone' },
];

/** Certificates, time zones and a shell that only the first image has, where a program of the second can ask for them. */
export function compareMeans({ before, after, own }: Files, found: Comparison): void {
  for (const { what, mark, named } of MEANS) {
    const isIn = (tree: Tree) => mark.paths.some((path) => resolve(tree, path) !== undefined);
    if (!isIn(before.tree) || isIn(after.tree)) continue;
    const asks = mark.settings === undefined ? undefined : new RegExp(mark.settings);
    const told = asks ? settingsOf(after.config).filter((text) => asks.test(text)) : [];
    const users = [...told, ...[...own].filter((path) => usesMeans(after.tree.get(path), mark))];
    if (users.length > 0) found.differ('files', what, `${named}, which ${some(users)} can ask for`);
    else found.change(named);
  }
  compareZone({ before, after }, found);
  compareLocale({ before, after }, found);
}

function settingsOf({ Env, Cmd, Entrypoint }: ImageConfig): string[] {
  return [...(Env ?? []), ...(Entrypoint ?? []), ...(Cmd ?? [])];
}

const GO = Buffer.from('\xff Go buildinf:', 'latin1');

const C_LIBRARY = new RegExp(marks.cLibrary);

/** Whether a file is a part of the C library, which can do all that programs may ask of it. */
export function isCLibrary(path: string): boolean {
  return C_LIBRARY.test(path);
}

function usesMeans(file: ImageFile | undefined, { imports, goFunctions, goExcept, texts, textsWith }: Mark): boolean {
  if (!file?.elf || isCLibrary(file.path)) return false;
  if (file.elf.imports.some((name) => imports.includes(name))) return true;
  const { content } = file;
  if (!content) return false;
  // Build tools among the packages of another language have much in them that nobody calls: esbuild is a server as well.
  if (file.path.includes('/node_modules/')) return false;
  const isGo = content.includes(GO);
  const { elf } = file;
  const isTold = textsWith === undefined || elf.needed.length === 0 || elf.imports.some((name) => textsWith.includes(name));
  if (!isGo) return isTold && texts.some((text) => content.includes(text));
  const has = (name: string) => content.includes(`\0${name}\0`);
  return goFunctions.some(has) && !(goExcept !== undefined && has(goExcept));
}

type Pair = Pick<Files, 'before' | 'after'>;

function variable({ before }: Pair, name: string): string {
  return before.config.Env?.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}

/** TZ names a file: https://man7.org/linux/man-pages/man3/tzset.3.html */
function compareZone(pair: Pair, found: Comparison): void {
  const path = `/usr/share/zoneinfo/${variable(pair, 'TZ').replace(/^:/, '')}`;
  const isZone = (tree: Tree) => tree.get(resolve(tree, path) ?? '')?.kind === 'file';
  if (isZone(pair.before.tree) && !isZone(pair.after.tree)) found.differ('files', 'zones', `the time zone that TZ names is gone: ${path}`);
}

/** Locales are in one archive, or each in a folder of its own: https://man7.org/linux/man-pages/man7/locale.7.html */
function compareLocale(pair: Pair, found: Comparison): void {
  const locale = ['LC_ALL', 'LC_CTYPE', 'LANG'].map((name) => variable(pair, name)).find((value) => value !== '') ?? '';
  const [language = '', charset = ''] = locale.split('@')[0]?.split('.') ?? [];
  if (language === '' || ['C', 'POSIX'].includes(language)) return;
  const folder = `/usr/lib/locale/${language}${charset && `.${charset.toLowerCase().replace(/[^a-z0-9]/g, '')}`}`;
  const isThere = (tree: Tree) => tree.has('/usr/lib/locale/locale-archive') || tree.has(folder);
  if (isThere(pair.before.tree) && !isThere(pair.after.tree)) found.differ('files', 'locale', `the locale that the environment names is gone: ${locale}`);
}
