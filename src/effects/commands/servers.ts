import type { ShellCommand } from '../../types.ts';
import { effect, hasOption, operands, pathOf } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

const changes =
  (why: string, action = 'server-module'): CommandRule =>
  () =>
    effect('runtime', why, { action });
const checks: CommandRule = (command) =>
  command.args.some((word) => /^-(t|v|V|T|S|M|h|-version|-help|-test)$|^configtest$/.test(word.value)) ? effect('neutral', 'only checks') : undefined;

/** `service NAME start`: what it starts is gone at the end of the RUN. */
const service: CommandRule = (command) => {
  const verb = operands(command).at(-1)?.value ?? 'status';
  return /^(start|stop|restart|reload|force-reload|status|try-restart|--status-all)$/.test(verb) || command.args.length === 0
    ? effect('neutral', 'starts or stops what does not outlive the build')
    : undefined;
};

const systemctl: CommandRule = (command, scope) => {
  const [verb] = operands(command, ['-t', '--type', '--root']);
  if (/^(enable|disable|mask|unmask|set-default|preset|preset-all|link|set-environment|add-wants|reenable)$/.test(verb?.value ?? ''))
    return effect('runtime', 'says which services start', { action: 'services' });
  if (/^(daemon-reload|is-active|is-enabled|list-units|list-unit-files|show|cat|daemon-reexec|reset-failed)$/.test(verb?.value ?? 'show'))
    return effect('neutral', 'systemctl only looks');
  return service({ ...command, args: verb ? [verb] : [] }, scope);
};

/** The table that cron reads, from a file or a pipe. */
const crontab: CommandRule = (command) => {
  if (hasOption(command, '-l', '-e', '-h')) return effect('neutral', 'only prints');
  const [file] = operands(command, ['-u', '-c']);
  const path = file && file.value !== '-' ? pathOf(command, file) : undefined;
  if (file && file.value !== '-' && path === undefined) return undefined;
  return effect('runtime', 'sets what cron runs', { action: 'services', reads: path === undefined ? [] : [path] });
};

/** `/etc/init.d/NAME start`, whatever the name. */
export function initScript(command: ShellCommand): CommandRule | undefined {
  return /^\/etc\/(rc\.d\/)?init\.d\/[\w.-]+$/.test(command.name) ? service : undefined;
}

/** Web servers, services and what starts them. */
export const servers: Record<string, CommandRule> = {
  ...Object.fromEntries(
    'a2enmod a2dismod a2ensite a2dissite a2enconf a2disconf lighty-enable-mod lighttpd-enable-mod'
      .split(' ')
      .map((name) => [name, changes('says which modules and sites a server has')]),
  ),
  ...Object.fromEntries(
    'update-rc.d chkconfig rc-update insserv update-service'.split(' ').map((name) => [name, changes('says which services start', 'services')]),
  ),
  ...{ service, 'rc-service': service, 'invoke-rc.d': service, systemctl, crontab },
  ...{ nginx: checks, apachectl: checks, apache2ctl: checks, httpd: checks, sshd: checks, haproxy: checks, named: checks, varnishd: checks },
};
