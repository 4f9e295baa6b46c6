import type { PackageManager, ShellCommand } from '../../types.ts';
import { effect, operands, optionValue } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

const APT_VALUED = ['-o', '-t', '--target-release', '-c', '--option'];
const APK_VALUED = ['-t', '--virtual', '-X', '--repository', '--repositories-file', '-p', '--root'];

const apt: CommandRule = (command) => {
  const [verb, ...names] = operands(command, APT_VALUED);
  switch (verb?.value) {
    case 'install':
      return install('apt', command, names);
    case 'update':
    case 'clean':
    case 'autoclean':
    case 'autoremove':
      return effect('neutral', `apt ${verb.value} changes lists and caches only`, { action: `apt-${verb.value}` });
    case 'upgrade':
    case 'dist-upgrade':
    case 'full-upgrade':
      return effect('runtime', 'upgrades the packages of the system', { action: 'apt-upgrade' });
    case 'remove':
    case 'purge':
      return effect('both', 'removes packages', { action: 'apt-remove', packages: { manager: 'apt', names: names.map((name) => name.value) } });
    default:
      return undefined;
  }
};

const apk: CommandRule = (command) => {
  const [verb, ...names] = operands(command, APK_VALUED);
  switch (verb?.value) {
    case 'add':
      return install('apk', command, names);
    case 'update':
    case 'cache':
      return effect('neutral', `apk ${verb.value} changes lists and caches only`, { action: 'apk-update' });
    case 'upgrade':
      return effect('runtime', 'upgrades the packages of the system', { action: 'apk-upgrade' });
    case 'del':
      return effect('both', 'removes packages', { action: 'apk-remove', packages: { manager: 'apk', names: names.map((name) => name.value) } });
    default:
      return undefined;
  }
};

function install(manager: PackageManager, command: ShellCommand, names: ShellCommand['args']) {
  if (names.some((name) => !name.known || /[*?/]/.test(name.value))) return undefined;
  const group = manager === 'apk' ? optionValue(command, '-t', '--virtual') : undefined;
  return effect('both', 'installs packages', {
    action: `${manager}-install`,
    packages: { manager, names: names.map((name) => name.value) },
    ...(group && { group: group.value }),
    ...(command.conditional && { role: 'unknown' as const }),
  });
}

/** The system's package managers. */
export const packages: Record<string, CommandRule> = {
  apt,
  'apt-get': apt,
  apk,
  'apt-mark': () => effect('neutral', 'marks packages only'),
  'dpkg-reconfigure': () => effect('runtime', 'configures a package of the system'),
  'debconf-set-selections': () => effect('neutral', 'answers the questions of packages installed later', { action: 'apt-answers' }),
};
