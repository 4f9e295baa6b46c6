import { posix } from 'node:path';
import { plainCommand } from '../../effects/run.ts';
import type { ShellCommand } from '../../types.ts';
import type { Started } from './started.ts';

/** The programs of services whose names differ from theirs. */
const PROGRAMS: Record<string, string> = {
  mysql: 'mysqld',
  mariadb: 'mariadbd',
  postgresql: 'postgres',
  ssh: 'sshd',
  rsyslog: 'rsyslogd',
  mongodb: 'mongod',
  supervisor: 'supervisord',
  docker: 'dockerd',
  bind9: 'named',
  dbus: 'dbus-daemon',
  tor: 'tor',
};

const PHP = /^php([\d.]*)-fpm$/;

/** `service x start`, `/etc/init.d/x start`, `systemctl start x`, `rc-service x start`. */
export function serviceStarted(command: ShellCommand): Started {
  const words = command.args.map((word) => word.value).filter((word) => !word.startsWith('-'));
  const script = /^\/etc\/(?:rc\.d\/)?init\.d\/(.+)$/.exec(command.name)?.[1];
  const [first = '', second] = words;
  const verbFirst = posix.basename(command.name) === 'systemctl';
  const [name, verb] = script !== undefined ? [script, first] : verbFirst ? [second, first] : [first, second];
  if (name === undefined || name === '' || !/^(start|restart|reload|force-reload)$/.test(verb ?? '')) return { parts: [] };
  const plain = name.replace(/\.service$/, '');
  const program = PROGRAMS[plain] ?? plain.replace(PHP, 'php-fpm$1');
  return { parts: [], commands: [plainCommand(program, [], command.cwd, command.env)] };
}
