import { isStandardPackage } from '../../knowledge/go-modules.ts';
import { argumentsAt, type GoText, pathsOf, type Span } from './literals.ts';

export interface Opened {
  argument: string;
  /** What it opens, or the directory that is below; undefined where only the running program knows. */
  literal: string | undefined;
  line: number;
  call: string;
  /** It may find nothing there: it asks, or makes the file. */
  tentative: boolean;
  /** The package of the function, where only its name tells that it may open a file; `method` where it is of no package. */
  guess?: { of: string | 'method'; name: string };
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

/** Which arguments of functions of the standard library name a path. */
const STANDARD: Record<string, Record<string, Pick>> = {
  os: { ...named('Open OpenFile OpenRoot OpenInRoot ReadFile ReadDir Stat Lstat DirFS Chdir Readlink Create WriteFile', FIRST) },
  'io/ioutil': { ...named('ReadFile ReadDir WriteFile', FIRST) },
  'net/http': { Dir: FIRST, ServeFile: at(2), ListenAndServeTLS: at(1, 2), ServeTLS: at(2, 3) },
  'path/filepath': { ...named('Walk WalkDir Glob EvalSymlinks', FIRST) },
  'crypto/tls': { LoadX509KeyPair: at(0, 1) },
  'html/template': { ParseFiles: (args) => args, ParseGlob: FIRST },
  'text/template': { ParseFiles: (args) => args, ParseGlob: FIRST },
  'database/sql': { Open: at(1) },
  plugin: { Open: FIRST },
  syscall: { Open: FIRST },
};

/** Methods that name a path, whatever they are of: gin, echo, fiber, viper, http.Server, templates. */
const METHODS: Record<string, Pick> = {
  ...named('ParseFiles LoadHTMLFiles', (args) => args),
  ...named('ParseGlob LoadHTMLGlob SetConfigFile AddConfigPath SetConfigName SendFile FileAttachment Attachment Inline Download', FIRST),
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
const OF_FILES = /template|static|migrat|config|files?\b|asset|i18n|locale|gettext|packr|rice|geoip|maxmind|dotenv|\bini\b|casbin|sqlite|bbolt|badger|leveldb|afero/;
/** Methods of file systems, which are made with a path first, of requests, of URLs, of sync and of templates. */
const NO_PATH = /^(Open|ReadFile|ReadDir|Stat|Sub|Glob|FormFile|ParseMultipartForm|ExecuteTemplate|Load(OrStore|AndDelete|Location)|Path(Prefix|Value|Param|Escape|Unescape)?|FileServer|ServeFileFS|ParseFS|FileFromFS|StaticFS|\w*FS|\w*(URL|ID|Bytes|Reader))$/;
/** Values that are no path: contexts, literals, functions, settings. */
const NO_VALUE = /^(ctx|nil|true|false|err|w|r|req|db|tx|app|router|log|logger|client|[\d.]+|"\s*"|context\.\w+\(.*|func\s*\(.*|\w+\.With\w*\(.*|(http|embed|fs)\.FS\b.*)$/s;
/** Databases that a network leads to. */
const NETWORK_DATABASE = /(^|[/.-])(postgres|mysql|sqlserver|mssql|clickhouse|oracle|redis|mongo|pgx|pq|cassandra|snowflake|amqp)/;
const FILE_DATABASE = /sqlite|duckdb|\bql\b|genji|ramsql|csvq/;

/** The calls that open files or directories, or whose name says that they may. */
export function opensOf(source: GoText, packages: ReadonlyMap<string, string>, lineOf: (at: number) => number): Opened[] {
  return [...source.code.matchAll(/(?<![\w.])((?:\w+(?:\[[^\]\n]*\])?\.)*)(\w+)\.(\w+)\(|[)\]}]\s*\.\s*(\w+)\(/g)].flatMap((match) => {
    const [whole, before = '', qualifier, plain, chained] = match;
    const name = plain ?? chained ?? '';
    const call = chained === undefined ? `${before}${qualifier}.${name}` : name;
    const of = before === '' && qualifier !== undefined ? packages.get(qualifier) : undefined;
    const args = argumentsAt(source.code, match.index + whole.length);
    const place = { call, line: lineOf(match.index), tentative: of === 'os' && /^(Stat|Lstat|OpenFile|Create|WriteFile)$/.test(name) };
    const pick = known(of, name, packages);
    if (pick) return pick(args).flatMap((span) => openedBy(span, source, place));
    return mayOpen(of, name) && args.some((span) => mayBePath(source.code.slice(span.start, span.end).trim())) ? [{ ...place, argument: '', literal: undefined, guess: { of: of ?? 'method', name } }] : [];
  });
}

function openedBy(span: Span, source: GoText, place: Pick_<'call' | 'line' | 'tentative'>): Opened[] {
  const argument = source.code.slice(span.start, span.end).trim();
  if (argument === '') return [];
  return (pathsOf(span, source) ?? [undefined]).map((literal) => ({ ...place, argument, literal }));
}

type Pick_<Key extends keyof Opened> = { [key in Key]: Opened[key] };

/** Which arguments name paths, if that is known of the function. */
function known(of: string | undefined, name: string, packages: ReadonlyMap<string, string>): Pick | undefined {
  if (of === undefined) return METHODS[name];
  if (of === 'database/sql' && ![...packages.values()].some((path) => FILE_DATABASE.test(path)) && [...packages.values()].some((path) => NETWORK_DATABASE.test(path))) return none;
  if (isStandardPackage(of)) return STANDARD[of]?.[name] ?? none;
  return METHODS[name];
}

function mayOpen(of: string | undefined, name: string): boolean {
  if (of === undefined) return PARTS.test(name) && !NO_PATH.test(name);
  if (isStandardPackage(of) || NETWORK_DATABASE.test(of)) return false;
  return OF_FILES.test(of) || (PARTS.test(name) && !/^\w*(URL|ID|Bytes|Reader)$/.test(name));
}

/** Whether an argument could be a path; of settings, one of their fields. */
function mayBePath(text: string): boolean {
  if (text === '' || NO_VALUE.test(text)) return false;
  if (/^&?[\w.]*\{/.test(text)) return new RegExp(`\\w*${PARTS.source.replace(/\(\?=.*$/, '')}\\w*:\\s*(?!["\`\\s]|nil\\b|true\\b|false\\b|\\d)`).test(text);
  return !/^(&|\*?\[\]|func\b)/.test(text) && !/^("\s*"\s*\+?\s*)+$/.test(text);
}

function named(names: string, pick: Pick): Record<string, Pick> {
  return Object.fromEntries(names.split(' ').map((name) => [name, pick]));
}
