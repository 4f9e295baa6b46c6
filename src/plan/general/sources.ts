import { downloadedTrees, within } from '../../effects/effect.ts';
import { type SourceMarks, sourceMarks } from '../../knowledge/source-marks.ts';
import type { Facts } from '../../languages/language.ts';
import { calledBy, type Literal } from './called.ts';
import { namesServices } from './services.ts';

/** What the sources of compiled programs say of what these need when they run. */
export interface SourceReading {
  /** Programs that they start, by the literal command line. */
  programs: { name: string; file: string; line: number }[];
  /** They name compilers or the like in a text, or compute what they start, and may call them. */
  tools: boolean;
  /** They talk to others over TLS. */
  network: boolean;
  /** They ask for ports or protocols by name. */
  services: boolean;
  /** Why it cannot be told what they need; absent where it can. */
  unclear?: string;
}

const OF_THE_SYSTEM =
  /"\/(?:etc\/(?!ssl\/certs|hosts|resolv|passwd|group|localtime)|usr\/(?:share|lib|libexec|local)\/|var\/lib\/)[^"\n]*"|\b(?:getserv|getproto|getnet)by\w+|\bmagic_load\b/;
const MOST_FILES = 3000;
const TOKENS = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
const TOOLS = /"(?:[^"\n]*[/\s])?(?:gcc|g\+\+|cc|c\+\+|clang(?:\+\+)?|make|cmake|ninja|ld|javac|rustc|cargo)(?:[\s-][^"\n]*)?"/;

/**
 * Reads the sources that the build takes from the context, below the given directories of the image. `quiet`: the programs were seen to
 * start and load nothing, so what the sources could start does not matter.
 */
export function readSources(facts: Facts, directories: readonly string[], quiet: boolean): SourceReading {
  const reading: SourceReading = { programs: [], network: false, services: false, tools: false };
  const files = sourceFiles(facts, directories);
  if (!files || files.length > MOST_FILES) return { ...reading, unclear: 'there are too many sources to read' };
  if (downloadedTrees(facts.labelled).some((path) => directories.some((directory) => within(directory, path))))
    return { ...reading, unclear: 'a part of its sources is downloaded' };
  if (files.length === 0) return { ...reading, unclear: 'its sources do not come from the build context' };
  const literals = files.flatMap((file) => readSource(file, facts.context.read(file), reading, quiet));
  return quiet ? { ...reading, tools: false } : withCalled(reading, literals, facts);
}

/** The reading with what the literal command lines come to. */
function withCalled(reading: SourceReading, literals: readonly Literal[], facts: Facts): SourceReading {
  if (literals.length === 0) return reading;
  const { programs, anything, loads } = calledBy(literals, facts);
  const why = reading.unclear ?? (loads === undefined ? undefined : `its sources hand a script to ${loads}`);
  return { ...reading, programs, tools: reading.tools || anything, ...(why !== undefined && { unclear: why }) };
}

function sourceFiles(facts: Facts, directories: readonly string[]): string[] | undefined {
  const all = facts.context.files();
  if (!all) return undefined;
  const placed = facts.labelled
    .flatMap(({ copy }) => (copy?.from === 'context' ? copy.placed : []))
    .filter(({ path }) => directories.some((directory) => within(path, directory) || within(directory, path)));
  const known = all.filter((file) => sourceMarks(extensionOf(file)) !== undefined);
  return known.filter((file) => placed.some(({ source }) => source === '' || file === source || file.startsWith(`${source}/`)));
}

function extensionOf(file: string): string {
  return file.slice(file.lastIndexOf('.') + 1);
}

/** Notes what a file says of its program, and returns the command lines in it. */
function readSource(file: string, text: string | undefined, reading: SourceReading, quiet: boolean): Literal[] {
  const marks = sourceMarks(extensionOf(file));
  if (text === undefined || !marks) {
    reading.unclear ??= `${file} cannot be read`;
    return [];
  }
  const code = text.replace(TOKENS, (token) => (token.startsWith('/') ? token.replace(/[^\n]/g, ' ') : token));
  if (TOOLS.test(code) || startsComputed(code, marks)) reading.tools = true;
  if (marks.network.test(code)) reading.network = true;
  if (namesServices(code)) reading.services = true;
  const why = reading.unclear ?? whyUnclear(file, code, marks, quiet);
  if (why !== undefined) reading.unclear = why;
  return [...code.matchAll(marks.starts)].flatMap((match) => {
    const text = literalAfter(code, match);
    return text === undefined ? [] : [{ text, file, line: code.slice(0, match.index).split('\n').length }];
  });
}

/** Why the code of a file does not tell all that it needs. */
function whyUnclear(file: string, code: string, marks: SourceMarks, quiet: boolean): string | undefined {
  const included = [...code.matchAll(/#\s*include\s*"([^"]+)"/g)].map(([, name = '']) => name).find((name) => !sourceMarks(extensionOf(name)));
  const bare = code.replace(/^\s*#\s*include.*$/gm, '').replace(TOKENS, '');
  const found: [boolean, string][] = [
    [OF_THE_SYSTEM.test(code), 'reads files of the system'],
    [included !== undefined, `includes ${included}, which is not read`],
    [!quiet && startsComputed(code, marks), 'starts programs whose names it computes'],
    [!quiet && marks.loads.test(code), 'loads what is not linked to it'],
    [!quiet && /\b(?:system|popen)\b(?!\s*\(|::)/.test(bare), 'hands on a function that starts programs'],
  ];
  const why = found.find(([holds]) => holds)?.[1];
  return why === undefined ? undefined : `${file} ${why}`;
}

function startsComputed(code: string, marks: SourceMarks): boolean {
  const calls = [...code.matchAll(marks.starts)];
  return marks.computes.test(code) || calls.some((match) => literalAfter(code, match) === undefined && !isDeclaration(code, match.index));
}

function literalAfter(code: string, match: RegExpExecArray): string | undefined {
  return /^\s*"((?:[^"\\\n]|\\.)*)"\s*[,)]/.exec(code.slice(match.index + match[0].length))?.[1];
}

/** `int system(const char *command);`, `std::error_code(errno, std::system_category())` */
function isDeclaration(code: string, at: number): boolean {
  return /\b(?:int|FILE\s*\*|extern)\s*\*?\s*$/.test(code.slice(Math.max(0, at - 20), at));
}
