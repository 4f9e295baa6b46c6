import { posix } from 'node:path';
import { optionValue, pathOf } from '../../effects/effect.ts';
import type { ShellCommand } from '../../types.ts';
import { fileAt, filesLike, type ImageFile, type ImageFiles } from './files.ts';
import { NOTHING, type Part, type Started } from './started.ts';

/** Where supervisord looks: https://supervisord.org/configuration.html */
const PLACES = ['supervisord.conf', 'etc/supervisord.conf', '/etc/supervisord.conf', '/etc/supervisor/supervisord.conf'];
/** Where its configuration lies that the packages of distributions bring, and what that includes. */
const OF_PACKAGES = ['/etc/supervisord.conf', '/etc/supervisor/supervisord.conf'];
const INCLUDED = ['/etc/supervisor/conf.d/*.conf', '/etc/supervisor.d/*.ini', '/etc/supervisord.d/*.ini'];

/** The programs that supervisord starts. */
export function supervised(command: ShellCommand, files: ImageFiles): Started {
  const given = optionValue(command, '-c', '--configuration');
  const places = (given ? [given.value] : PLACES).map((value) => pathOf(command, { value, known: true }) ?? value);
  const main = places.map((place) => fileAt(files, place)).find((file) => file !== undefined);
  const seen = new Set<string>();
  const own = main ? programs(main, command, files, seen) : NOTHING;
  // What is only added to the configuration of a package does not have its own main section.
  if (main && sectionsOf(main.text).some(({ name }) => name === 'supervisord' || name === 'include')) return own;
  const found = places.some((place) => OF_PACKAGES.includes(place)) ? INCLUDED.flatMap((pattern) => filesLike(files, pattern)) : [];
  const started = joined([own, all(found, command, files, seen)]);
  return main || found.length > 0 ? started : { parts: [], open: unseen(places.at(-1) ?? '') };
}

function unseen(path: string): string {
  return `supervisord reads ${path}, which no instruction is seen to bring`;
}

function all(paths: readonly string[], command: ShellCommand, files: ImageFiles, seen: Set<string>): Started {
  const started = paths.map((path): Started => {
    const file = fileAt(files, path);
    return file ? programs(file, command, files, seen) : { parts: [], open: unseen(path) };
  });
  return joined(started);
}

function joined(started: readonly Started[]): Started {
  const open = started.map((one) => one.open).find((one) => one !== undefined);
  return { parts: started.flatMap((one) => one.parts), ...(open !== undefined && { open }) };
}

function programs(file: ImageFile, command: ShellCommand, files: ImageFiles, seen: Set<string>): Started {
  if (seen.has(file.path)) return { parts: [] };
  seen.add(file.path);
  const sections = sectionsOf(file.text);
  const shared = sections.find(({ name }) => name === 'supervisord')?.values;
  const env = { ...command.env, ...environmentOf(shared?.environment?.value ?? '') };
  const parts = sections.flatMap(({ name, values }): Part[] => {
    if (!/^(program|eventlistener|fcgi-program):/.test(name) || !values.command) return [];
    const own = { ...env, ...environmentOf(values.environment?.value ?? '') };
    const label = name.replace(/^.*?:/, '');
    const text = expanded(values.command.value, own, label, file.path);
    const cwd = values.directory ? posix.resolve(command.cwd ?? '/', expanded(values.directory.value, own, label, file.path)) : command.cwd;
    const line = file.inline ? file.line : file.line + values.command.line;
    return [{ text, cwd, env: own, words: [], place: { file: file.file, line, inline: true } }];
  });
  const included = (sections.find(({ name }) => name === 'include')?.values.files?.value ?? '').split(/\s+/).filter((pattern) => pattern !== '');
  const paths = included.map((pattern) => posix.resolve(posix.dirname(file.path), expanded(pattern, env, '', file.path)));
  const others = paths.flatMap((path) => (/[*?[]/.test(path) ? filesLike(files, path) : [path]));
  const changed: Started[] = file.changedBy === undefined ? [] : [{ parts: [], open: `\`${file.changedBy}\` changes ${file.path}` }];
  return joined([...changed, { parts }, all(others, command, files, seen)]);
}

interface Section {
  name: string;
  /** `line`: lines below the first. */
  values: Record<string, { value: string; line: number }>;
}

function sectionsOf(text: string): Section[] {
  const sections: Section[] = [];
  let last: Section['values'][string] | undefined;
  for (const [line, written] of text.split(/\r?\n/).entries()) {
    const plain = written.replace(/(^|\s);.*$/, '').replace(/^#.*$/, '');
    const header = /^\[([^\]]+)\]/.exec(plain)?.[1];
    if (header !== undefined) sections.push({ name: header.trim(), values: {} });
    else if (last && /^\s+\S/.test(plain)) last.value += `${last.value.endsWith(',') ? '' : ' '}${plain.trim()}`;
    else last = readValue(plain, line, sections.at(-1)) ?? last;
  }
  return sections;
}

function readValue(text: string, line: number, section: Section | undefined): Section['values'][string] | undefined {
  const [, key, value = ''] = /^([\w.-]+)\s*[=:]\s*(.*)$/.exec(text) ?? [];
  if (key === undefined || !section) return undefined;
  // Its parser takes keys of any case: https://docs.python.org/3/library/configparser.html
  const read = { value: value.trim(), line };
  section.values[key.toLowerCase()] = read;
  return read;
}

/** `KEY="val",OTHER=val` */
function environmentOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/(\w+)=("([^"]*)"|'([^']*)'|[^,]*)/g)].map(([, name = '', plain = '', double, single]) => [name, double ?? single ?? plain.trim()]),
  );
}

/** `%(ENV_HOME)s`, `%(program_name)s`, `%%` */
function expanded(text: string, env: ShellCommand['env'], program: string, file: string): string {
  return text.replace(/%%|%\((\w+)\)\d*[sd]/g, (mark, name: string | undefined) => {
    if (name === undefined) return '%';
    if (name.startsWith('ENV_')) return env[name.slice(4)] ?? `$\{${name.slice(4)}}`;
    return { program_name: program, group_name: program, process_num: '0', here: posix.dirname(file) }[name] ?? mark;
  });
}
