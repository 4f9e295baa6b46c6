import { effect, operands } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

const VALUED = [
  '-u',
  '--uid',
  '-g',
  '--gid',
  '-G',
  '--groups',
  '--ingroup',
  '-s',
  '--shell',
  '-d',
  '--home',
  '--home-dir',
  '-h',
  '-c',
  '--comment',
  '--gecos',
  '-p',
  '--password',
  '-k',
];

const account: CommandRule = (command) => {
  const names = operands(command, VALUED);
  return names.some((name) => !name.known)
    ? undefined
    : effect('runtime', 'makes a user or group', { action: 'account', users: names.map((name) => name.value) });
};

/** Users and groups: they are part of what the image promises. */
export const users: Record<string, CommandRule> = Object.fromEntries(
  ['useradd', 'adduser', 'groupadd', 'addgroup', 'usermod', 'groupmod', 'userdel', 'deluser', 'groupdel', 'delgroup', 'passwd', 'chpasswd', 'chage'].map(
    (name) => [name, account],
  ),
);
