import { posix } from 'node:path';
import { installsElsewhere } from '../knowledge/configure-defaults.ts';
import type { ImageState, ShellCommand, ShellWord } from '../types.ts';
import type { Elsewhere } from './commands/build-files.ts';
import { plainName } from './commands/compile.ts';
import { cmakeDirectory, mesonDirectory } from './commands/configure.ts';
import { optionValue, pathOf } from './effect.ts';
import { type AtHand, moduleOf, toldPlaces } from './settle-told.ts';

/** Where what is built in a directory will be installed. */
export interface Configured {
  directory: string;
  /** The prefix, then places outside of it. */
  trees: string[];
  files: string[];
  /** Why nobody can see where. */
  why?: string;
  tool: string;
  /** Whether a command line names the prefix. */
  told?: boolean;
  /** What the build files of the context say. */
  elsewhere?: readonly Elsewhere[];
}

/** Directories that may lie outside of the prefix: https://www.gnu.org/prep/standards/html_node/Directory-Variables.html */
const PLACES = [
  '--exec-prefix',
  '--bindir',
  '--sbindir',
  '--libdir',
  '--libexecdir',
  '--includedir',
  '--datadir',
  '--datarootdir',
  '--sysconfdir',
  '--localstatedir',
  '--openssldir',
];
/** Of nginx: https://nginx.org/en/docs/configure.html */
const NGINX_FILES = ['--conf-path', '--http-log-path', '--error-log-path', '--pid-path', '--lock-path'];

/** What a configuring command says of the install; undefined where it says nothing of it. */
export function readConfigure(command: ShellCommand, before: readonly Configured[], env: ImageState['env'], atHand: AtHand): Configured | undefined {
  const found = readPlaces(command, before, env);
  if (!found || found.why !== undefined || found.tool === 'php-extension') return found;
  const told = found.told || command.args.some(({ value }) => /^(-D)?(--)?(install-)?prefix\b|CMAKE_INSTALL_PREFIX|INSTALL_BASE/i.test(value));
  const { trees, why = moduleOf(command.args, atHand) } = toldPlaces(command, command.args, found.trees);
  return { ...found, trees: [...found.trees, ...trees], told, ...(why !== undefined && { why }) };
}

function readPlaces(command: ShellCommand, before: readonly Configured[], env: ImageState['env']): Configured | undefined {
  const name = plainName(posix.basename(command.name));
  switch (name) {
    case 'cmake':
    case 'cmake3':
      return cmake(command, before);
    case 'meson':
      return meson(command);
    case 'configure':
    case 'Configure':
    case 'config':
    case 'bootstrap.sh':
    case 'waf':
      return autotools(command, name, before, env);
    case 'perl':
      return /Configure$/.test(command.args[0]?.value ?? '') ? autotools(command, 'Configure', before, env) : perl(command);
    case 'phpize':
    case 'qmake':
    case 'qmake-qt5':
    case 'qmake6':
      return command.cwd === undefined ? undefined : { directory: command.cwd, trees: [], files: [], tool: name, why: `writes where ${name} says` };
    default:
      // autogen.sh and bootstrap hand on what they are given, if they configure at all.
      return optionValue(command, '--prefix') ? autotools(command, name, before, env) : undefined;
  }
}

type Place = string | 'unknown' | undefined;

