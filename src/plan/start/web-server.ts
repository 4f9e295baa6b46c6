import { posix } from 'node:path';
import { optionValue, pathOf } from '../../effects/effect.ts';
import type { Evidence, ShellCommand } from '../../types.ts';
import { fileAt, filesLike, type ImageFile, type ImageFiles } from './files.ts';
import type { StartInput } from './started.ts';

/** A path of the image that a program's configuration names. */
export interface NamedPlace {
  path: string;
  evidence: Evidence;
}

const NGINX = /^(nginx|openresty|angie)(-debug)?$/;
const APACHE = /^(apache2|apachectl|apache2ctl|httpd|apache2-foreground|httpd-foreground)$/;
const NGINX_FILES = ['/etc/nginx/**', '/usr/local/nginx/conf/**', '/usr/local/openresty/nginx/conf/**', '/opt/nginx/conf/**'];
const APACHE_FILES = ['/etc/apache2/**', '/etc/httpd/**', '/usr/local/apache2/conf/**'];
const NGINX_NAMES = /^\s*(?:root|alias|ssl_certificate(?:_key)?|ssl_dhparam|ssl_trusted_certificate|auth_basic_user_file|include)\s+["']?(\/[^\s;"'$]*)/;
const APACHE_NAMES =
  /^\s*(?:DocumentRoot|SSLCertificate(?:Key|Chain)?File|AuthUserFile|Include(?:Optional)?|(?:WSGIScript)?Alias(?:Match)?\s+\S+|WSGIScriptAlias\s+\S+)\s+["']?(\/[^\s"'$]*)/i;

/** The paths that the configuration of nginx or Apache names, as far as instructions bring that configuration. */
export function placesServed(command: ShellCommand, files: ImageFiles): NamedPlace[] {
  const name = posix.basename(command.name);
  if (!isWebServer(command)) return [];
  const names = NGINX.test(name) ? NGINX_NAMES : APACHE_NAMES;
  return configuration(command, files).flatMap((file) =>
    file.text.split(/\r?\n/).flatMap((line, at): NamedPlace[] => {
      const path = names
        .exec(line)?.[1]
        ?.replace(/(?<=.)\/$/, '')
        .replace(/\/[^/]*[*?[].*$/, '');
      const place = { file: file.file, line: file.inline ? file.line : file.line + at };
      return path === undefined || path === '' ? [] : [{ path, evidence: { ...place, note: `${name} is told of ${path}` } }];
    }),
  );
}

function isWebServer(command: ShellCommand): boolean {
  const name = posix.basename(command.name);
  return NGINX.test(name) || APACHE.test(name);
}

function configuration(command: ShellCommand, files: ImageFiles): ImageFile[] {
  const nginx = NGINX.test(posix.basename(command.name));
  const given = optionValue(command, nginx ? '-c' : '-f');
  const path = given && pathOf(command, given);
  const paths = [...(path === undefined ? [] : [path]), ...(nginx ? NGINX_FILES : APACHE_FILES).flatMap((pattern) => filesLike(files, pattern))];
  return [...new Set(paths)].flatMap((one) => fileAt(files, one) ?? []);
}

/** Why a web server may start programs of its own: CGI runs whatever is in a directory. */
export function servesPrograms(command: ShellCommand, files: ImageFiles, { labelled }: Pick<StartInput, 'labelled'>): string | undefined {
  const name = posix.basename(command.name);
  if (!APACHE.test(name)) return undefined;
  const switched = labelled.some(({ segments }) =>
    segments?.some(({ segment }) => segment.commands.some((one) => one.name === 'a2enmod' && one.args.some((word) => /^cgid?$/.test(word.value)))),
  );
  const file = configuration(command, files).find(({ text }) => /^\s*(ScriptAlias(Match)?|AddHandler\s+cgi-script|SetHandler\s+cgi-script)\b/im.test(text));
  if (!file && !switched) return undefined;
  return `${name} runs CGI programs${file ? `, as ${file.file} says` : ''}`;
}
