import { posix } from 'node:path';
import type { Evidence } from '../../types.ts';
import { checkoutName } from './install.ts';

/** One package that is installed. */
export interface Requirement {
  /** As PyPI writes it: lower case, `-` for `_` and `.`. */
  name: string;
  /** The one version that may be installed. */
  pin?: string;
  /** From a repository or an archive: it is built on the spot. */
  url?: string;
  evidence: Evidence;
}

export interface RequirementList {
  requirements: Requirement[];
  /** Repositories that are checked out and installed in place. */
  checkouts: string[];
  /** Paths of projects, as written. */
  projects: { path: string; editable: boolean }[];
  /** Packages that are built from source: names, or `:all:`. */
  compiled: string[];
  /** Every package is named with its hash, so no other one is installed. */
  closed: boolean;
  /** Some of it cannot be read. */
  opaque: boolean;
}

/** https://packaging.python.org/en/latest/specifications/name-normalization/ */
export function normaliseName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** `flask[async]==3.0.1 ; python_version > "3"` → its name and pin; undefined for what is not installed here. */
export function readSpec(text: string, evidence: Evidence): Requirement | undefined {
  const [spec = '', marker = ''] = text.split(/;(.*)/s);
  if (
    /(implementation|platform_python_implementation)[^=]*==\s*["']pypy/i.test(marker) ||
    /(sys_platform|platform_system|os_name)\s*==\s*["'](win32|windows|darwin|nt|cygwin)/i.test(marker)
  )
    return undefined;
  const [, named, link] = /^\s*([\w.-]+)(?:\[[^\]]*\])?\s*@\s*(\S+)/.exec(spec) ?? [];
  if (named !== undefined) return { name: normaliseName(named), ...(link !== undefined && { url: link }), evidence };
  if (/^\s*(\w+\+)?\w+:\/\//.test(spec)) return { name: normaliseName(checkoutName(spec.trim())), url: spec.trim(), evidence };
  const [, name, , pin] = /^\s*([A-Za-z0-9][\w.-]*)\s*(\[[^\]]*\])?\s*(?:\(?\s*={2,3}\s*([\w.!+-]+)\s*\)?\s*$)?/.exec(spec) ?? [];
  return name === undefined ? undefined : { name: normaliseName(name), ...(pin !== undefined && { pin }), evidence };
}

/**
 * Reads a requirements file with what it includes: https://pip.pypa.io/en/stable/reference/requirements-file-format/
 * `read` gives the text of a path; undefined makes the list opaque.
 */
export function readRequirementsFile(path: string, read: (path: string) => string | undefined, seen = new Set<string>()): RequirementList {
  const list: RequirementList = { requirements: [], checkouts: [], projects: [], compiled: [], closed: false, opaque: false };
  if (seen.has(path)) return list;
  seen.add(path);
  // Files that PowerShell wrote are UTF-16: what is left without the zeros is what pip reads.
  const text = read(path)?.replace(/[\0\uFFFD\uFEFF]/g, '');
  if (text === undefined) return { ...list, opaque: true };
  for (const [at, line] of logicalLines(text))
    takeLine(list, line, { file: path, line: at, note: `requires ${line}` }, (file) => readRequirementsFile(posix.join(posix.dirname(path), file), read, seen));
  list.closed = list.requirements.length > 0 && /--hash=/.test(text);
  return list;
}

function takeLine(list: RequirementList, line: string, evidence: Evidence, include: (file: string) => RequirementList): void {
  const [, option, value = ''] = /^(-{1,2}[\w-]+)[\s=]*(.*)$/.exec(line) ?? [];
  switch (option) {
    case undefined:
      takeRequirement(list, line.replace(/\s--?\w.*$/, '').trim(), evidence);
      return;
    case '-r':
    case '--requirement':
      takeIncluded(list, include(value));
      return;
    case '--no-binary':
      list.compiled.push(...value.split(','));
      return;
    case '-e':
    case '--editable':
      takeEditable(list, value, evidence);
      return;
  }
}

function takeRequirement(list: RequirementList, text: string, evidence: Evidence): void {
  const isArchive = /\.(whl|tar\.gz|zip)$/.test(text) && !text.includes('://');
  const isPath = /^\.{0,2}\/|^\.$/.test(text);
  const spec = isArchive || isPath ? undefined : readSpec(text, evidence);
  if (spec) list.requirements.push(spec);
  else if (isArchive) list.opaque = true;
  else if (isPath) list.projects.push({ path: text, editable: false });
}

function takeIncluded(list: RequirementList, inner: RequirementList): void {
  for (const key of ['requirements', 'checkouts', 'projects', 'compiled'] as const) (list[key] as unknown[]).push(...inner[key]);
  list.opaque ||= inner.opaque;
}

function takeEditable(list: RequirementList, value: string, evidence: Evidence): void {
  const spec = /^\w+\+/.test(value) ? readSpec(value, evidence) : undefined;
  if (!spec) {
    list.projects.push({ path: value.replace(/\[[^\]]*\]$/, ''), editable: true });
    return;
  }
  list.requirements.push(spec);
  list.checkouts.push(checkoutName(value));
}

/** Lines with their number: continued ones joined, comments and empty ones left out. */
function logicalLines(text: string): [number, string][] {
  const found: [number, string][] = [];
  let pending = '';
  let start = 1;
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    if (pending === '') start = at + 1;
    if (/\\\s*$/.test(raw)) {
      pending += `${raw.replace(/\\\s*$/, '')} `;
      continue;
    }
    const line = `${pending}${raw}`.replace(/(^|\s)#.*$/, '').trim();
    pending = '';
    if (line !== '') found.push([start, line]);
  }
  return found;
}
