import { posix } from 'node:path';
import type { Effect, PathWrite, ShellCommand } from '../../types.ts';
import { effect, hasOption, isPackageSource, looks, optionValue, parseOptions, pathOf, valueOf, worksIn } from '../effect.ts';
import type { CommandRule } from '../rule.ts';
import { unpacked } from './archives.ts';
import { fromFiles, packageNames, removal } from './packages.ts';

function source(why = 'adds a place that packages come from', more: Partial<Effect> = {}): Effect {
  return effect('runtime', why, { action: 'package-source', ...more });
}

const DPKG_VALUED = ['--admindir', '--root', '--path-exclude', '--path-include', '--log', '--status-fd'];

const dpkg: CommandRule = (command) => {
  const has = (...names: string[]) => hasOption(command, ...names);
  const { words, flags } = parseOptions(command.args, 'D', DPKG_VALUED);
  if (has('--add-architecture', '--remove-architecture')) return source('adds an architecture of packages');
  if (has('--install', '--unpack') || flags.has('-i')) return fromFiles(packageNames(words) ?? ['?'], command);
  if (has('--configure', '--triggers-only')) return effect('runtime', 'configures packages', { action: 'apt-fix' });
  if (has('--remove', '--purge') || flags.has('-r') || flags.has('-P')) return removal('apt', words);
  if (has('--extract', '-x', '-X', '--vextract')) return unpacked(words[1] ? pathOf(command, words[1]) : undefined);
  if (has('--build', '-b', '-R', '-e', '--control', '--raw-extract')) return undefined;
  return looks(command);
};

const rpm: CommandRule = (command) => {
  const { words, flags } = parseOptions(command.args, 'D', ['--root', '--dbpath', '--define', '--prefix', '--relocate', '--queryformat', '--qf', '--eval']);
  const has = (...names: string[]) => names.some((name) => flags.has(name));
  if (has('--import')) return source('takes a key of packages', { reads: local(command, words) });
  if (has('-q', '-V', '-K', '--query', '--verify', '--checksig', '--version', '--eval', '-E', '--showrc')) return looks(command);
  if (has('--rebuilddb', '--initdb')) return looks(command);
  if (has('-e', '--erase')) return removal('dnf', words);
  if (!has('-i', '-U', '-F', '--install', '--upgrade', '--freshen', '--reinstall')) return undefined;
  return words.length > 0 && words.every((word) => /^(https?|ftp):/.test(word.value)) ? source() : fromFiles(packageNames(words) ?? ['?'], command);
};

/** Files among the words, for they have to be there where the command is run again. */
function local(command: ShellCommand, words: ShellCommand['args']): string[] {
  return words.flatMap((word) => (/^[a-z]+:/.test(word.value) || word.value === '-' ? [] : (pathOf(command, word) ?? [])));
}

const aptKey: CommandRule = (command) => {
  const { words } = parseOptions(command.args, '', ['--keyserver', '--recv-keys', '--recv-key', '--recv', '--keyring', '--keyserver-options', '--fetch-keys']);
  const [verb, ...files] = words;
  if (/^(list|finger|export|exportall)$/.test(verb?.value ?? '')) return looks(command);
  return source('takes a key of packages', verb?.value === 'add' ? { reads: local(command, files) } : {});
};

const GPG_LONGS =
  '--output --keyserver --keyserver-options --keyring --homedir --import-options --passphrase --pinentry-mode --trust-model --options --primary-keyring --status-fd --logger-fd --digest-algo'.split(
    ' ',
  );

/** gpg: keys that packages are checked with; else what it is told to write, and its own keyring, which only checks need. */
const gpg: CommandRule = (command) => {
  const parsed = parseOptions(command.args, 'oru', GPG_LONGS);
  if (/^--(quick-)?(full-)?(gen|generate)-key$/.test([...parsed.flags].find((flag) => flag.includes('gen')) ?? '')) return undefined;
  const output = valueOf(parsed, '-o', '--output');
  const keyring = optionValue(command, '--keyring', '--primary-keyring');
  const ring = keyring && { ...keyring, value: keyring.value.replace(/^gnupg-ring:/, '') };
  const file = output ?? (ring?.value.includes('/') ? ring : undefined);
  if (!file || file.value === '-' || file.value.startsWith('/dev/')) return effect('neutral', 'checks signatures');
  const path = pathOf(command, file);
  if (path === undefined) return undefined;
  const writes: PathWrite[] = [{ path, kind: 'file' }];
  if (isPackageSource(path)) return source('takes a key of packages', { writes, reads: local(command, parsed.words) });
  return effect('both', 'makes a file', { action: 'copy', writes, reads: local(command, parsed.words) });
};

/** What a Debian package is built from: the packages stand beside the directory. */
const packageBuild: CommandRule = (command) => worksIn(command.cwd === undefined ? undefined : posix.dirname(command.cwd), 'builds packages', 'compile');

const here: CommandRule = (command) => worksIn(command.cwd, 'builds packages', 'compile');

const buildDependencies: CommandRule = () => effect('build', 'installs what a package is built with', { action: 'apt-build-dep' });

/** Package files and the places that packages come from. */
export const packageFiles: Record<string, CommandRule> = {
  ...{
    dpkg,
    rpm,
    rpmkeys: rpm,
    'apt-key': aptKey,
    gpg,
    gpg2: gpg,
    gpg1: gpg,
    gdebi: (command) => fromFiles(packageNames(parseOptions(command.args, 'o').words) ?? [], command),
  },
  ...{ 'add-apt-repository': () => source(), 'apt-add-repository': () => source(), extrepo: () => source() },
  ...{ 'mk-build-deps': buildDependencies, 'dpkg-buildpackage': packageBuild, debuild: packageBuild, makepkg: pkgbuild, rpmdev: here, 'equivs-build': here },
  ...{ createrepo: here, 'dpkg-scanpackages': looks, 'apt-ftparchive': looks, spectool: here },
};

/** makepkg, which installs what it made where it is told so. */
function pkgbuild(command: ShellCommand) {
  const { flags } = parseOptions(command.args, 'p');
  return flags.has('-i') || flags.has('--install') ? undefined : worksIn(command.cwd, 'builds packages', 'compile');
}
