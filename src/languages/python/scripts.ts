import { posix } from 'node:path';
import { effect, operands, optionValue, pathOf, within } from '../../effects/effect.ts';
import type { EffectScope } from '../../effects/rule.ts';
import type { Effect, PathWrite, ShellCommand } from '../../types.ts';
import { systemChange } from '../command-lines.ts';
import { cachesOf } from './caches.ts';
import { djangoWrites, outsideWrites, readDjango } from './django.ts';
import { readPythonSource } from './sources.ts';
import { placesNamed } from './tools.ts';

export interface ScriptScope extends Pick<EffectScope, 'context' | 'sourceOf'> {
  /** Home directory of the user that runs it. */
  home: string;
  /** Where the system's Python keeps its packages. */
  packages: readonly PathWrite[];
}

const QUIET_DJANGO = new Set(['check', 'test', 'diffsettings', 'showmigrations', 'sqlmigrate', 'help', 'version', 'findstatic', 'inspectdb', 'dumpdata']);
const READS_SETTINGS = new Set(['collectstatic', 'migrate', 'loaddata', 'createsuperuser', 'flush']);
const FETCHES = /\b(\w*download\w*|urlretrieve|load_model|snapshot_\w+|pull|fetch\w*)\s*\(|\bexpanduser\b|\bPath\.home\b|['"]~\//;
const ELSEWHERE = /^\/(data|var|srv|opt|mnt|models?|home|root|usr|etc)(\/|$)/;
/** A file that a script may make, at an absolute path. */
const DATA_FILE = /^\/[\w.-]+(\/[\w.-]+)*\.(joblib|pkl|pickle|pt|pth|onnx|h5|db|sqlite3?|bin|np[yz]|parquet|csv|json|model|txt|pem|key)$/;
/** https://docs.python.org/3/library/subprocess.html and os.system */
const STARTS = /\b(subprocess|popen|system|spawn\w*|exec[lv]\w*|sh)\b/i;
const SETTING = /^[A-Z][A-Z0-9_]{2,}$/;
const FILES = 30;

/** What running a piece of Python leaves behind; role unknown where that cannot be told. */
export function scriptEffects(written: Effect, command: ShellCommand, scope: ScriptScope): Effect[] {
  switch (written.action) {
    case 'python-compile':
      return compiled(written, command, scope);
    case 'python-data':
      return nltkData(written, command, scope);
    case 'python-code':
      return codeEffects(written, command, command.args[0]?.known ? command.args[0].value : undefined, scope);
    default:
      break;
  }
  const path = scriptPath(written, command, scope);
  const name = posix.basename(path ?? command.name);
  if (name === 'manage.py' || name === 'django-admin') return djangoEffects(written, command, path, scope);
  const text = path === undefined ? undefined : textOf(path, scope);
  const whole = text === undefined || path === undefined ? undefined : withLocalModules(text, posix.dirname(path), scope);
  return codeEffects(written, command, whole, scope);
}

function scriptPath(written: Effect, command: ShellCommand, scope: ScriptScope): string | undefined {
  const [first] = command.args;
  if (written.action === 'python-script') return posix.basename(command.name) === 'django-admin' ? undefined : first && pathOf(command, first);
  const place = pathOf(command, { value: posix.basename(command.name).replaceAll('.', '/'), known: true });
  return place === undefined ? undefined : [`${place}.py`, `${place}/__main__.py`].find((path) => textOf(path, scope) !== undefined);
}

function djangoEffects(written: Effect, command: ShellCommand, path: string | undefined, scope: ScriptScope): Effect[] {
  const verb = operands(command).find((word) => !word.value.endsWith('manage.py'))?.value ?? '';
  if (QUIET_DJANGO.has(verb)) return [effect('neutral', `manage.py ${verb} only looks`)];
  const directory = path === undefined ? command.cwd : posix.dirname(path);
  if (directory === undefined) return [effect('unknown', `manage.py ${verb}`)];
  const settings = path === undefined ? undefined : readDjango(path, scope);
  const exact = (settings && djangoWrites(verb, settings)) ?? (READS_SETTINGS.has(verb) ? outsideWrites(verb, scope.context) : []);
  if (exact === undefined) return [effect('unknown', `manage.py ${verb} (its settings take a path from elsewhere)`)];
  const tree: PathWrite = { path: directory, kind: 'tree' };
  // Where the project lies in `/`, only the files that its settings name can be told from the system.
  const writes = directory === '/' && exact.length > 0 ? exact : [tree, ...exact.filter((write) => !write.path.startsWith(`${directory}/`))];
  return [{ ...written, why: `runs manage.py ${verb}`, writes }];
}

function codeEffects(written: Effect, command: ShellCommand, text: string | undefined, scope: ScriptScope): Effect[] {
  const shown = `${posix.basename(command.name)} ${command.args[0]?.text ?? ''}`.trim();
  if (text === undefined || command.cwd === undefined) return [effect('unknown', shown)];
  if (/^\s*((import|from)\s[^;\n()]*|print\([^()]*\)|assert\s[^()]*)(;\s*((import|from)\s[^;\n()]*|print\([^()]*\)|assert\s[^()]*))*\s*$/.test(text))
    return [effect('neutral', 'only loads modules')];
  const source = readPythonSource('', text);
  const caches = cachesOf(text, source.imports.keys(), command.env, scope.home);
  const known = [command.cwd, ...caches];
  const isElsewhere = (path: string) => (ELSEWHERE.test(path) || DATA_FILE.test(path)) && !known.some((place) => within(path, place));
  const pathOfUrl = (value: string) => value.replace(/^sqlite(?:\+\w+)?:\/\/\//, '');
  const named = source.literals.some(({ value }) => isElsewhere(pathOfUrl(value)));
  const given = source.literals.some(({ value }) => SETTING.test(value) && isElsewhere(pathOfUrl(command.env[value] ?? '')));
  const changes = STARTS.test(text) && source.literals.some(({ value }) => systemChange(value) !== undefined);
  if (named || given || changes || (caches.length === 0 && FETCHES.test(text))) return [effect('unknown', shown)];
  const here: Effect = {
    ...written,
    why: `runs ${shown}`.slice(0, 60),
    writes: [...(isOneLine(text) && caches.length > 0 ? [] : [command.cwd]), ...placesNamed({ ...command, args: command.args.slice(1) })].map((path) => ({
      path,
      kind: 'tree',
    })),
  };
  if (caches.length === 0) return [here];
  return [here, effect('build', 'fills a cache that the program reads', { action: 'python-cache', writes: caches.map((path) => ({ path, kind: 'tree' })) })];
}

/** `python -c "import nltk; nltk.download('punkt')"` writes nowhere but into the cache. */
function isOneLine(text: string): boolean {
  return !/\b(open|write\w*|save\w*|dump|makedirs|mkdir)\s*\(/.test(text);
}

/** The script's text with that of the project's modules which it imports. */
function withLocalModules(text: string, directory: string, scope: ScriptScope): string {
  const texts = [text];
  const seen = new Set<string>();
  for (let at = 0; at < texts.length && texts.length < FILES; at++) {
    for (const name of readPythonSource('', texts[at] as string).imports.keys()) {
      const place = posix.join(directory, name.replaceAll('.', '/'));
      if (seen.has(place)) continue;
      seen.add(place);
      const found = textOf(`${place}.py`, scope) ?? textOf(`${place}/__init__.py`, scope);
      if (found !== undefined) texts.push(found);
    }
  }
  return texts.join('\n');
}

/** https://www.nltk.org/api/nltk.downloader.html */
function nltkData(written: Effect, command: ShellCommand, scope: ScriptScope): Effect[] {
  const named = optionValue(command, '-d');
  const path = named ? pathOf(command, named) : (command.env.NLTK_DATA ?? `${scope.home}/nltk_data`);
  return [path === undefined ? effect('unknown', 'python -m nltk.downloader') : { ...written, writes: [{ path, kind: 'tree' }] }];
}

function compiled(written: Effect, command: ShellCommand, scope: ScriptScope): Effect[] {
  const words = operands(command, ['-d', '-s', '-p', '-x', '-i', '-j', '-o', '-r', '--invalidation-mode']);
  const paths = words.map((word) => pathOf(command, word));
  if (paths.some((path) => path === undefined)) return [effect('unknown', 'python -m compileall')];
  const writes =
    paths.length === 0 ? scope.packages : paths.map((path): PathWrite => ({ path: path as string, kind: path?.endsWith('.py') ? 'file' : 'tree' }));
  return [{ ...written, writes: [...writes] }];
}

function textOf(path: string, scope: ScriptScope): string | undefined {
  const source = scope.sourceOf(path);
  return source === undefined ? undefined : scope.context.read(source);
}
