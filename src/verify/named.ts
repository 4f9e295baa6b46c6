import { posix } from 'node:path';
import type { ImageFile } from '../engine/image.ts';
import { packageOwners } from '../engine/package-books.ts';
import { isOfBuild } from './build-scripts.ts';
import { type Comparison, some } from './comparison.ts';
import type { Files } from './files.ts';
import type { Gone } from './gone.ts';
import { isCLibrary } from './means.ts';

/** Programs as text. Others only look like it: package.json names what its scripts would call. */
const SCRIPT = /\.(py|js|mjs|cjs|rb|php|sh|bash|pl|pm|lua|ex|exs|tcl)$/;
const OTHERS_PACKAGES = /\/(node_modules|site-packages|dist-packages|__pycache__|vendor)\//;
const SETTINGS = /(^|\/)(setup\.py|[^/]*\.config\.[cm]?js|[^/]*[._](test|spec)\.[cm]?js|conftest\.py|test_[^/]*\.py|gulpfile\.js|Gruntfile\.js)$/;
const STARTS =
  /\b(?:exec|execFile|execSync|execFileSync|spawn|spawnSync|system|popen|Popen|run|call|check_call|check_output|shell_exec|passthru|proc_open|create_subprocess_exec|create_subprocess_shell|which)\s*\(\s*\[?\s*[frb]?["'`]([\w./+-]+)/g;
const WITH_SHELL = /\bos\.(system|popen)\s*\(|\bshell\s*=\s*True|\b(exec|execSync)\s*\(\s*["'`]|create_subprocess_shell|\bshell_exec\s*\(/;

export function isScript(path: string): boolean {
  return SCRIPT.test(path);
}

/** Whether the program is text of the project itself, which may be read for names. */
export function isOwnScript({ path, interpreter, elf, kind }: ImageFile): boolean {
  return kind === 'file' && !elf && (isScript(path) || interpreter !== undefined) && !OTHERS_PACKAGES.test(path) && !SETTINGS.test(path);
}

/** What is gone though a program that stayed names it: data files, programs, libraries that are opened by name. */
export function compareNamed({ before, after, own }: Files, gone: Gone, found: Comparison): void {
  const packaged = packageOwners(after.tree);
  const programs = [...own].flatMap((path) => {
    const file = after.tree.get(path);
    if (!file?.content || isCLibrary(path) || !(file.elf || (isOwnScript(file) && !packaged.has(path))) || isOfBuild(path, before)) return [];
    return [{ path, content: file.content, isScript: !file.elf }];
  });
  const named = (paths: readonly string[], isNamed: (path: string, program: Program) => boolean) =>
    paths.flatMap((path) => {
      const users = programs.filter((program) => isNamed(path, program)).map((program) => program.path);
      return users.length > 0 ? [{ path, users }] : [];
    });
  const folder = before.config.WorkingDir || '/';
  const kept = programs.map(({ content }) => content);
  report(
    'file',
    named(gone.data, (path, program) => namesFile(path, folder, program)).filter(({ path }) => !isWithin(before.tree.get(path), kept)),
    found,
  );
  report(
    'library',
    named(gone.libraries, (path, { content }) => opensLibrary(posix.basename(path), content)),
    found,
  );
  report('program', [...named(gone.programs, scriptStarts), ...named(gone.ownPrograms, programNames)], found);
  compareShellUse(programs, { before, after }, found);
}

interface Program {
  path: string;
  content: Buffer;
  isScript: boolean;
}

function report(what: string, names: { path: string; users: string[] }[], found: Comparison): void {
  const byUsers = new Map<string, string[]>();
  for (const { path, users } of names) byUsers.set(some(users), [...(byUsers.get(some(users)) ?? []), path]);
  for (const [users, gone] of byUsers) found.differ('files', what, `${what} ${some(gone)} is gone, which ${users} names`);
}

const SHORTEST_NAME = 5;

/** By its absolute path, by its path from the work directory, or by its own name where that has an ending. */
function namesFile(path: string, folder: string, { content, isScript }: Program): boolean {
  const relative = posix.relative(folder, path);
  const within = relative.startsWith('..') ? [] : relative.split('/').map((_, index, parts) => parts.slice(index).join('/'));
  const name = posix.basename(path);
  const tails = within.filter((tail) => tail.includes('/'));
  const single = (isScript || /\.\w+$/.test(name)) && name.length >= SHORTEST_NAME ? [name] : [];
  if (!isScript) return [path, ...tails, ...single].some((text) => content.includes(text));
  const text = content.toString('utf8');
  return [path, ...tails, ...single].some((candidate) => quoted(candidate).test(text)) || namesModule(path, text);
}

function quoted(text: string): RegExp {
  return new RegExp(`(["'\`/ =]|\\./)${escaped(text)}(["'\`\\s,;:)?]|$)`, 'm');
}

/** `plugins.export` and `import_module("plugins." + name)` are `plugins/export.py`. */
function namesModule(path: string, text: string): boolean {
  if (!path.endsWith('.py')) return false;
  const module = posix.basename(path, '.py');
  const folder = posix.basename(posix.dirname(path));
  return new RegExp(`\\b(import|from)\\s+([\\w.]+\\.)?${escaped(module)}\\b|["'\`]${escaped(folder)}\\.(${escaped(module)}["'\`]|["'\`{%])`).test(text);
}

/** A file that is compiled into a program is not missed. */
function isWithin(file: ImageFile | undefined, programs: readonly Buffer[]): boolean {
  const content = file?.content;
  return content !== undefined && content.length > 0 && programs.some((program) => program.includes(content));
}

function scriptStarts(path: string, { content, isScript }: Program): boolean {
  return isScript && [...content.toString('utf8').matchAll(STARTS)].some(([, name]) => name === path || name === posix.basename(path));
}

/** In compiled programs names stand side by side without a mark between them. */
function programNames(path: string, { content, isScript }: Program): boolean {
  return !isScript && posix.basename(path).length >= SHORTEST_NAME && content.includes(posix.basename(path));
}

/** By the whole name of its file. What every static program of glibc names, few ever open: https://sourceware.org/glibc/wiki/FAQ */
function opensLibrary(name: string, content: Buffer): boolean {
  if (isCLibrary(`/${name}`)) return false;
  for (let at = content.indexOf(name); at >= 0; at = content.indexOf(name, at + 1)) {
    if (!/[\w.]/.test(content.toString('latin1', at + name.length, at + name.length + 1))) return true;
  }
  return false;
}

function compareShellUse(programs: readonly Program[], { before, after }: Pick<Files, 'before' | 'after'>, found: Comparison): void {
  if (!before.tree.has('/bin/sh') && !before.tree.has('/usr/bin/sh')) return;
  if (['/bin/sh', '/usr/bin/sh'].some((path) => after.tree.has(path))) return;
  const users = programs.filter(({ content, isScript }) => isScript && WITH_SHELL.test(content.toString('utf8')));
  if (users.length > 0) found.differ('files', 'shell', `the shell is gone, which ${some(users.map(({ path }) => path))} can ask for`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
