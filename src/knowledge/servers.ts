import { loadTable, lookUp } from './load.ts';

type ServerEntry = Partial<ServerFacts> & {
  /** It starts a compiler when it is asked to. */
  compiles?: boolean;
};

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
  const found = entryOf(program);
  return found && !found.compiles ? { configuration: found.configuration ?? [], wraps: found.wraps ?? false } : undefined;
}

/** Whether a program starts a compiler at run time (`distccd`, `/usr/bin/gcc-12`), so that compilers and headers have to be there. */
export function compilesAtRunTime(program: string): boolean {
  return entryOf(program)?.compiles === true;
}

function entryOf(program: string): ServerEntry | undefined {
  const name = program.slice(program.lastIndexOf('/') + 1).replace(/^(php-fpm|gcc-|g\+\+-|clang-|clang\+\+-|cling-)\d.*$/, '$1');
  return lookUp(loadTable<Record<string, ServerEntry>>('servers'), name.replace(/-$/, ''));
}
