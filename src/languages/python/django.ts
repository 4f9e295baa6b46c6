import { posix } from 'node:path';
import type { EffectScope } from '../../effects/rule.ts';
import type { PathWrite } from '../../types.ts';

/** What a Django project's settings say of the files that its commands write. */
export interface DjangoSettings {
  /** The SQLite database, if that is what it uses. */
  database?: string;
  /** Where collectstatic puts the static files. */
  statics?: string;
}

/**
 * Reads the settings that manage.py names: https://docs.djangoproject.com/en/stable/ref/settings/. Undefined where they
 * cannot be found or a path in them cannot be told.
 */
export function readDjango(manage: string, scope: Pick<EffectScope, 'context' | 'sourceOf'>): DjangoSettings | undefined {
  const read = (path: string) => {
    const source = scope.sourceOf(path);
    return source === undefined ? undefined : scope.context.read(source);
  };
  const module = /DJANGO_SETTINGS_MODULE['"]\s*,\s*['"]([\w.]+)['"]/.exec(read(manage) ?? '')?.[1];
  const path = module === undefined ? undefined : posix.join(posix.dirname(manage), `${module.replaceAll('.', '/')}.py`);
  const text = path === undefined ? undefined : read(path);
  if (path === undefined || text === undefined || /^\s*from\s+\.[\w.]*\s+import\s+\*/m.test(text)) return undefined;
  const base = baseDirectory(text, path);
  const settings: DjangoSettings = {};
  const engine = /['"]ENGINE['"]\s*:\s*['"]([\w.]+)['"]/.exec(text)?.[1];
  const name = /['"]NAME['"]\s*:\s*([^\n]+?),?\s*(?:#.*)?\n/.exec(text)?.[1];
  if (engine === undefined || [...text.matchAll(/['"]ENGINE['"]/g)].length > 1) return undefined;
  if (engine.includes('sqlite')) {
    const database = name === undefined ? undefined : evaluatePath(name.replace(/[\s,}]+$/, ''), base);
    if (database !== undefined) settings.database = database;
  }
  const root = /^\s*STATIC_ROOT\s*=\s*([^\n]+?)\s*(?:#.*)?$/m.exec(text)?.[1];
  const statics = root === undefined ? undefined : evaluatePath(root, base);
  return { ...settings, ...(statics !== undefined && { statics }) };
}

/**
 * What a command writes outside of the project by settings that could not be read as a whole (several files, a star import):
 * absolute paths that stand there; undefined where a path may come from the environment or from above the project.
 */
export function outsideWrites(command: string, context: EffectScope['context']): PathWrite[] | undefined {
  const files = (context.files() ?? []).filter((file) => /(^|\/)[\w-]*settings[\w-]*(\/[\w/-]+)?\.py$/.test(file));
  const pattern = command === 'collectstatic' ? /^\s*STATIC_ROOT\s*=\s*([^\n#]+)/gm : /['"]NAME['"]\s*:\s*([^\n#]+)/g;
  const texts = files.map((file) => context.read(file) ?? '').filter((text) => command === 'collectstatic' || text.includes('sqlite'));
  const expressions = texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => (match[1] ?? '').trim().replace(/,$/, '')));
  if (expressions.some((expression) => /environ|getenv|\benv\b|config\(|dirname\(\s*\w*DIR|DIR\.parent/.test(expression))) return undefined;
  const absolute = expressions.flatMap((expression) => /^(?:Path\()?['"](\/[^'"]+)['"]/.exec(expression)?.[1] ?? []);
  return absolute.map((path) => ({ path, kind: command === 'collectstatic' ? 'tree' : 'file' }));
}

/** The writes of a management command; undefined for one that may write anywhere in the project. */
export function djangoWrites(command: string, settings: DjangoSettings): PathWrite[] | undefined {
  if (['migrate', 'loaddata', 'createsuperuser', 'createcachetable', 'flush'].includes(command))
    return settings.database === undefined ? undefined : [{ path: settings.database, kind: 'file' }];
  if (command === 'collectstatic') return settings.statics === undefined ? undefined : [{ path: settings.statics, kind: 'tree' }];
  return undefined;
}

/** `BASE_DIR`: as many directories above the settings file as its definition says. */
function baseDirectory(text: string, path: string): string | undefined {
  const definition = /^\s*BASE_DIR\s*=\s*([^\n]+)/m.exec(text)?.[1] ?? '';
  if (!definition.includes('__file__')) return undefined;
  const index = /\.parents\[(\d+)\]/.exec(definition)?.[1];
  const ups = index === undefined ? [...definition.matchAll(/\.parent\b|dirname\(/g)].length : Number(index) + 1;
  return Array.from({ length: ups }).reduce<string>((directory) => posix.dirname(directory), path);
}

function evaluatePath(expression: string, base: string | undefined): string | undefined {
  const parts = [...expression.matchAll(/['"]([^'"]*)['"]/g)].map((match) => match[1] as string);
  const plain = expression.replace(/['"][^'"]*['"]/g, "''").replace(/\s/g, '');
  if (/^(str\()?BASE_DIR(\/'')+\)?$/.test(plain) || /^(os\.)?(path\.)?join\(BASE_DIR(,'')+,?\)$/.test(plain))
    return base === undefined ? undefined : posix.join(base, ...parts);
  if (plain === "''" && parts[0]?.startsWith('/')) return posix.resolve(parts[0]);
  return undefined;
}
