import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import type { BuildContext } from '../../types.ts';
import type { Facts } from '../language.ts';
import { type Entries, resolveFile } from './entries.ts';

export interface NodeSource {
  file: string;
  text: string;
}

export interface Sources {
  list: NodeSource[];
  /** Why not every file that may run was read. */
  gap: string | undefined;
}

const CODE = /\.([cm]?[jt]sx?|vue|svelte|coffee)$/;
const NOT_RUN =
  /(^|\/)(node_modules|bower_components|\.[^/]+|__tests__|__mocks__|cypress|coverage)\/|^(tests?|spec|specs|e2e|stories|docs?|fixtures?)\/|\.(test|spec|stories|e2e|d)\.[cm]?[jt]sx?$|(^|\/)\.[^/]+rc\.[cm]?js$|\.min\.js$/;
/** Configuration of tools that only build or test; others read theirs when they start. */
const BUILD_CONFIGURATION =
  /(^|\/)((eslint|prettier|jest|vitest|babel|webpack|rollup|vite|tsup|esbuild|postcss|tailwind|commitlint|lint-staged|stylelint|cypress|playwright|karma|release|tsdown|windi|uno)(\.[\w-]+)*\.(config|conf|setup)?\.?[cm]?[jt]s|(Gruntfile|gulpfile|jakefile)\.[cm]?[jt]s|karma\.conf\.js|jest[\w.-]*\.[jt]s)$/i;
const LIMIT = 4000;
const SPECIFIER = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire(?:\.resolve)?\s*\(\s*|\bnew\s+(?:\w+\.)?Worker\s*\(\s*|\bfork\s*\(\s*)(["'`])([^"'`\n]+)\1/g;
const LOCAL = /(["'`])(\.{1,2}\/[^"'`\n$]*)\1/g;
/** A module whose name is only known at run time. */
const COMPUTED = /\b(?:require|import)\s*\(\s*(?!["'`][^"'`$\n]*["'`]|\))([^\s)][^\n]{0,80})/g;
const BUILTIN = new Set(builtinModules);

/**
 * The sources that run when the image starts: those that the entries lead to by literal names, or, where that cannot be
 * told, all of the context that are neither tests nor configuration of build tools that are not among `started`.
 */
export function readSources(facts: Facts, entries: Entries, dependencies: ReadonlySet<string>, started: readonly string[]): Sources {
  const followed = entries.complete
    ? follow(facts.context, entries.files, aliases(facts, dependencies) ? () => false : (name, file) => isPackage(name, file, dependencies))
    : undefined;
  const inline = entries.texts.map((text, at) => ({ file: `${facts.source.path} (${at + 1})`, text }));
  if (followed) return { list: [...followed, ...inline], gap: undefined };
  const files = facts.context.files();
  const wanted = files?.filter(
    (file) =>
      CODE.test(file) &&
      !NOT_RUN.test(file) &&
      (!BUILD_CONFIGURATION.test(file) || started.some((name) => posix.basename(file).startsWith(name))) &&
      isCopied(facts, file),
  );
  if (!wanted || wanted.length > LIMIT) return { list: inline, gap: 'the context holds too many sources to read' };
  const unread = wanted.find((file) => facts.context.read(file) === undefined);
  const list = wanted.flatMap((file) => sourceAt(facts.context, file) ?? []);
  return {
    list: [...list, ...inline],
    gap: list.length + inline.length === 0 ? 'no source of the program is in the context' : unread && `${unread} is too large to read`,
  };
}

function isCopied(facts: Facts, file: string): boolean {
  return facts.labelled.some(
    ({ copy }) => copy?.from === 'context' && copy.placed.some(({ source }) => source === '' || file === source || file.startsWith(`${source}/`)),
  );
}

/** Follows literal names of local modules; undefined where a name is computed or not found. */
function follow(context: BuildContext, entries: readonly string[], isElsewhere: (name: string, file: string) => boolean): NodeSource[] | undefined {
  const files = new Set(entries);
  const found: NodeSource[] = [];
  for (const file of files) {
    const source = sourceAt(context, file);
    const next = source && found.length <= LIMIT ? localModules(context, source, isElsewhere) : undefined;
    if (!source || !next) return undefined;
    found.push(source);
    for (const one of next) files.add(one);
  }
  return found;
}

function localModules(context: BuildContext, { file, text }: NodeSource, isElsewhere: (name: string, file: string) => boolean): string[] | undefined {
  if (file.endsWith('.json')) return [];
  const names = matched(text, SPECIFIER);
  if (computedModule(text) !== undefined || names.some((name) => !name.startsWith('.') && !isElsewhere(name, file))) return undefined;
  const resolved = (name: string) => resolveFile(context, posix.join(posix.dirname(file), name));
  const imported = names.filter((name) => name.startsWith('.')).map(resolved);
  // A module that is not in the context is made by the build.
  if (imported.includes(undefined)) return undefined;
  const mentioned = matched(text, LOCAL).map(resolved);
  return [...imported, ...mentioned].filter((path) => path !== undefined && (CODE.test(path) || path.endsWith('.json'))) as string[];
}

/** Without an alias Node takes every plain name from its own modules or from node_modules; what compiles TypeScript may not. */
function isPackage(name: string, file: string, dependencies: ReadonlySet<string>): boolean {
  return isBuiltinModule(name) || dependencies.has(packageName(name)) || (/\.[cm]?js$/.test(file) && /^(@[a-z]|[a-z])/.test(name));
}

function aliases(facts: Facts, dependencies: ReadonlySet<string>): boolean {
  return (
    facts.labelled.at(-1)?.state.env.NODE_PATH !== undefined ||
    ['module-alias', 'app-module-path', 'babel-plugin-module-resolver', '@babel/register', 'rootpath', 'esm'].some((name) => dependencies.has(name))
  );
}

export function isBuiltinModule(name: string): boolean {
  return BUILTIN.has(name.replace(/^node:/, '').split('/')[0] ?? '');
}

/** `@scope/name/file` → `@scope/name`. */
export function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The names that a source gives to import, require and the like. */
export function specifiers(text: string): string[] {
  return matched(text, SPECIFIER);
}

function matched(text: string, pattern: RegExp): string[] {
  const all = [...text.matchAll(pattern)].map((match) => match[2] ?? '');
  return [...new Set(all)].filter((name) => !name.includes('${') && /^[@.\w]/.test(name) && !/\s/.test(name));
}

/** The text of a `require` or `import` whose name is computed. */
export function computedModule(text: string): string | undefined {
  return [...text.matchAll(COMPUTED)].map((match) => match[0])[0];
}

/** Whether a computed name can only be that of a file of the program. */
export function isLocalModule(call: string): boolean {
  return /__dirname|import\.meta|process\.cwd\(\)|path\.(join|resolve)|["'`]\.{1,2}\/|\bfile\b|filename|\bfilePath\b/i.test(call);
}

/** Whether a source names a package in any string. */
export function namesPackage(text: string, name: string): boolean {
  return ['"', "'", '`'].some((quote) => text.includes(`${quote}${name}${quote}`) || text.includes(`${quote}${name}/`));
}

/** A source without `import type`, of which nothing is left once TypeScript is compiled; lines stay where they are. */
function sourceAt(context: BuildContext, file: string): NodeSource | undefined {
  const text = context.read(file);
  return text === undefined
    ? undefined
    : { file, text: text.replace(/\b(?:import|export)\s+type\b[^;"']*?\bfrom\s*["'][^"'\n]+["']/g, (types) => types.replace(/[^\n]/g, '')) };
}
