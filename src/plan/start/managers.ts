import { posix } from 'node:path';
import type { ShellCommand } from '../../types.ts';
import { cronJobs, tabInstalled } from './crontab.ts';
import { fileAt, type ImageFiles } from './files.ts';
import { pm2Apps } from './pm2.ts';
import { procfile } from './procfile.ts';
import { serviceStarted } from './service.ts';
import { partsRun, servicesRun } from './service-directories.ts';
import { NOTHING, type Started, type StartInput } from './started.ts';
import { supervised } from './supervisor.ts';
import { servesPrograms } from './web-server.ts';

type Reader = (command: ShellCommand, files: ImageFiles, input: StartInput) => Started | undefined;

/** Programs whose own files say what they start, in forms that nobody reads here. */
const UNREAD = /^(monit|circusd|systemd|openrc|god|eye|bluepill|upstart|launchd|init)$/;

const READERS: [RegExp, Reader][] = [
  [/^supervisord$/, supervised],
  [/^(foreman|honcho|overmind|hivemind|goreman|forego|shoreman|heroku)$/, procfile],
  [/^(cron|crond|anacron|supercronic)$/, cronJobs],
  [/^crontab$/, tabInstalled],
  [/^(service|invoke-rc\.d|rc-service|systemctl)$/, serviceStarted],
  [/^(runsvdir|runsvdir-start|runit|runit-init|start_runit|s6-svscan|svscan|my_init)$/, servicesRun],
  [/^run-parts$/, partsRun],
  [/^pm2(-\w+)?$/, pm2Apps],
  [/^(apache2|apachectl|apache2ctl|httpd|apache2-foreground|httpd-foreground)$/, (command, files, input) => opened(servesPrograms(command, files, input))],
  [/^g?make$/, () => opened('`make` runs what its Makefile says')],
];

function opened(open: string | undefined): Started {
  return open === undefined ? NOTHING : { parts: [], open };
}

/** What a program starts by what its own files say; undefined where it is none that does. */
export function managed(command: ShellCommand, files: ImageFiles, input: StartInput): Started | undefined {
  const name = posix.basename(command.name);
  if (/^\/etc\/(rc\.d\/)?init\.d\//.test(command.name) && !fileAt(files, command.name)) return serviceStarted(command);
  // The init of s6-overlay lies at the root; a script of that name is one that the image brings.
  if (command.name === '/init') return fileAt(files, '/init') ? undefined : servicesRun(command, files);
  if (UNREAD.test(name)) return opened(`\`${name}\` starts programs that its own files name`);
  return READERS.find(([names]) => names.test(name))?.[1](command, files, input);
}
