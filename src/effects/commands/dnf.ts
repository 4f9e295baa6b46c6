import type { Effect, ShellCommand } from '../../types.ts';
import { effect, looks, type Parsed, parseOptions, worksIn } from '../effect.ts';
import type { CommandRule } from '../rule.ts';
import { fromFiles, install, lists, packageNames, removal, upgrade } from './packages.ts';

const LONGS =
  '--enablerepo --disablerepo --releasever --installroot --config --exclude --excludepkgs --setopt --repo --repoid --repofrompath --enable-repo --disable-repo --add-repo --set-enabled --set-disabled --enable --disable --destdir --downloaddir --errorlevel --debuglevel --advisory --color --rpmverbosity --randomwait'.split(
    ' ',
  );
/** These take no value in front of a verb, but do after config-manager. */
const OF_CONFIG = ['--add-repo', '--set-enabled', '--set-disabled', '--enable', '--disable'];

/** yum, dnf, microdnf, tdnf. */
const dnf: CommandRule = (command) => {
  const parsed = parseOptions(
    command.args,
    'cxedR',
    LONGS.filter((name) => !OF_CONFIG.includes(name)),
  );
  const [verb, ...names] = parsed.words;
  if (parsed.flags.has('--installroot')) return undefined;
  if (parsed.flags.has('--downloadonly')) return lists('dnf', 'update', command.name);
  switch (verb?.value) {
    case 'install':
    case 'localinstall':
    case 'reinstall':
    case 'install-n':
    case 'in':
      return dnfInstall(command, names);
    case 'groupinstall':
    case 'grouperase':
    case 'groupupdate':
      return groups(command, names, verb.value === 'groupinstall');
    case 'group':
    case 'groups':
      return groups(command, names.slice(1), names[0]?.value === 'install');
    case 'module':
      return module(command, names);
    case 'update':
    case 'upgrade':
    case 'update-minimal':
    case 'upgrade-minimal':
    case 'distro-sync':
    case 'downgrade':
    case 'swap':
    case 'update-to':
      return upgrade('dnf');
    case 'clean':
      return lists('dnf', 'clean', command.name);
    case 'makecache':
    case 'check-update':
      return lists('dnf', 'update', command.name);
    case 'autoremove':
      return names.length > 0 ? removal('dnf', names) : lists('dnf', 'autoremove', command.name);
    case 'remove':
    case 'erase':
      return removal('dnf', names);
    default:
      return dnfOther(command, verb?.value);
  }
};

function dnfOther(command: ShellCommand, verb: string | undefined): Effect | undefined {
  if (verb === 'config-manager' || verb === 'copr' || verb === 'repository-packages') return source();
  if (verb === 'builddep' || verb === 'build-dep') return effect('build', 'installs what a package is built with', { action: 'dnf-build-dep' });
  if (verb === 'download') return worksIn(command.cwd, 'downloads packages', 'download', { role: 'build' });
  return /^(list|info|search|repolist|repoinfo|provides|whatprovides|history|version|repoquery|deplist|check|mark|help|grouplist|versionlock|needs-restarting|resolvedep)$/.test(
    verb ?? 'help',
  )
    ? looks(command)
    : undefined;
}

function source(): Effect {
  return effect('runtime', 'adds a place that packages come from', { action: 'package-source' });
}

/** Addresses alone are packages that name a repository, most of the time, and can be fetched again. */
function dnfInstall(command: ShellCommand, words: ShellCommand['args']): Effect | undefined {
  const names = words.map((word) => word.value);
  if (names.length > 0 && names.every((name) => /^(https?|ftp):/.test(name))) return source();
  return install(
    'dnf',
    command,
    words.map((word) => (word.value.startsWith('@') ? { ...word, value: groupName(word.value.slice(1)) } : word)),
  );
}

/** `"Development Tools"` → `@development-tools`. */
function groupName(name: string): string {
  return `@${name.trim().toLowerCase().replace(/\s+/g, '-')}`;
}

function groups(command: ShellCommand, words: ShellCommand['args'], installs: boolean): Effect | undefined {
  if (words.some((word) => !word.known)) return undefined;
  const named = words.map((word) => ({ ...word, value: groupName(word.value) }));
  return installs ? install('dnf', command, named) : /grouplist|info|list/.test(words[0]?.value ?? '') ? looks(command) : removal('dnf', named);
}

