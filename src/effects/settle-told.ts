import { posix } from 'node:path';
import type { ShellCommand, ShellWord } from '../types.ts';
import { isShared, pathOf, within } from './effect.ts';

/** Where words of a command tell to write, beside the prefix. */
export interface Told {
  trees: string[];
  /** Why nobody can see where. */
  why?: string;
}

/** What another rule reads, or what is the prefix itself. */
const READ =
  /^(prefix|exec[-_]prefix|CMAKE_(?!INSTALL_).*|CMAKE_INSTALL_PREFIX|install[-_]prefix|INSTALL_PREFIX|INSTALL_TOP|INSTALL_ROOT|DESTDIR|destdir|INSTALL_BASE|s?bin-path|conf-path|modules-path|add(-dynamic)?-module|.*-temp-path|(srcdir|builddir|S|B))$/i;
/** What a build looks at. */
const LOOKS =
  /include|inc[-_]?dir|librar|[-_]root([-_]dir)?$|src|source|sdk|toolchain|java|jdk|python|perl|ruby|(^|[-_])(cc|cxx|ld)$|compiler|ssl|cert|ca-bundle|boost|executable|prefix_path|module_path|pkg_config/i;
const PLACE =
  /(conf|config|etc|data|state|statedir|log|run|spool|cache|lock|pid|sock(et)?|modules?|plugins?|units?|system|s?bin|docs?|man|html|www|init|extensions?|completions?)[-_]?(dir(ectory)?|path|file|prefix)?$|[-_]?dir(ectory)?$/i;
const NAMED = /conf|etc|data|state|log|run|spool|cache|lock|pid|sock|module|plugin|unit|system|bin|doc|man|html|www|init|extension|completion|install/i;
/** Where nothing is looked for that a build needs. */
const KEPT = /^\/(etc|var|run|srv|(usr\/)?lib\/systemd)(\/|$)/;
const CERTIFICATES = /^\/etc\/(ssl|pki|ca-certificates)(\/|$)/;

/** Directories whose files several packages bring. */
const SYSTEM = [
  /^\/etc\/(apache2|httpd|nginx|init\.d|cron[\w.]*|systemd|ssl|pki|default|sysconfig|profile\.d|logrotate\.d|ld\.so\.conf\.d|apt|yum\.repos\.d|php[\w.]*)(\/|$)/,
  /^\/etc\/(postgresql|mysql|bash_completion\.d|udev|dbus-1|pam\.d|security|skel|rc\w*\.d|modprobe\.d|sysctl\.d|xdg|X11|sudoers\.d|conf\.d|alternatives)(\/|$)/,
  /^\/(usr\/)?(lib\w*|s?bin|libexec)(\/|$)/,
  /^\/usr\/(share|include|src|games|local\/(s?bin|lib|share|include|etc))(\/|$)/,
  /^\/(boot|dev|proc|sys|tmp)(\/|$)/,
  /^\/var\/(lib|cache|log|spool|run|lock|tmp|www|mail|opt|local)$/,
  /^\/[^/]*$/,
];
/** Where a program makes its files when it runs. */
const RUNS = /^(\/var)?\/(run|lock|log|tmp)$|^\/run\/lock$/;

/** Places that `--with-x-dir=/a`, `-DX_DIR=/a` and `XDIR=/a` tell. `trees`: what crosses anyway. */
export function toldPlaces(command: ShellCommand, words: readonly ShellWord[], trees: readonly string[]): Told {
  const found: Told = { trees: [] };
  for (const { name, word } of settings(words)) {
    const place = placeOf(command, name, word, [...trees, ...found.trees]);
    if (place === undefined) continue;
    if (place.why !== undefined) return { trees: [], why: place.why };
    found.trees.push(place.path);
  }
  return found;
}

type Place = { path: string; why?: string };

