import { posix } from 'node:path';
import { allEffects, optionValue } from '../../effects/effect.ts';
import { newestVersion } from '../../knowledge/newest.ts';
import { runtimeOfBuildTools } from '../../knowledge/packages.ts';
import type { Evidence, ShellCommand } from '../../types.ts';
import type { Facts } from '../language.ts';
import { type Helper, isShell, linesOf } from './helpers.ts';
import { type Installer, readInstall } from './installs.ts';
import { readPipfile, readProject } from './manifests.ts';
import { isFullPython, minorVersion } from './places.ts';
import type { PythonSource } from './sources.ts';
import { placeOf, type StayingPlan, stays } from './staying.ts';
import { fitsVersion } from './versions.ts';

/** The distribution's own Python, which only the full images have: https://hub.docker.com/_/buildpack-deps takes it along. */
const OF_DISTRIBUTION = /^\/(usr\/)?bin\/python[\d.]*$/;
/** Options that choose the interpreter of an environment. */
const CHOOSES = ['-p', '--python'];

/** Another Python than the image's own that is used, or may be: only the whole image has it. */
export function otherPython(facts: Facts, sources: readonly PythonSource[], helpers: readonly Helper[]): StayingPlan | undefined {
  if (!isFullPython(facts.base)) return undefined;
  const minor = ownVersion(facts);
  const [found] = [...namedByCommands(facts, minor), ...namedBySources(sources), ...namedByHelpers(helpers), ...askedByProjects(facts, minor)];
  if (!found) return undefined;
  const { python, evidence } = found;
  return stays('python', evidence, `it has no ${python}`, {
    why: `${placeOf(evidence)} asks for ${python}, which is not the Python of ${facts.reference} but one of the many programs that come with it`,
    advice: 'Start from the python image of that version, and a slim one can serve.',
  });
}

interface Other {
  python: string;
  evidence: Omit<Evidence, 'note'>;
}

/** The minor version of the image's own Python, as far as the tag tells; the newest one for a tag that moves. */
function ownVersion(facts: Facts): string | undefined {
  const from = facts.source.instructions.find(({ keyword }) => keyword === 'FROM')?.value ?? '';
  if (/:[^/\s]*\$/.test(from)) return undefined;
  return minorVersion(facts) ?? newestVersion('python');
}

function namedByCommands(facts: Facts, minor: string | undefined): Other[] {
  const runs = facts.labelled.flatMap(({ index, segments }) =>
    (segments ?? []).flatMap(({ segment, effects }) =>
      [...segment.commands, ...effects.flatMap(({ command }) => command ?? [])].map((command) => ({ command, index: index as number | undefined })),
    ),
  );
  const started = facts.start.commands.map((command) => ({ command, index: facts.start.cmd ?? facts.start.entrypoint }));
  return [...runs, ...started].flatMap(({ command, index }) => {
    const line = facts.source.instructions[index ?? -1]?.line;
    return pythonsOf(command, facts)
      .filter((name) => isOther(name, minor))
      .map((python) => ({ python, evidence: { file: facts.source.path, ...(line !== undefined && { line }) } }));
  });
}

/** The interpreters that a command names: itself, the one of its first line, and the one it chooses for an environment. */
function pythonsOf(command: ShellCommand, { sourceOf, context }: Facts): string[] {
  const source = command.name.includes('/') ? sourceOf(posix.resolve(command.cwd ?? '/', command.name)) : undefined;
  const first = source !== undefined && context.kind(source) === 'file' ? /^#!\s*(\S+)/.exec(context.read(source)?.slice(0, 100) ?? '')?.[1] : undefined;
  const chosen = /^(virtualenv|pipenv|uv|uvx|poetry|pdm)$/.test(posix.basename(command.name)) ? optionValue(command, ...CHOOSES)?.value : undefined;
  return [command.name, ...(first === undefined ? [] : [first]), ...(chosen === undefined ? [] : [/^\d/.test(chosen) ? `python${chosen}` : chosen])];
}