function module(command: ShellCommand, [verb, ...names]: ShellCommand['args']): Effect | undefined {
  if (verb?.value === 'install')
    return install(
      'dnf',
      command,
      names.map((word) => ({ ...word, value: `@${word.value}` })),
    );
  if (/^(enable|disable|reset|switch-to)$/.test(verb?.value ?? '')) return source();
  return /^(list|info|provides)$/.test(verb?.value ?? '') ? looks(command) : undefined;
}

const zypper: CommandRule = (command) => {
  const parsed = parseOptions(
    command.args,
    'tpDRr',
    '--type --root --repo --from --reposd-dir --cache-dir --plus-repo --plus-content --installroot'.split(' '),
  );
  const [verb, ...names] = parsed.words;
  if (parsed.flags.has('--root') || parsed.flags.has('--installroot')) return undefined;
  switch (verb?.value) {
    case 'install':
    case 'in':
      return zypperInstall(command, parsed, names);
    case 'remove':
    case 'rm':
      return removal('zypper', names);
    case 'refresh':
    case 'ref':
      return lists('zypper', 'update', 'zypper');
    case 'clean':
    case 'cc':
      return lists('zypper', 'clean', 'zypper');
    case 'update':
    case 'up':
    case 'patch':
    case 'dup':
    case 'dist-upgrade':
      return upgrade('zypper');
    case 'addrepo':
    case 'ar':
    case 'removerepo':
    case 'rr':
    case 'modifyrepo':
    case 'mr':
    case 'addservice':
      return source();
    case 'source-install':
    case 'si':
      return effect('build', 'installs what a package is built with', { action: 'zypper-build-dep' });
    default:
      return /^(lr|repos|search|se|info|if|lu|list-updates|locks|ps|services|help)$/.test(verb?.value ?? 'help') ? looks(command) : undefined;
  }
};

function zypperInstall(command: ShellCommand, { values }: Parsed, names: ShellCommand['args']): Effect | undefined {
  const type = values.find(({ name }) => name === '-t' || name === '--type')?.word.value;
  if (names.length > 0 && names.every((word) => /^https?:/.test(word.value))) return source();
  return install('zypper', command, type === 'pattern' ? names.map((word) => ({ ...word, value: `@${word.value}` })) : names);
}

function pacmanSync(command: ShellCommand, words: ShellCommand['args'], has: (...names: string[]) => boolean): Effect | undefined {
  if (words.length > 0) return has('-s', '--search', '-i', '--info') ? looks(command) : install('pacman', command, words);
  if (has('-c', '--clean')) return lists('pacman', 'clean', 'pacman');
  return has('-u', '--sysupgrade') ? upgrade('pacman') : lists('pacman', 'update', 'pacman');
}

const pacman: CommandRule = (command) => {
  const { words, flags } = parseOptions(command.args, 'br', ['--root', '--dbpath', '--config', '--cachedir', '--ignore', '--assume-installed']);
  const has = (...names: string[]) => names.some((name) => flags.has(name));
  if (has('-r', '--root', '-b')) return undefined;
  if (has('-S', '--sync')) return pacmanSync(command, words, has);
  if (has('-R', '--remove')) return removal('pacman', words);
  if (has('-U', '--upgrade')) return words.every((word) => /^https?:/.test(word.value)) ? source() : fromFiles(packageNames(words) ?? [], command);
  return has('-Q', '-F', '-T', '-D', '-V', '-h', '--version', '--query', '--files', '--database') ? looks(command) : undefined;
};

/** Of the package managers of Red Hat, SUSE and Arch Linux. */
export const dnfRules: Record<string, CommandRule> = {
  ...{ yum: dnf, dnf, dnf5: dnf, microdnf: dnf, tdnf: dnf, zypper, pacman, repoquery: looks, 'package-cleanup': looks },
  ...{ 'yum-config-manager': source, 'dnf-config-manager': source, 'subscription-manager': source, 'pacman-key': source, 'pacman-mirrors': source },
  ...{ 'yum-builddep': () => effect('build', 'installs what a package is built with', { action: 'dnf-build-dep' }) },
  ...{ 'pacman-db-upgrade': () => lists('pacman', 'update', 'pacman'), 'pacman-optimize': () => lists('pacman', 'update', 'pacman') },
  yumdownloader: (command) => worksIn(command.cwd, 'downloads packages', 'download', { role: 'build' }),
};
