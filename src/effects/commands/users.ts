import type { ShellCommand } from '../../types.ts';
import { effect, parseOptions } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

const LONGS =
  '--uid --gid --groups --ingroup --shell --home --home-dir --comment --gecos --password --base-dir --expiredate --inactive --key --skel --selinux-user --firstuid --lastuid --conf --root --login --prefix --new-name'.split(
    ' ',
  );

/** Short options with a value; adduser and addgroup are those of busybox, for Debian's have long ones. */
const LETTERS: Record<string, string> = {
  ...{ useradd: 'bcdefgGkKpsuZR', usermod: 'cdefgGlpsuZR', groupadd: 'gKpR', groupmod: 'gnpR', adduser: 'hgsGuk', addgroup: 'g' },
  ...{ chage: 'dEIMWm', gpasswd: 'adMA', chsh: 's', chfn: 'fhorw', passwd: 'nxwi', chpasswd: 'cs' },
};

/** Busybox's adduser has -D and -S, which Debian's has not; a name after -G is a group either way. */
const account: CommandRule = (command) => {
  const name = command.name.replace(/^.*\//, '');
  const { words } = parseOptions(command.args, LETTERS[name] ?? '', LONGS);
  // `-M` adds nothing of its own, and `gpasswd -a USER GROUP` and `adduser USER GROUP` name the user first.
  return words.some((word) => !word.known)
    ? undefined
    : effect('runtime', 'makes a user or group', { action: 'account', users: words.map((word) => word.value).filter(isName) });
};

function isName(value: ShellCommand['args'][number]['value']): boolean {
  return /^[\w.-]+\$?$/.test(value);
}

const NAMES =
  'useradd adduser groupadd addgroup usermod groupmod userdel deluser groupdel delgroup passwd chpasswd chage gpasswd chsh chfn newusers groupmems mkhomedir_helper pwconv'.split(
    ' ',
  );

/** Users and groups: they are part of what the image promises. */
export const users: Record<string, CommandRule> = Object.fromEntries(NAMES.map((name) => [name, account]));
