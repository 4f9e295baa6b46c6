import { posix } from 'node:path';
import { within } from '../../effects/effect.ts';
import type { EffectScope } from '../../effects/rule.ts';
import { systemChange } from '../command-lines.ts';
import { CONFIGURATIONS, SETTINGS } from './configurations.ts';
import { resolveFile } from './entries.ts';
import { findExecutions } from './executes.ts';
import { specifiers } from './sources.ts';

export interface Work {
  /** Of the project, in the image. */
  directory: string;
  /** What is run: words of the command and texts of scripts of package.json. */
  texts: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
}

const CODE = /\.[cm]?[jt]sx?$/;
const MOST_FILES = 300;
/** Directories that a word names, or a script that is run by name. */
const PLACES = /(?:^|[\s"'`=:(,])(\/(?:data|home|opt|public|root|srv|static|usr\/share|var|www)\/[\w./-]+)/g;
/** In any module that such a script loads: what else starts with a slash may be part of a URL. */
const OF_SYSTEM = /["'`](\/(?:etc|mnt|opt|root|run(?!\/secrets)|srv|usr|var)\/[\w./-]+)/g;
/** https://nodejs.org/api/fs.html and fs-extra. Behind `+`, or within `join()`, what starts with a slash is the end of a path. */
const WRITTEN =
  /\b(?:writeFile|appendFile|outputFile|outputJson|writeJson|mkdir|mkdirp|ensureDir|ensureFile|createWriteStream|copyFile|copy|cp|rename|move|symlink|link)(?:Sync)?\(\s*(?:[\w.$]+\s*,\s*)?["'`](\/[\w.-]+[\w./-]*)/g;
/** Keys of build tools that say where they write. */
const OUTPUT = /\b(?:outDir|outdir|distDir|outputPath|outputDir|declarationDir|dest)["'`]?\s*[:(]\s*["'`](\/[\w.-]+[\w./-]*)/g;
const HOME_IN_CODE = /\bhomedir\s*\(|\buserInfo\s*\(|\bprocess\.env(?:\.|\[["'`])(?:HOME|XDG_\w+)\b/;
const HOME_IN_TEXT = /(?:^|[\s=:"'])(?:~\/|\$\{?HOME\b)/;
const ROOT = /\b(?:join|resolve)\(\s*["'`]\/["'`]\s*,/;
const VARIABLE = /\bprocess\.env(?:\.|\[["'`])(\w+)|\{([^{}]*)\}\s*=\s*process\.env\b/g;
/** Variables that say where programs and packages are, not where to write. */
const OF_TOOLS = /^(PATH|HOME|PWD|OLDPWD|SHELL|NODE_PATH|NODE_OPTIONS|COREPACK_HOME|(npm|NPM|YARN|PNPM|NVM)_\w+)$/;
const FILLS = /(^|[\s:/._-])(push|migrat\w*|seed\w*|reset|sync\w*|latest|deploy|init\w*|setup\w*|populate\w*|db)([\s:./_-]|$)/i;
const INSTALLS_GLOBALLY = /\b(?:npm|pnpm)\s+(?:i|install|add)\b[^"'`\n]*\s(?:-g|--global)\b|\byarn\s+global\b/;

/**
 * What commands of the project are seen to do outside of its directory, as the end of a sentence (`names /srv/pages`, `starts
 * useradd`); undefined where nothing is seen. The scripts that they name are read, and the modules that these load.
 */
export function reachesOutside(work: Work, scope: EffectScope): string | undefined {
  const isOutside = (path: string) => !within(path, work.directory) && !within(path, '/tmp');
  for (const text of work.texts) {
    // `node -e` is given code.
    const found = outsideOfText(text, isOutside) ?? (text.includes('(') ? outsideOfModule({ file: '', text, isNamed: false }, work.env, isOutside) : undefined);
    if (found !== undefined) return found;
  }
  const database = databaseOf(work).find(isOutside);
  if (database !== undefined) return `names ${database}`;
  for (const module of modulesOf(work, scope)) {
    const found = outsideOfModule(module, work.env, isOutside);
    if (found !== undefined) return found;
  }
  return undefined;
}

type IsOutside = (path: string) => boolean;

function outsideOfText(text: string, isOutside: IsOutside): string | undefined {
  const path = pathIn(text, PLACES, isOutside);
  if (path !== undefined) return `names ${path}`;
  if (HOME_IN_TEXT.test(text)) return 'uses the home directory';
  // A single word is one of a command line, not a script.
  const program = text.includes(' ') ? systemChange(text) : undefined;
  return program === undefined ? undefined : `starts ${program}`;
}

function outsideOfModule({ file, text, isNamed }: Module, env: Work['env'], isOutside: IsOutside): string | undefined {
  const patterns = [...(isNamed ? [PLACES] : []), OF_SYSTEM, WRITTEN, OUTPUT];
  if (HOME_IN_CODE.test(text)) return 'uses the home directory';
  const path = patterns.map((pattern) => pathIn(text, pattern, isOutside)).find((found) => found !== undefined) ?? variablePath(text, env, isOutside);
  if (path !== undefined) return `names ${path}`;
  if (ROOT.test(text)) return 'puts paths together from /';
  const started = findExecutions({ file, text }).find(({ program }) => systemChange(program ?? '') !== undefined);
  if (started) return `starts ${started.program}`;
  return INSTALLS_GLOBALLY.test(text) ? 'installs by itself programs for the whole image' : undefined;
}

function pathIn(text: string, pattern: RegExp, isOutside: IsOutside): string | undefined {
  return [...text.matchAll(pattern)].map(([, path = '']) => path).find(isOutside);
}

/** Files that a variable names as a database, where what is run may fill one: https://www.prisma.io/docs/orm/overview/databases/sqlite */
function databaseOf({ texts, env }: Work): string[] {
  if (!texts.some((text) => FILLS.test(text))) return [];
  return Object.values(env).flatMap((value) => /^(?:file|sqlite3?):(?:\/\/)?(\/[^?\s]+)/.exec(value ?? '')?.[1] ?? []);
}

/** The value of a variable that the code reads, where it is a path. */
function variablePath(text: string, env: Work['env'], isOutside: IsOutside): string | undefined {
  const names = [...text.matchAll(VARIABLE)].flatMap(([, name, several = '']) => [
    name ?? '',
    ...several.split(/[,\s]+/).map((part) => part.split(':')[0] ?? ''),
  ]);
  const values = names.filter((name) => !OF_TOOLS.test(name)).flatMap((name) => (Object.hasOwn(env, name) ? [env[name] ?? ''] : []));
  return values.find((value) => /^\/[^:\s]+$/.test(value) && isOutside(value));
}

interface Module {
  file: string;
  /** Without comments. */
  text: string;
  /** The command names it; others are loaded. */
  isNamed: boolean;
}

function modulesOf({ directory, texts }: Work, { context, sourceOf }: EffectScope): Module[] {
  const words = texts.flatMap((text) => text.split(/[\s"';|&]+/)).filter((word) => CODE.test(word) && /^[\w./@-]+$/.test(word));
  const at = (name: string) => sourceOf(posix.resolve(directory, name)) ?? [];
  const named = words.flatMap(at);
  const files = new Set([...named, ...[...CONFIGURATIONS, ...SETTINGS].flatMap(at)]);
  const found: Module[] = [];
  for (const file of files) {
    const text = context.read(file);
    if (text === undefined || found.length >= MOST_FILES) continue;
    found.push({ file, text: withoutComments(text), isNamed: named.includes(file) });
    for (const name of specifiers(text).filter((one) => one.startsWith('.'))) {
      const next = resolveFile(context, posix.join(posix.dirname(file), name));
      if (next !== undefined && CODE.test(next)) files.add(next);
    }
  }
  return found;
}

function withoutComments(text: string): string {
  return text
    .replace(/^#!.*/, '')
    .replace(/(^|\s)\/\*[\s\S]*?\*\//g, '$1')
    .replace(/(^|\s)\/\/[^\n]*/gm, '$1');
}
