import type { Facts } from '../../languages/language.ts';
import { interpreterOf } from '../../parse/interpreter.ts';
import type { ShellCommand } from '../../types.ts';
import { followPart } from '../start/follow.ts';
import { newTrail, type Trail } from '../start/trail.ts';
import { scriptText } from '../start.ts';

/** A command line that a source hands to a shell. */
export interface Literal {
  text: string;
  file: string;
  line: number;
}

/** What command lines come to, scripts of the image followed. */
export interface Called {
  programs: { name: string; file: string; line: number }[];
  /** Something is called that may call anything: a script of another language, or one that nobody can read. */
  anything: boolean;
  /** A line of another language, which may load what the image has for it. */
  loads?: string;
}

/** Interpreters whose scripts may start anything. */
export const INTERPRETERS =
  /^(?:perl|ruby|php|php-cgi|tclsh|wish|expect|lua|luajit|Rscript|R|julia|guile|gawk|awk|python|node|escript|erl|elixir|iex|groovy|scala|jshell|pwsh)[\d.]*$/;

/** Follows command lines as those of CMD are, in the directory and with the PATH that the image has at its start. */
export function calledBy(literals: readonly Literal[], facts: Facts): Called {
  const trail: Trail = { ...newTrail(facts), attended: true };
  const { cwd, env = {} } = facts.labelled.at(-1)?.state ?? {};
  for (const { text, file, line } of literals) {
    followPart({ text: text.replace(/\\[nt]/g, '\n').replace(/\\(.)/g, '$1'), cwd, env: { ...env }, words: [], place: { file, line, inline: true } }, trail);
  }
  const names = trail.commands.flatMap(({ command, place }) => [
    { name: command.name.replace(OF_SYSTEM, ''), place, line: isLine(command) },
    ...[interpreterOf(scriptText(command, trail)) ?? []].flat().map((name) => ({ name, place, line: false })),
  ]);
  const coded = names.filter(({ name }) => isCoded(name));
  const loads = coded.find(({ line }) => line)?.name;
  return {
    programs: names.map(({ name, place }) => ({ name, file: place?.file ?? facts.source.path, line: place?.line ?? 1 })),
    anything: trail.open !== undefined || names.some(({ name }) => BUILDS.test(name)) || coded.some(({ line }) => !line),
    ...(loads !== undefined && { loads }),
  };
}

/** Whether an interpreter gets its script from the command line, or only tells about itself. */
function isLine({ args }: ShellCommand): boolean {
  return args.some(({ value }) => /^-[a-zA-Z]*[ceEM]|^--(eval|version|help)/.test(value));
}

/** What awk does is all in its line. */
const isCoded = (name: string) => INTERPRETERS.test(name) && !name.endsWith('awk');

const BUILDS = /^(?:gcc|g\+\+|cc|c\+\+|clang(?:\+\+)?|make|cmake|ninja|ld|javac|rustc|cargo)(?:-[\d.]+)?$/;

const OF_SYSTEM = /^\/(?:usr\/)?s?bin\//;
