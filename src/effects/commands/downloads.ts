import { posix } from 'node:path';
import type { Effect, ShellCommand, ShellWord } from '../../types.ts';
import { effect, isPackageSource, parseOptions, pathOf, valueOf } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

const CURL_LETTERS = 'oHXduAmebcCDEFKTUxyYzwrtPQ';
const CURL_LONGS =
  '--output --header --request --data --data-raw --data-binary --user --user-agent --retry --connect-timeout --max-time --retry-delay --retry-max-time --referer --cookie --cookie-jar --cacert --cert --key --proxy --form --write-out --resolve --output-dir --proto --tls-max --range --limit-rate --url --max-redirs --ciphers --interface --config'.split(
    ' ',
  );

const curl: CommandRule = (command) => {
  const parsed = parseOptions(command.args, CURL_LETTERS, CURL_LONGS);
  const has = (...flags: string[]) => flags.some((flag) => parsed.flags.has(flag));
  if (has('-K', '--config')) return undefined;
  const into = valueOf(parsed, '--output-dir');
  const named = parsed.values.filter(({ name }) => name === '-o' || name === '--output').map(({ word }) => word);
  const urls = [...parsed.words, ...parsed.values.flatMap(({ name, word }) => (name === '--url' ? [word] : []))];
  if (!has('-O', '--remote-name', '--remote-name-all')) {
    const files = named.filter((word) => word.value !== '-' && !word.value.startsWith('/dev/'));
    return files.length > 0 ? written(files.map((word) => placed(command, word, into))) : effect('neutral', 'prints a download');
  }
  const unnamed = urls.slice(0, Math.max(0, urls.length - named.length));
  if ((unnamed.length > 0 && has('-J', '--remote-header-name')) || unnamed.some((url) => /[{}[\]]/.test(url.value))) return undefined;
  const own = unnamed.map((url) => lastPart(url, false));
  return written([...named, ...own].map((word) => word && placed(command, word, into)));
};

function placed(command: ShellCommand, word: ShellWord, into: ShellWord | undefined): string | undefined {
  const directory = into ? pathOf(command, into) : command.cwd;
  return pathOf({ ...command, cwd: directory }, word);
}

/** The file that a download is named after: the end of its address. `query`: what follows `?` is part of the name. */
function lastPart(url: ShellWord, query: boolean): ShellWord | undefined {
  const plain = url.value.replace(/#.*$/, '');
  const [path = '', asked] = [plain.replace(/\?.*$/s, ''), /\?.*$/s.exec(plain)?.[0]];
  const name = posix.basename(path);
  // What is not known may stand before the last part.
  const known = url.known || (/^[\w.+-]+$/.test(name) && path.includes('/') && (asked === undefined || !query || !asked.includes('$')));
  if (!known || /^[a-z]+:\/\/[^/]*\/?$/i.test(path) || path.endsWith('/')) return query && url.known ? { ...url, value: 'index.html' } : undefined;
  return { ...url, value: query && asked !== undefined ? `${name}${asked}` : name, known: true };
}

const WGET_LETTERS = 'OPtTUoaieBAQRDIXlYw';
const WGET_LONGS =
  '--output-document --directory-prefix --header --tries --timeout --user --password --user-agent --input-file --output-file --post-data --referer --level --accept --reject --load-cookies --save-cookies --ca-certificate --progress --domains --wait --waitretry --read-timeout --execute --secure-protocol --http-user --http-password --retry-on-http-error --method --body-data --limit-rate --base'.split(
    ' ',
  );

const wget: CommandRule = (command) => {
  const args = command.args.map((word) => (/^-n[cvdHp]+$/.test(word.value) ? { ...word, value: '-n' } : word));
  const parsed = parseOptions(args, WGET_LETTERS, WGET_LONGS);
  const has = (...flags: string[]) => flags.some((flag) => parsed.flags.has(flag));
  if (has('--version', '-V', '--spider', '--help')) return effect('neutral', 'only looks');
  const named = valueOf(parsed, '-O', '--output-document');
  if (named) return named.value === '-' || named.value.startsWith('/dev/') ? effect('neutral', 'prints a download') : written([pathOf(command, named)]);
  const into = valueOf(parsed, '-P', '--directory-prefix');
  const directory = into ? pathOf(command, into) : command.cwd;
  if (has('-i', '--input-file', '--content-disposition', '--trust-server-names') || parsed.words.length === 0) return undefined;
  if (has('-r', '--recursive', '-m', '--mirror', '-p', '--page-requisites'))
    return directory === undefined || directory === '/'
      ? undefined
      : effect('both', 'downloads files', { action: 'download', writes: [{ path: directory, kind: 'tree' }] });
  return written(
    parsed.words.map((url) => {
      const name = lastPart(url, true);
      return name && directory !== undefined ? posix.join(directory, name.value) : undefined;
    }),
  );
};

const aria2c: CommandRule = (command) => {
  const parsed = parseOptions(command.args, 'odxsjktmUik', ['--out', '--dir', '--split', '--max-connection-per-server', '--input-file', '--header']);
  if (parsed.flags.has('-i') || parsed.flags.has('--input-file')) return undefined;
  const [url] = parsed.words;
  const name = valueOf(parsed, '-o', '--out') ?? (url && lastPart(url, false));
  return name && written([placed(command, name, valueOf(parsed, '-d', '--dir'))]);
};

/** Files brought from elsewhere; below the lists that packages come from, a change of where they come from. */
function written(paths: (string | undefined)[]): Effect | undefined {
  if (paths.length === 0 || paths.some((path) => path === undefined)) return undefined;
  const writes = paths.map((path) => ({ path: path as string, kind: 'file' as const }));
  if (writes.every(({ path }) => isPackageSource(path))) return effect('runtime', 'adds a place that packages come from', { action: 'package-source', writes });
  return effect('both', writes.length > 1 ? 'downloads files' : 'downloads a file', { action: 'download', writes });
}

/** What brings files from elsewhere. */
export const downloads: Record<string, CommandRule> = { curl, wget, aria2c };
