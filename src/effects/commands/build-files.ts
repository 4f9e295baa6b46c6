import { posix } from 'node:path';
import type { Effect, ShellCommand } from '../../types.ts';
import { pathOf } from '../effect.ts';
import type { EffectScope } from '../rule.ts';

/** A place where a build file of the context installs, outside of what the command line tells. */
export interface Elsewhere {
  /** Absolute, or empty where only the build knows it. */
  path: string;
  /** File and line. */
  at: string;
  /** Holds only where the command line names no prefix. */
  byDefault?: boolean;
  /** The build writes there by itself, without an install. */
  byBuild?: boolean;
}

/** The effect of a command that configures or installs, with what the build files of the context say of the install. */
export interface BuildEffect extends Effect {
  elsewhere?: Elsewhere[];
}

interface Kind {
  /** What stands at the top of the sources. */
  top: readonly string[];
  files: RegExp;
  read(text: string): Found[];
}

interface Found {
  line: number;
  path: string;
  byDefault?: boolean;
  byBuild?: boolean;
}

/** What the build files of the context that are at the top of one of the directories say of an install. */
export function elsewhereOf(command: ShellCommand, scope: EffectScope): Elsewhere[] {
  return [...new Set(directoriesOf(command))].flatMap((directory) => KINDS.flatMap((kind) => ofKind(kind, directory, scope)));
}

/** Where a command may have its sources: where it runs and stands, and all directories that it names. */
function directoriesOf(command: ShellCommand): string[] {
  const program = command.name.includes('/') ? pathOf(command, { value: posix.dirname(command.name), known: true }) : undefined;
  const named = command.args.flatMap((word) => {
    const value = /^-[SHBC]./.test(word.value) ? word.value.slice(2) : word.value;
    const path = value.startsWith('-') || value.includes('=') ? undefined : pathOf(command, { ...word, value });
    return path === undefined ? [] : [path, posix.dirname(path)];
  });
  const own = [command.cwd, program].filter((path) => path !== undefined);
  // A directory to build in is often made within the sources.
  return [...own, ...own.map((path) => posix.dirname(path)), ...named];
}

function ofKind(kind: Kind, directory: string, { context, sourceOf }: EffectScope): Elsewhere[] {
  const top = kind.top.flatMap((name) => sourceOf(posix.join(directory, name)) ?? []).find((source) => context.kind(source) === 'file');
  if (top === undefined) return [];
  const files = context.files();
  if (!files) return [{ path: '', at: top }];
  const root = posix.dirname(top);
  // Copied as a whole, what is used of it lies below; copied in parts, it may lie anywhere in the context.
  const whole = sourceOf(directory) !== undefined && root !== '.';
  const read = files.filter((file) => kind.files.test(posix.basename(file)) && (!whole || file.startsWith(`${root}/`)));
  return read.flatMap((file) => kind.read(context.read(file) ?? '').map(({ line, ...found }) => ({ ...found, at: `${file}:${line}` })));
}

const ABSOLUTE = /(?<![\w.}*)>-])\/(?:bin|etc|home|lib|lib64|opt|root|run|sbin|srv|usr|var)(?:\/[\w.@+-]+)*\/?(?![\w$*])/g;
/** Programs and devices, and where compilers look by themselves. */
const TOOLS =
  /^\/(bin\/|usr\/bin\/|dev\/null|sbin\/ldconfig|usr\/(local\/)?(include|lib|lib64|share\/(cmake|pkgconfig))(\/|$)|usr(\/local)?$|opt(\/homebrew.*|\/local.*)?$)/;

function literals(text: string): string[] {
  return (text.replace(/\$(ENV)?[({]?DESTDIR[)}]?/g, ' ').match(ABSOLUTE) ?? []).map((path) => (path.length > 1 ? path.replace(/\/$/, '') : path));
}

/** Commands of cmake that only look, compile or print. */
const LOOKS =
  /^(find_\w+|include_directories|link_directories|link_libraries|target_(include|link|compile|precompile)\w*|add_(definitions|compile\w*|link\w*|test|executable|library)|message|if|elseif|while|check_\w+|pkg_check_modules|pkg_search_module|project|set_target_properties|include|execute_process|cmake_minimum_required)$/i;
/** Commands of cmake that write when it configures or builds, and properties that say where it does. */
const WRITES = /^(configure_file|file|add_custom_command|add_custom_target)$/i;
const OUTPUT = /\b\w*OUTPUT_DIRECTORY\w*\s/;
/** The build's own directories, which an image without the sources does not have. */
const OWN = /\$\{\w*(SOURCE|BINARY)_DIR\}/;

