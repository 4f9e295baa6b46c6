import type { Effect, PackageManager, ShellCommand } from '../../types.ts';
import { effect, looks, type Parsed, parseOptions, pathOf, worksIn } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

/** An install of packages by name; one that may not run is not known. */
export function install(manager: PackageManager, command: ShellCommand, words: ShellCommand['args'], group?: string): Effect | undefined {
  const names = packageNames(words);
  if (!names) return undefined;
  const file = names.find((name) => isFile(name));
  if (file !== undefined) return fromFiles(names.filter(isFile), command);
  return effect(command.conditional ? 'unknown' : 'both', 'installs packages', {
    action: `${manager}-install`,
    packages: { manager, names },
    ...(group !== undefined && { group }),
  });
}

/** The names that words stand for: an unquoted variable may hold several. */
export function packageNames(words: ShellCommand['args']): string[] | undefined {
  if (words.some((word) => !word.known)) return undefined;
  return words.flatMap((word) => (/["']/.test(word.text) ? [word.value] : word.value.split(/\s+/).filter(Boolean)));
}

function isFile(name: string): boolean {
  return !/^https?:/.test(name) && /\.(deb|rpm|apk|pkg\.tar(\.\w+)?)$/.test(name);
}

/** A package file: the final stage does not have it, unless what brought it is done there again (see settle-sources). */
export function fromFiles(names: readonly string[], command: ShellCommand): Effect {
  const reads = names.map((value) => pathOf(command, { value, known: !value.includes('$') })).filter((path) => path !== undefined);
  return effect('unknown', `installs a package file that the final stage does not have: ${names.join(' ')}`, { action: 'package-file', reads });
}

export function removal(manager: PackageManager, words: ShellCommand['args']): Effect {
  const names = packageNames(words.filter((word) => word.known)) ?? [];
  return effect('both', 'removes packages', { action: `${manager}-remove`, packages: { manager, names } });
}

export function lists(manager: PackageManager, verb: 'update' | 'clean' | 'autoremove' | 'autoclean', command: string): Effect {
  return effect('neutral', `${command} ${verb} changes lists and caches only`, { action: `${manager}-${verb}` });
}

export function upgrade(manager: PackageManager): Effect {
  return effect('runtime', 'upgrades the packages of the system', { action: `${manager}-upgrade` });
}

const APT_LONGS = '--option --target-release --config-file --default-release --solver --allow-change-held'.split(' ');

const apt: CommandRule = (command) => {
  const parsed = parseOptions(command.args, 'otca', APT_LONGS);
  const [verb, ...names] = parsed.words;
  if (parsed.values.some(({ word }) => /^Dir(::\w+)*=|^RootDir=/.test(word.value) && !word.value.includes('Etc'))) return undefined;
  switch (verb?.value) {
    case 'install':
    case 'reinstall':
    case 'satisfy':
      return aptInstall(command, parsed, names);
    case 'update':
      return lists('apt', 'update', 'apt');
    case 'clean':
    case 'autoclean':
    case 'auto-clean':
    case 'distclean':
      return lists('apt', 'clean', 'apt');
    case 'autoremove':
    case 'auto-remove':
    case 'autopurge':
      return names.length > 0 ? removal('apt', names) : lists('apt', 'autoremove', 'apt');
    case 'upgrade':
    case 'dist-upgrade':
    case 'full-upgrade':
    case 'safe-upgrade':
    case 'dselect-upgrade':
      return upgrade('apt');
    case 'remove':
    case 'purge':
      return removal('apt', names);
    case 'build-dep':
      return effect('build', 'installs what a package is built with', { action: 'apt-build-dep' });
    case 'source':
    case 'download':
      return worksIn(command.cwd, 'downloads packages', 'download', { role: 'build' });
    default:
      return aptOther(command, parsed, verb?.value);
  }
};

function aptInstall(command: ShellCommand, parsed: Parsed, names: ShellCommand['args']): Effect | undefined {
  if (parsed.flags.has('-d') || parsed.flags.has('--download-only') || parsed.flags.has('-s')) return lists('apt', 'update', 'apt');
  // `foo-` removes foo, `foo+` is another name for it.
  if (names.some((word) => /^[a-z0-9.+-]{2,}-$/.test(word.value))) return undefined;
  const fixes = parsed.flags.has('-f') || parsed.flags.has('--fix-broken');
  return fixes && names.length === 0 ? effect('runtime', 'installs what packages lack', { action: 'apt-fix' }) : install('apt', command, names);
}

function aptOther(command: ShellCommand, { flags }: Parsed, verb: string | undefined): Effect | undefined {
  if (verb === undefined)
    return flags.has('-f') || flags.has('--fix-broken') ? effect('runtime', 'installs what packages lack', { action: 'apt-fix' }) : looks(command);
  return /^(check|list|search|show|policy|changelog|indextargets|moo|help|depends|rdepends|showsrc|edit-sources|mark|markauto|hold|unhold|why)$/.test(verb)
    ? looks(command)
    : undefined;
}

/** Scripts of images that refresh, install and clean. */
const aptScript: CommandRule = (command) => install('apt', command, parseOptions(command.args, 't').words);

const APK_LONGS = '--virtual --repository --repositories-file --root --wait --arch --keys-dir --cache-dir --cache-max-age'.split(' ');

const apk: CommandRule = (command) => {
  const parsed = parseOptions(command.args, 'tXp', APK_LONGS);
  const [verb, ...names] = parsed.words;
  if (parsed.flags.has('-p') || parsed.flags.has('--root')) return undefined;
  switch (verb?.value) {
    case 'add': {
      const group = parsed.values.findLast(({ name }) => name === '-t' || name === '--virtual');
      return install('apk', command, names, group?.word.value);
    }
    case 'update':
    case 'cache':
    case 'fetch':
      return lists('apk', 'update', 'apk');
    case 'upgrade':
    case 'fix':
      return upgrade('apk');
    case 'del':
      return removal('apk', names);
    default:
      return /^(info|search|stats|policy|version|index|audit|verify|list|dot|manifest)$/.test(verb?.value ?? 'info') ? looks(command) : undefined;
  }
};

/** The package managers of Debian and Alpine. */
export const packages: Record<string, CommandRule> = {
  ...{ apt, 'apt-get': apt, aptitude: apt, 'apt-fast': apt, apk },
  ...{ install_packages: aptScript, 'clean-install': aptScript, 'docker-apt-install': aptScript, 'apt-install': aptScript },
  ...{ 'apt-mark': () => effect('neutral', 'marks packages only'), 'apt-cache': looks, 'apt-config': looks, 'apt-file': looks, 'apt-listchanges': looks },
  'debconf-set-selections': () => effect('neutral', 'answers the questions of packages installed later', { action: 'apt-answers' }),
  'debconf-show': looks,
  'dpkg-reconfigure': () => effect('runtime', 'configures a package of the system'),
};
packages['debconf-communicate'] = packages['debconf-set-selections'] as CommandRule;
