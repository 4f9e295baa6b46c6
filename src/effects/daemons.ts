import type { ShellCommand, StartCommand } from '../types.ts';

/** Programs that start others, which their own files name: crontabs, supervisor's and pm2's configuration, Procfiles. */
const DAEMONS = new Set(['cron', 'crond', 'supervisord', 'supervisorctl', 'honcho', 'foreman', 'circusd', 'runsvdir', 's6-svscan', 'monit', 'systemd', 'init']);

/** The start command that runs programs nobody can read from it or from its own files, if there is one. */
export function otherStarter(start: StartCommand): ShellCommand | undefined {
  if (start.open === undefined) return undefined;
  return start.commands.find((command) => {
    const name = command.name.replace(/^.*\//, '');
    const pm2 = /^pm2(-\w+)?$/.test(name) && command.args.some((word) => /\.(config\.[cm]?js|json|ya?ml)$/.test(word.value));
    return DAEMONS.has(name) || (name === 'service' && command.args[0]?.value === 'cron') || pm2;
  });
}