/** https://cmake.org/cmake/help/latest/command/install.html */
function readCmake(text: string): Found[] {
  const plain = text.replace(/(^|\s)#(?!\[).*$/gm, '$1');
  return [...plain.matchAll(/^[ \t]*(\w+)[ \t]*\(((?:[^()]|\([^()]*\))*)\)/gm)].flatMap((match) => {
    const [, name = '', body = ''] = match;
    const line = plain.slice(0, match.index).split('\n').length + (/^\s*\n/.test(match[0]) ? 1 : 0);
    const byBuild = WRITES.test(name) || OUTPUT.test(body);
    return cmakeCall(name.toLowerCase(), body).map((path) => ({ path, line, ...(byBuild && { byBuild }) }));
  });
}

function cmakeCall(name: string, body: string): string[] {
  if (name === 'install') {
    const places = [...body.matchAll(/\bDESTINATION\s+("[^"]*"|\S+)/g)].map(([, word = '']) => word);
    const own = /^\s*(CODE|SCRIPT)\b/.test(body) || places.some((place) => OWN.test(place) || /\$ENV|\.\.\/|FULL_\w+DIR/.test(place));
    return own ? [''] : places.flatMap(literals);
  }
  if (/^(pkg_get_variable|install_\w+)$/.test(name)) return [''];
  if (/^(set|option)$/.test(name) && /^\s*CMAKE_INSTALL_PREFIX\b/.test(body)) return [literals(body)[0] ?? ''];
  return (LOOKS.test(name) && !OUTPUT.test(body)) || /^\s*\w*(INCLUDE|LIBRAR|_ROOT\b|MODULE_PATH|PREFIX_PATH|RPATH|FLAGS|COMPILER|SYSROOT)/i.test(body)
    ? []
    : literals(body).filter((path) => !TOOLS.test(path));
}

/** Lines of which some may say where to install. */
function readLines(text: string, comment: RegExp, read: (line: string) => Omit<Found, 'line'>[]): Found[] {
  return text.split('\n').flatMap((line, at) => read(line.replace(comment, '')).map((found) => ({ ...found, line: at + 1 })));
}

const paths = (line: string) =>
  literals(line)
    .filter((path) => !TOOLS.test(path))
    .map((path) => ({ path }));

/** https://mesonbuild.com/Installing.html */
function readMeson(text: string): Found[] {
  return readLines(text, /#.*$/, (line) => {
    if (/add_(install|postconf)_script|get_(pkgconfig_)?variable\s*\(.*dir|install_dir.*(source|build)_(dir|root)/.test(line)) return [{ path: '' }];
    const prefix = /['"]prefix=([^'"]+)['"]/.exec(line)?.[1];
    if (prefix !== undefined) return [{ path: prefix, byDefault: true }];
    return /find_|include_directories|dirs\s*:|dependency/.test(line) && !/install/.test(line) ? [] : paths(line);
  });
}

/** https://www.gnu.org/software/autoconf/manual/autoconf.html, automake's variables and rules. */
function readAutotools(text: string): Found[] {
  return readLines(text, /(^|\s)(#|dnl\b).*$/, (line) => {
    const [, prefix] = /AC_PREFIX_DEFAULT\(\[?([^\])]*)/.exec(line) ?? /^ac_default_prefix=(.*)$/.exec(line) ?? [];
    if (prefix !== undefined) return prefix === '/usr/local' ? [] : [{ path: prefix.startsWith('/') ? prefix : '', byDefault: true }];
    if (/--variable=\w*dir|PKG_CHECK_VAR/.test(line)) return [{ path: '' }];
    return /dir\w*\]?\s*[,:?+]?=|AC_SUBST|DESTDIR|INSTALL|MKDIR_P|install_sh|(^|\s)(install|cp|ln|mv|mkdir)\s/.test(line) ? paths(line) : [];
  });
}

/** A configure script that autoconf made says where it installs in one line; any other is a program. */
function readScript(text: string): Found[] {
  if (!/^ac_default_prefix=/m.test(text)) return [{ path: '', line: 1 }];
  return readLines(text, /(^|\s)#.*$/, (line) => (/^ac_default_prefix=/.test(line) ? readAutotools(line) : []));
}

const KINDS: readonly Kind[] = [
  { top: ['CMakeLists.txt'], files: /^CMakeLists\.txt$|\.cmake$|^cmake_install\.cmake\.in$/, read: readCmake },
  { top: ['meson.build'], files: /^(meson\.build|meson_options\.txt|meson\.options)$/, read: readMeson },
  { top: ['configure.ac', 'configure.in', 'configure'], files: /^(configure\.(ac|in)|Makefile\.(am|in)|.*\.mk|.*\.am)$/, read: readAutotools },
  { top: ['configure'], files: /^configure$/, read: readScript },
];
