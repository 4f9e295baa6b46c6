import { isStandardPackage } from '../../knowledge/go-modules.ts';
import { argumentsAt, type GoText, pathsOf, type Span } from './literals.ts';

/** A call that opens a file or directory. */
export interface Opened extends Place {
  /** What it opens, or the directory that is below; undefined where only the running program knows. */
  literal: string | undefined;
  /** The package of the function, where only its name tells that it may open a file; `method` where it is of no package. */
  guess?: { of: string | 'method'; name: string };
}

interface Place {
  call: string;
  line: number;
  /** It may find nothing there: it asks, or makes the file. */
  tentative: boolean;
}

type Pick = (args: Span[]) => Span[];

const at =
  (...places: number[]): Pick =>
  (args) =>
    places.flatMap((place) => args[place] ?? []);
const fromEnd =
  (...places: number[]): Pick =>
  (args) =>
    places.flatMap((place) => args.at(-place) ?? []);
const FIRST = at(0);
const LAST = fromEnd(1);
const none: Pick = () => [];

/** Which arguments of functions name a path; what is not told here of a package of the standard library opens nothing. */
const PACKAGES: Record<string, Record<string, Pick>> = {
  os: { ...named('Open OpenFile OpenRoot OpenInRoot ReadFile ReadDir Stat Lstat DirFS Chdir Readlink Create WriteFile', FIRST) },
  'io/ioutil': { ...named('ReadFile ReadDir WriteFile', FIRST) },
  'net/http': { Dir: FIRST, ServeFile: at(2), ListenAndServeTLS: at(1, 2), ServeTLS: at(2, 3) },
  'path/filepath': { ...named('Walk WalkDir Glob EvalSymlinks', FIRST) },
  'crypto/tls': { LoadX509KeyPair: at(0, 1) },
  'html/template': { ParseFiles: (args) => args, ParseGlob: FIRST },
  'text/template': { ParseFiles: (args) => args, ParseGlob: FIRST },
  'database/sql': { Open: at(1) },
  'go/parser': { ParseFile: at(1), ParseDir: at(1) },
  'archive/zip': { OpenReader: FIRST },
  plugin: { Open: FIRST },
  syscall: { Open: FIRST },
  'github.com/golang-migrate/migrate': { New: FIRST, NewWithDatabaseInstance: FIRST },
};

/** Methods that name a path, whatever they are of: gin, echo, fiber, viper, http.Server, templates. */
const METHODS: Record<string, Pick> = {
  ...named('ParseFiles LoadHTMLFiles', (args) => args),
  ...named('ParseGlob LoadHTMLGlob SetConfigFile AddConfigPath SetConfigName SendFile FileAttachment', FIRST),
  ...named('Static StaticFile ServeFile File SaveUploadedFile SaveFile', LAST),
  ListenAndServeTLS: fromEnd(2, 1),
  ServeTLS: fromEnd(2, 1),
  RunTLS: at(1, 2),
  ListenTLS: at(1, 2),
  StartTLS: at(1, 2),
  LoadHTMLFS: none,
};

const PARTS = /(?:File|Dir|Glob|Path|Template|Static|Root|Asset|Migrat\w*|Config|Load|Open|Box)(?:s|er|ed|name)?(?=[A-Z\d_]|$)/;
/** Packages whose purpose is files: whatever they are given may be a path. */
const OF_FILES =
  /template|static|migrat|config|files?\b|asset|i18n|locale|gettext|packr|rice|geoip|maxmind|dotenv|goose|\bini\b|casbin|sqlite|bbolt|badger|leveldb|afero/;
/** Packages that are set up for the network, or write out what was compiled in. */
const OF_NETWORK = /aws|azure|google|hertz|quicktemplate|kafka|elastic|k8s\.io/;
/** File systems whose methods take any path; those of others are made with a path first. */
const VIRTUAL = /afero|go-billy/;
/** Methods of requests, URLs, sync, templates and databases. */
const NO_PATH =
  /^(FormFile|ParseMultipartForm|ExecuteTemplate|Load(OrStore|AndDelete|Location)|Path(Prefix|Value|Param|Escape|Unescape)?|FileServer|SetMaxOpen\w*)$/;
