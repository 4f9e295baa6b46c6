import { posix } from 'node:path';
import type { Evidence } from '../../types.ts';
import type { Facts } from '../language.ts';
import { expressionAt } from './expressions.ts';
import { type Origin, originsOf } from './origins.ts';
import type { PythonSource } from './sources.ts';
import { placeOf, type StayingPlan, stays } from './staying.ts';
import { programsOf, toolsIn } from './words.ts';

export interface FromOutside {
  /** Programs that the values at hand name. */
  programs: { name: string; evidence: Evidence }[];
  /** What is started or opened, and only known while the image runs. */
  unknown: Evidence[];
}

const SETTINGS = /\.(ini|cfg|conf|ya?ml|json|toml|env|properties|txt)$|(^|\/)\.env$/;
/** Variables whose value every container has, or that name no program. */
const HARMLESS = new Set(['SHELL', 'HOME', 'PATH', 'VIRTUAL_ENV', 'PYTHON', 'PYTHONPATH', 'COMSPEC', 'SYSTEMROOT', 'PREFIX', 'CONDA_PREFIX']);

/** Programs and libraries whose names come from outside of the sources: variables, files, arguments, requests. */
export function readOutside(facts: Facts, sources: readonly PythonSource[]): FromOutside {
  const found: FromOutside = { programs: [], unknown: [] };
  for (const source of sources) {
    for (const { line, start } of source.executes) {
      const origins = start === undefined ? [] : originsOf(expressionAt(source, start), sources);
      for (const origin of origins) take(found, origin, facts, { file: source.file, line, note: 'starts a program whose name is only known at run time' });
    }
    for (const { line, start } of source.opens) {
      if (originsOf(expressionAt(source, start), sources).length > 0)
        found.unknown.push({ file: source.file, line, note: 'opens a library whose name is only known at run time' });
    }
  }
  return found;
}

function take(found: FromOutside, origin: Origin, facts: Facts, evidence: Evidence): void {
  const values = valuesAtHand(origin, facts);
  if (values === undefined) found.unknown.push(evidence);
  for (const { value, file, named } of values ?? []) {
    for (const name of named ? programsOf(value) : toolsIn(value))
      found.programs.push({ name, evidence: { ...evidence, file, note: `names ${name}, which ${evidence.file} may start` } });
  }
}

interface Value {
  value: string;
  file: string;
  /** It is the command itself, not one of many lines of a file. */
  named: boolean;
}

/** The values that the Dockerfile, the context or the sources give; undefined where none does. */
function valuesAtHand(origin: Origin, facts: Facts): Value[] | undefined {
  if (origin.kind === 'caller') return undefined;
  if (origin.kind === 'file') return linesOf(filesNamedIn(origin.source, facts), facts);
  const instead = origin.instead ? [{ value: origin.instead, file: facts.source.path, named: true }] : [];
  if (origin.kind === 'argument') return instead.length > 0 ? instead : undefined;
  if (HARMLESS.has(origin.name)) return [];
  const set = facts.labelled.at(-1)?.state.env[origin.name];
  const written = (facts.context.files() ?? [])
    .filter((file) => /(^|\/)\.env(\.\w+)?$/.test(file))
    .flatMap((file) => {
      const value = new RegExp(`^(?:export\\s+)?${origin.name}=["']?([^"'\\n]*)`, 'm').exec(facts.context.read(file) ?? '')?.[1];
      return value === undefined ? [] : [{ value, file, named: true }];
    });
  const all = [...(set === undefined ? [] : [{ value: set, file: facts.source.path, named: true }]), ...written, ...instead];
  return all.length > 0 ? all : undefined;
}

/** Files of settings that a source names and the context has. */
function filesNamedIn(source: PythonSource, { context }: Facts): string[] {
  const names = new Set(source.literals.map(({ value }) => posix.basename(value)).filter((name) => SETTINGS.test(name)));
  return names.size === 0 ? [] : (context.files() ?? []).filter((file) => names.has(posix.basename(file)));
}

/** The lines of files, and what stands behind a name in each. */
function linesOf(files: readonly string[], { context }: Facts): Value[] | undefined {
  const lines = files.flatMap((file) =>
    (context.read(file) ?? '')
      .split('\n')
      .map((line) => ({ value: line.replace(/^\s*(?:-\s+)?(?:["']?[\w.-]+["']?\s*[:=]\s*)?["'[]*/, ''), file, named: false })),
  );
  return files.length > 0 ? lines : undefined;
}

/** The old base stays where nobody can tell what is started. */
export function outsidePrograms([evidence]: readonly Evidence[]): StayingPlan | undefined {
  if (!evidence) return undefined;
  const found = `${placeOf(evidence)} ${evidence.note}`;
  return stays('programs', evidence, found, {
    why: `${found}, and only the whole image has all that may be asked for`,
    advice: 'Name the program in the sources or by ENV in the Dockerfile, and a small base can be proved to serve.',
  });
}
