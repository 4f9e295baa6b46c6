import { describePythonPackage } from '../../knowledge/python-packages.ts';
import type { Evidence, Need } from '../../types.ts';
import type { Facts } from '../language.ts';
import type { PackageSet } from './packages.ts';
import { isFullPython } from './places.ts';
import type { PythonSource } from './sources.ts';

/** Words of a source that serve files, or settings that do. */
const SERVES =
  /\b(?:StaticFiles|FileResponse|send_file|send_from_directory|static_file\(|add_static|StaticFileHandler|SimpleHTTPRequestHandler|staticdir|add_static_view|(?:STATIC|MEDIA)_(?:URL|ROOT)|static_(?:folder|url_path|path))\b/;
/** Directories whose files web frameworks serve. */
const SERVED = /(^|\/)(static|public|assets|media|www|dist|uploads)\//;

/**
 * The types of files that Python serves are told by /etc/mime.types too, which full images have and slim ones lack:
 * https://docs.python.org/3/library/mimetypes.html#mimetypes.knownfiles
 */
export function mediaNeeds(facts: Facts, set: PackageSet, sources: readonly PythonSource[], isCopied: (file: string) => boolean): Need[] {
  const { base } = facts;
  if (!isFullPython(base) || base.distro !== 'debian') return [];
  const evidence = guesses(sources) ?? startsServer(facts) ?? serves(facts, set, sources, isCopied);
  return evidence ? [{ kind: 'file', name: '/etc/mime.types', evidence }] : [];
}

function guesses(sources: readonly PythonSource[]): Evidence | undefined {
  const source = sources.find(({ imports, code }) => imports.has('mimetypes') || /\bSimpleHTTPRequestHandler\b/.test(code));
  return source && { file: source.file, note: 'tells types of files, as /etc/mime.types does' };
}

/** `python -m http.server` */
function startsServer({ start, source }: Facts): Evidence | undefined {
  const found = start.commands.some(({ args }) => args.some(({ value }, at) => value === 'http.server' && args[at - 1]?.value === '-m'));
  return found ? { file: source.path, note: 'serves files, whose types /etc/mime.types tells' } : undefined;
}

function serves({ context }: Facts, set: PackageSet, sources: readonly PythonSource[], isCopied: (file: string) => boolean): Evidence | undefined {
  const servers = set.packages.filter(({ name }) => describePythonPackage(name)?.media !== undefined);
  const own = servers.find(({ name }) => describePythonPackage(name)?.media === 'own');
  const note = 'serves files, whose types /etc/mime.types tells';
  if (own) return { ...own.evidence, note: `${own.name} ${note}` };
  if (servers.length === 0) return undefined;
  const file = sources.find(({ code }) => SERVES.test(code))?.file ?? (context.files() ?? []).find((one) => SERVED.test(one) && isCopied(one));
  return file === undefined ? undefined : { file, note: `${servers[0]?.name} ${note}` };
}
