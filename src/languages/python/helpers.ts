import { posix } from 'node:path';
import type { Evidence, Need } from '../../types.ts';
import type { Facts } from '../language.ts';
import { isFullPython } from './places.ts';
import type { PythonSource } from './sources.ts';
import { programsOf } from './words.ts';

/** A script of the context that the container starts by its own name, or hands to a shell. */
export interface Helper {
  file: string;
  text: string;
  /** The interpreter of its first line, if it has one. */
  interpreter: string | undefined;
}

const FILES = 200;
const SHELL = /(^|\/|\s)(sh|bash|dash|ash)(\s|$)/;
const OUTSIDE = /(^|\/)(\.git|node_modules|tests?)\//;

/** The scripts that the start command, the sources and other such scripts start. */
export function findHelpers(facts: Facts, sources: readonly PythonSource[], isCopied: (file: string) => boolean): Helper[] {
  const files = (facts.context.files() ?? []).filter((file) => isCopied(file) && !OUTSIDE.test(file));
  const found: Helper[] = [];
  const named = (names: readonly string[]) => {
    const wanted = new Set(names.map((name) => posix.basename(name)));
    return files.filter((file) => wanted.has(posix.basename(file)) && !found.some((one) => one.file === file));
  };
  let open = named([...startedNames(facts), ...sources.flatMap(namedBySource)]);
  while (open.length > 0 && found.length < FILES) {
    const fresh = open.flatMap((file) => helperOf(file, facts) ?? []);
    found.push(...fresh);
    open = named(fresh.filter(isShell).flatMap((helper) => linesOf(helper).flatMap(({ line }) => namedByLine(line))));
  }
  return found;
}

function helperOf(file: string, { context }: Facts): Helper | undefined {
  const text = context.read(file) ?? '';
  const interpreter = /^#!\s*([^\n\r]+)/.exec(text.slice(0, 200))?.[1]?.trim();
  return interpreter === undefined && !file.endsWith('.sh') ? undefined : { file, text, interpreter };
}

export function isShell({ file, interpreter }: Helper): boolean {
  return interpreter === undefined ? file.endsWith('.sh') : SHELL.test(interpreter);
}

/** The lines of a script without its comments. */
export function linesOf({ text }: Helper): { line: string; at: number }[] {
  return text.split('\n').flatMap((line, index) => (/^\s*#/.test(line) ? [] : [{ line, at: index + 1 }]));
}

function startedNames({ start }: Facts): string[] {
  return start.commands.flatMap(({ name, args }) => [name, ...(/(^|\/)(sh|bash|dash|ash|\.|source)$/.test(name) ? args.map((word) => word.value) : [])]);
}

function namedBySource({ executes, literals }: PythonSource): string[] {
  if (executes.length === 0) return [];
  const shells = literals.flatMap(({ value }) => value.match(/[\w.-]+\.sh\b/g) ?? []);
  const places = executes.some(({ words }) => words === undefined) ? literals.flatMap(({ value }) => /^\.{0,2}\/\S+/.exec(value) ?? []) : [];
  return [...executes.flatMap(({ words }) => programsOf(words ?? '')), ...shells, ...places];
}

function namedByLine(line: string): string[] {
  return [...programsOf(line), ...(line.match(/[\w.-]+\.sh\b/g) ?? [])];
}

/** Modules of Perl itself, which perl-base has in part: https://packages.debian.org/bookworm/all/perl-modules-5.36/filelist */
const OF_PERL =
  /^([a-z]+|(Archive::Tar|Digest|Digest::(SHA|MD5)|HTTP::Tiny|JSON::PP|Module::\w+|Compress::\w+|CPAN|Carp|Cwd|POSIX|Fcntl|FindBin|Env|English|Socket|Storable|Benchmark|Safe|Symbol)|(File|Getopt|Data|Time|List|Scalar|IO|IPC|Encode|MIME|Sys|Text|Term|Math|Net|Pod|Test|Tie|Unicode|Hash|Params|Locale|I18N)(::\w+)*)$/;

/** Perl as a whole where a script of it is started: slim images have perl-base alone. */
export function perlNeeds(helpers: readonly Helper[], facts: Facts): Need[] {
  if (!isFullPython(facts.base) || facts.base.packageManager !== 'apt') return [];
  return helpers
    .filter(({ interpreter }) => /(^|\/|\s)perl\b/.test(interpreter ?? ''))
    .map(({ file, text }): Need => {
      const used = [...text.matchAll(/^\s*(?:use|require)\s+([A-Za-z]\w*(?:::\w+)*)/gm)].map((match) => match[1] ?? '');
      const other = used.find((name) => !OF_PERL.test(name));
      const evidence: Evidence = { file, note: other === undefined ? 'a script of Perl is started' : `loads ${other}, which is no part of Perl itself` };
      return other === undefined ? { kind: 'packages', name: 'perl', manager: 'apt', evidence } : { kind: 'system', name: 'programs', evidence };
    });
}