function placeOf(command: ShellCommand, name: string, word: ShellWord, trees: readonly string[]): Place | undefined {
  if (READ.test(name) || LOOKS.test(name)) return undefined;
  const path = word.value.startsWith('/') || !word.known ? pathOf(command, word) : undefined;
  if (path === undefined) return word.known || !isPlace(name) ? undefined : { path: '', why: `writes where ${name} says, which is not known` };
  const directory = directoryOf(name, path);
  if (!isWritten(name, path) || RUNS.test(directory) || trees.some((tree) => within(directory, tree) || within(path, tree))) return undefined;
  // Some installs make such a directory, and some programs make it when they run: what is not there cannot be copied.
  if (/^\/(var|run)\//.test(directory)) return { path: directory, why: `may write into ${directory}, as ${name} says` };
  return isShared(directory) || SYSTEM.some((one) => one.test(directory))
    ? { path: directory, why: `writes into ${directory}, as ${name} says, where its files cannot be told from the system's` }
    : { path: directory };
}

function isPlace(name: string): boolean {
  return PLACE.test(name) && NAMED.test(name);
}

/** A file is written into its directory. */
function directoryOf(name: string, path: string): string {
  const isFile = /\.\w{1,5}$/.test(path) && !path.endsWith('.d');
  return isFile || /[-_]?(path|file|pid|sock(et)?)$/i.test(name) ? posix.dirname(path) : path;
}

function isWritten(name: string, path: string): boolean {
  if (CERTIFICATES.test(path) || path === '/usr' || path === '/usr/local' || path.startsWith('/var/tmp/')) return false;
  return KEPT.test(path) || isPlace(name);
}

/** `--name=value`, `--name value`, `-DNAME:PATH=value`, `-D NAME=value`, `NAME=value`. */
function settings(words: readonly ShellWord[]): { name: string; word: ShellWord }[] {
  return words.flatMap((word, at) => {
    const [, name, value] = /^(?:--|-D)?([A-Za-z][\w.-]*?)(?::\w+)?=(.*)$/s.exec(word.value) ?? [];
    if (name !== undefined && value !== undefined) return [{ name: bare(name), word: { ...word, value } }];
    const next = words[at + 1];
    return /^--[a-z][\w-]+$/.test(word.value) && next?.value.startsWith('/') ? [{ name: bare(word.value.slice(2)), word: next }] : [];
  });
}

function bare(name: string): string {
  return name.replace(/^(with|enable)-/, '');
}

/** What is there to build with and to run: packages that are installed, and programs of the base, undefined where not all are known. */
export interface AtHand {
  packages: readonly string[];
  programs: readonly string[] | undefined;
}

/** Modules go where their server says, not below a prefix. */
export function moduleOf(words: readonly ShellWord[], { packages, programs }: AtHand): string | undefined {
  const word = words.find(({ value }) => MODULE.test(value) && !/=(no|0)$/.test(value));
  const dynamic = packages.some((name) => /^nginx/.test(name)) && words.some(({ value }) => value.startsWith('--add-dynamic-module'));
  const serves = (server: RegExp) => programs === undefined || [...packages, ...programs].some((name) => server.test(name));
  const toBuildWith = packages.find((name) => SERVERS.some(({ headers, server }) => headers.test(name) && serves(server)));
  const told = word?.value.split('=')[0] ?? (dynamic ? '--add-dynamic-module' : toBuildWith);
  return told === undefined ? undefined : `may build a module of a server that is installed elsewhere (${told})`;
}

const MODULE =
  /^--with-(apxs\w*|pg|pgxs|pg[-_]?config|php-config|tcl(config|sh)?)(=|$)|^(USE_PGXS|PGXS|PG_CONFIG|APXS|APXS2)=|^-D(PG_CONFIG|POSTGRESQL_PG_CONFIG|APXS)\w*(:\w+)?=/;
/** Packages that are there to build modules with, and what those are for: without the server a module would serve nobody. */
const SERVERS = [
  {
    headers: /^(postgresql-server-dev-.*|postgresql[\d.-]*-server-devel|postgresql\d+-dev(el)?)$/,
    server: /^(postgres|postgresql(-?\d[\d.]*)?(-(server|contrib|all|\d[\d.]*-\w+))?|postgis)$/,
  },
  { headers: /^(apache2-(dev|threaded-dev|prefork-dev)|httpd-devel)$/, server: /^(apache2|httpd)(?!.*-(dev|devel|utils|tools))/ },
  { headers: /^nginx-(dev|mod-devel)$/, server: /^nginx(?!.*-(dev|devel))/ },
];
