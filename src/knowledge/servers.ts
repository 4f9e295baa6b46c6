import { loadTable, lookUp } from './load.ts';

/** A packaged program that needs nothing of a compiler at run time. */
export type ServerFacts = {
  /** Files and directories that it reads. */
  configuration: string[];
  /** It starts programs of the user's own (`tini`, `cron`), which have to be looked at too. */
  wraps: boolean;
};

/**
 * What is known of a server or small program that a distribution packages (`nginx`, `/usr/sbin/sshd`, `php-fpm8.2`), by its name or
 * path; undefined for one that is not in servers.json, or that serves an application (`uwsgi`, `gunicorn`).
 */
export function serverFacts(program: string): ServerFacts | undefined {
  const name = program.slice(program.lastIndexOf('/') + 1).replace(/^(php-fpm)\d.*$/, '$1');
  const found = lookUp(loadTable<Record<string, Partial<ServerFacts>>>('servers'), name);
  return found && { configuration: found.configuration ?? [], wraps: found.wraps ?? false };
}