function isOther(name: string, minor: string | undefined): boolean {
  if (OF_DISTRIBUTION.test(name)) return true;
  const version = /^python(\d+\.\d+)/.exec(name)?.[1];
  return version !== undefined && minor !== undefined && version !== minor;
}

function namedBySources(sources: readonly PythonSource[]): Other[] {
  return sources.flatMap(({ file, literals }) =>
    literals.flatMap(({ value, line }) => {
      const [python] = /^\/(?:usr\/)?bin\/python[\d.]*(?=\s|$)/.exec(value) ?? [];
      return python === undefined ? [] : [{ python, evidence: { file, line } }];
    }),
  );
}

/** Scripts that are started by their own name, or call the distribution's Python. */
function namedByHelpers(helpers: readonly Helper[]): Other[] {
  return helpers.flatMap((helper) => {
    const [first] = /^\S+/.exec(helper.interpreter ?? '') ?? [];
    const called = isShell(helper)
      ? linesOf(helper).flatMap(({ line, at }) => /(?<![\w!])\/(?:usr\/)?bin\/python[\d.]*(?=\s|$)/.exec(line)?.map((python) => ({ python, line: at })) ?? [])
      : [];
    return [...(OF_DISTRIBUTION.test(first ?? '') ? [{ python: first as string, line: 1 }] : []), ...called].map(({ python, line }) => ({
      python,
      evidence: { file: helper.file, line },
    }));
  });
}

/** Installers that make an environment take the distribution's Python where only that is what the project asks for. */
function askedByProjects(facts: Facts, minor: string | undefined): Other[] {
  const installs = allEffects(facts.labelled).filter(
    ({ action, writes }) => action === 'python-install' && writes.length > 0 && !writes.some(({ path }) => path.startsWith('/usr/local')),
  );
  return installs.flatMap(({ command }) => {
    const { tool, directory } = command ? readInstall(command) : {};
    if (!command || tool === undefined || tool === 'pip' || directory === undefined) return [];
    const requests = requestsOf(tool, directory, command, facts);
    const misfit = requests.find(({ asks }) => minor === undefined || !fitsVersion(minor, asks));
    const comesWith = pythonOfDistribution(facts);
    return misfit && requests.every(({ asks }) => comesWith === undefined || fitsVersion(comesWith, asks))
      ? [{ python: `Python ${misfit.asks}`, evidence: { file: misfit.file } }]
      : [];
  });
}

/** The minor version of the distribution's own Python; undefined for a release that is not known. */
function pythonOfDistribution({ base }: Facts): string | undefined {
  const libraries = runtimeOfBuildTools('apt', 'python3-dev', base.release);
  return libraries.map((name) => /^libpython(\d+\.\d+)/.exec(name)?.[1]).find((version) => version !== undefined);
}

/**
 * The versions that a project asks its installer for: https://docs.astral.sh/uv/concepts/python-versions/,
 * https://python-poetry.org/docs/managing-environments/, https://pipenv.pypa.io/en/latest/configuration.html
 */
export function requestsOf(
  tool: Installer,
  directory: string,
  command: ShellCommand,
  { sourceOf, context, source }: Pick<Facts, 'sourceOf' | 'context' | 'source'>,
): { asks: string; file: string }[] {
  const at = (name: string) => sourceOf(posix.join(directory, name));
  const folder = (file: string) => posix.dirname(file).replace(/^\.$/, '');
  const given = (asks: string | undefined, file: string) => (asks === undefined || /^\/|^python3?$/.test(asks) ? [] : [{ asks, file }]);
  if (tool === 'pipenv') {
    const file = at('Pipfile');
    return file === undefined ? [] : given(readPipfile(context, folder(file)).python, file);
  }
  const manifest = at('pyproject.toml');
  const pinned = tool === 'uv' ? at('.python-version') : undefined;
  return [
    ...given(tool === 'uv' ? (optionValue(command, ...CHOOSES)?.value ?? command.env.UV_PYTHON) : undefined, source.path),
    ...(manifest === undefined ? [] : given(readProject(context, folder(manifest)).python, manifest)),
    ...(pinned === undefined ? [] : given(context.read(pinned)?.trim(), pinned)),
  ];
}