const NO_FILE = /(FS|URL|ID|Bytes|Reader|(New(From|For|With)|LoadDefault)Config)$/;
/** Values that are no path: contexts, literals, functions, settings. A call that makes no string is judged by itself. */
const NO_VALUE =
  /^(ctx|nil|true|false|err|w|r|req|db|tx|app|router|log|logger|client|[\d.]+|"\s*"|context\.\w+\(.*|func\s*\(.*|\w+\.(With|New|Open|Default|Must)\w*\(.*|(http|embed|fs)\.FS\b.*)$/s;
/** Databases that a network leads to. */
const NETWORK_DATABASE = /(^|[/.-])(pgx|postgres|mysql|sqlserver|mssql|clickhouse|oracle|redis|mongo|pq|cassandra|snowflake|amqp)([^/]*|\/v\d+)$/;
/** Databases in files, by the names of their drivers. */
const FILE_DATABASE = /^(sqlite3?|duckdb|libsql|ql)$/;
const TENTATIVE = /^(Stat|Lstat|OpenFile|Create|WriteFile)$/;

const CALLS = /(?<![\w.])((?:\w+(?:\[[^\]\n]*\])?\.)*)(\w+)\.\s*(\w+)\(|[)\]}]\s*\.\s*(\w+)\(/g;
/** A function that opens files, handed on as a value. */
const VALUES = /\b(?:os\.(?:Open|OpenFile|ReadFile|ReadDir|DirFS|OpenRoot)|ioutil\.(?:ReadFile|ReadDir)|template\.(?:ParseFiles|ParseGlob))\b(?!\s*\()/g;

/**
 * The calls that open files or directories, and those whose name says that they may. `packages` are the imports by the name
 * that the source gives them.
 */
export function opensOf(source: GoText, packages: ReadonlyMap<string, string>, lineOf: (at: number) => number): Opened[] {
  const calls = [...source.code.matchAll(CALLS)].flatMap((match) => openedBy(match, source, packages, lineOf));
  const values = [...source.code.matchAll(VALUES)].map((match) => ({ call: match[0], line: lineOf(match.index), tentative: false, literal: undefined }));
  const bare = PACKAGES[packages.get('.') ?? ''] ? [{ call: `import . "${packages.get('.')}"`, line: 1, tentative: false, literal: undefined }] : [];
  return [...calls, ...values, ...bare];
}

function openedBy(match: RegExpExecArray, source: GoText, packages: ReadonlyMap<string, string>, lineOf: (at: number) => number): Opened[] {
  const [whole, before = '', qualifier, plain, chained] = match;
  const name = plain ?? chained ?? '';
  const of = before === '' && qualifier !== undefined ? packages.get(qualifier) : undefined;
  const args = argumentsAt(source.code, match.index + whole.length).filter((span) => textOf(span, source) !== '');
  const driver = args.length > 1 && args[0] ? pathsOf(args[0], source)?.[0] : undefined;
  const pick = databaseOf(name, driver ?? '') ?? known(of, name);
  if (pick === none || (!pick && !mayOpen(of, name, packages))) return [];
  const place = { call: chained ?? `${before}${qualifier}.${name}`, line: lineOf(match.index), tentative: of === 'os' && TENTATIVE.test(name) };
  if (pick) return pick(args).flatMap((span) => (pathsOf(span, source) ?? [undefined]).map((literal) => ({ ...place, literal })));
  const guessed = args.some((span) => mayBePath(textOf(span, source)) && pathsOf(span, source) === undefined);
  return guessed ? [{ ...place, literal: undefined, guess: { of: of ?? 'method', name } }] : [];
}

function textOf({ start, end }: Span, { code }: GoText): string {
  return code.slice(start, end).trim();
}

/** `sql.Open("sqlite3", path)`, `sqlx.Connect("postgres", address)`. */
function databaseOf(name: string, driver: string): Pick | undefined {
  if (!/^(Must)?(Open|Connect)/.test(name)) return undefined;
  if (FILE_DATABASE.test(driver)) return at(1);
  return NETWORK_DATABASE.test(driver) ? none : undefined;
}

/** Which arguments name paths, if that is known of the function. */
function known(of: string | undefined, name: string): Pick | undefined {
  const listed = of === undefined ? undefined : PACKAGES[of.replace(/\/v\d+$/, '')]?.[name];
  if (listed) return listed;
  return of !== undefined && isStandardPackage(of) ? none : METHODS[name];
}

function mayOpen(of: string | undefined, name: string, packages: ReadonlyMap<string, string>): boolean {
  if (of === undefined) return PARTS.test(name) && !isOther(name, [...packages.values()]);
  if (NETWORK_DATABASE.test(of)) return false;
  return (OF_FILES.test(of) && !OF_NETWORK.test(of) && !name.startsWith('With')) || (PARTS.test(name) && !NO_FILE.test(name));
}

/** Whether a method of that name is one of file systems, requests, URLs or sync, and no opener of a library. */
function isOther(name: string, imports: readonly string[]): boolean {
  if (/^(Open|ReadFile|ReadDir|Stat|Sub|Glob)$/.test(name)) return !imports.some((path) => VIRTUAL.test(path));
  if (name === 'Load') return imports.some((path) => path === 'sync' || path === 'sync/atomic');
  return NO_PATH.test(name) || NO_FILE.test(name);
}

/** Whether an argument could be a path; of settings, one of their fields. */
function mayBePath(text: string): boolean {
  if (text === '' || NO_VALUE.test(text)) return false;
  if (/^&?[\w.]*\{/.test(text)) return new RegExp(`\\w*${PARTS.source.replace(/\(\?=.*$/, '')}\\w*:\\s*(?!["\`\\s]|nil\\b|true\\b|false\\b|\\d)`).test(text);
  if (text.startsWith('[]')) return /^\[\]string\{.*\w/s.test(text);
  return !/^(&|func\b)/.test(text) && !/^("\s*"\s*\+?\s*)+$/.test(text);
}

function named(names: string, pick: Pick): Record<string, Pick> {
  return Object.fromEntries(names.split(' ').map((name) => [name, pick]));
}