/** Where it goes unless it is told otherwise, which a word that nobody knows may do. */
function otherwise(command: ShellCommand, path: string): Place {
  return command.args.some(({ known, text, value }) => !known && /^[$`]/.test(value) && !(/\b(echo|printf)\b/.test(text) && !/prefix|dir/.test(text)))
    ? 'unknown'
    : path;
}

function placed(command: ShellCommand, word: ShellWord | undefined): Place {
  return word ? (pathOf(command, word) ?? 'unknown') : undefined;
}

function result(tool: string, directory: string | undefined, prefix: Place, others: Place[], files: Place[] = []): Configured | undefined {
  if (directory === undefined) return undefined;
  const all = [prefix, ...others, ...files];
  if (all.includes('unknown')) return { directory, trees: [], files: [], tool, why: 'writes where a variable says that is not known' };
  const known = (places: Place[]) => places.filter((path) => path !== undefined);
  return { directory, trees: known([prefix, ...others]), files: known(files), tool };
}

function autotools(command: ShellCommand, tool: string, before: readonly Configured[], env: ImageState['env']): Configured | undefined {
  const { cwd } = command;
  const ofPhp = before.findLast((one) => one.directory === cwd);
  if (ofPhp?.tool === 'phpize') {
    // The official images keep all of PHP in /usr/local.
    return env.PHP_INI_DIR === '/usr/local/etc/php' && cwd !== undefined
      ? { directory: cwd, trees: ['/usr/local'], files: [], tool: 'php-extension' }
      : undefined;
  }
  const value = (option: string) => placed(command, optionValue(command, option));
  if (cwd !== undefined && tool === 'configure' && !optionValue(command, '--prefix') && installsElsewhere(posix.basename(cwd)))
    return {
      directory: cwd,
      trees: [],
      files: [],
      tool,
      why: 'writes into directories of the system unless configure is told otherwise: give it --prefix, --sysconfdir and --localstatedir',
    };
  const isNginx = command.args.some((word) => /^--(conf-path|sbin-path|http-log-path|with-http_\w+_module)/.test(word.value));
  const prefix = value('--prefix') ?? otherwise(command, isNginx ? '/usr/local/nginx' : '/usr/local');
  if (!isNginx) return result(tool, cwd, prefix, PLACES.map(value));
  const around = NGINX_FILES.map(value).map((path) => (path === undefined || path === 'unknown' ? path : posix.dirname(path)));
  return result(
    tool,
    cwd,
    prefix,
    [...around.filter((path) => !/^\/(var\/log|var\/lock|var\/run|run|run\/lock)$/.test(path ?? '')), value('--modules-path')],
    [value('--sbin-path')],
  );
}

function perl(command: ShellCommand): Configured | undefined {
  const word = command.args.find(({ value }) => /^(INSTALL_BASE|PREFIX|--install_base|--prefix)=/.test(value));
  const told = word && placed(command, { ...word, value: word.value.slice(word.value.indexOf('=') + 1) });
  return result('perl', command.cwd, told ?? '/usr/local', []);
}

function meson(command: ShellCommand): Configured | undefined {
  const value = (name: string) => placed(command, optionValue(command, `--${name}`) ?? define(command, name));
  return result(
    'meson',
    mesonDirectory(command),
    value('prefix') ?? otherwise(command, '/usr/local'),
    PLACES.map((option) => absolute(value(option.slice(2)), command)),
  );
}

/** A place relative to the prefix is within it. */
function absolute(path: Place, command: ShellCommand): Place {
  return path !== undefined && path !== 'unknown' && command.cwd !== undefined && path.startsWith(`${command.cwd}/`) ? undefined : path;
}

/** What cmake was told the time before holds until it is told otherwise: its cache keeps it. */
function cmake(command: ShellCommand, before: readonly Configured[]): Configured | undefined {
  const directory = cmakeDirectory(command);
  const earlier = before.findLast((one) => one.directory === directory && one.tool === 'cmake');
  const told = placed(command, define(command, 'CMAKE_INSTALL_PREFIX') ?? optionValue(command, '--install-prefix'));
  if (told === undefined && earlier) return earlier;
  const others = ['SYSCONFDIR', 'LOCALSTATEDIR', 'LIBDIR', 'BINDIR', 'FULL_SYSCONFDIR'].map((name) => define(command, `CMAKE_INSTALL_${name}`));
  return result(
    'cmake',
    directory,
    told ?? otherwise(command, '/usr/local'),
    others.map((word) => (word?.value.startsWith('/') || word?.known === false ? placed(command, word) : undefined)),
  );
}

/** `-DNAME=value`, `-D NAME=value`, `-DNAME:PATH=value`. */
function define(command: ShellCommand, name: string): ShellWord | undefined {
  for (const [at, word] of command.args.entries()) {
    const text = word.value === '-D' ? command.args[at + 1] : word.value.startsWith('-D') ? { ...word, value: word.value.slice(2) } : undefined;
    const [, value] = new RegExp(`^${name}(?::\\w+)?=(.*)$`, 's').exec(text?.value ?? '') ?? [];
    if (text && value !== undefined) return { ...text, value };
  }
  return undefined;
}
