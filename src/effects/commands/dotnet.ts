import { posix } from 'node:path';
import type { Effect, PathWrite, ShellCommand } from '../../types.ts';
import { caches, effect, hasOption, isShared, optionValue, parseOptions, pathOf, placeOf, valueOf, worksIn } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

const LONGS =
  '--output --configuration --runtime --framework --verbosity --source --packages --arch --os --version-suffix --manifest --configfile --version --tool-path --name --package-directory --add-source --logger --results-directory --artifacts-path'.split(
    ' ',
  );
const QUIET = /^(--info|--version|--list-sdks|--list-runtimes|-h|--help|help|--diagnostics|format|list)$/;
const BUILDS = /^(restore|build|publish|test|clean|pack|msbuild|new|add|sln|remove|vstest|build-server|reference|package)$/;

/** dotnet: the project's directory, what -o names, and a cache of packages. */
const dotnet: CommandRule = (command): Effect | undefined => {
  const parsed = parseOptions(command.args, 'ocrfvsnap', LONGS);
  const [verb, ...rest] = parsed.words;
  if (!verb || QUIET.test(verb.value)) return effect('neutral', 'dotnet only looks');
  const packages = placeOf(command, 'NUGET_PACKAGES', '.nuget/packages');
  if (verb.value === 'tool') return tool(command, rest[0]?.value, valueOf(parsed, '--tool-path'));
  if (verb.value === 'nuget')
    return /^(locals|add|list|remove|update|enable|disable)$/.test(rest[0]?.value ?? '')
      ? effect('build', 'configures nuget', { action: 'dotnet-tool' })
      : undefined;
  if (!BUILDS.test(verb.value)) return undefined;
  const told = valueOf(parsed, '-o', '--output', '--artifacts-path') ?? property(command, 'PublishDir') ?? property(command, 'OutputPath');
  const output = told && pathOf(command, told);
  if (told && output === undefined) return undefined;
  const also: PathWrite[] = [...(output === undefined ? [] : [{ path: output, kind: 'tree' as const }]), ...caches(packages)];
  return worksIn(projectDirectory(command, rest), `runs dotnet ${verb.value}`, verb.value === 'restore' ? 'dotnet-restore' : 'compile', { also });
};

/** `/p:PublishDir=/app`, `-p:PublishDir=/app`. */
function property(command: ShellCommand, name: string): ShellCommand['args'][number] | undefined {
  const word = command.args.find(({ value }) => new RegExp(`^[-/]{1,2}p(roperty)?:${name}=`).test(value));
  return word && { ...word, value: word.value.replace(/^[^=]*=/, '') };
}

/** The directory that it runs in; at the root, that of the project it is given. */
function projectDirectory(command: ShellCommand, words: ShellCommand['args']): string | undefined {
  const [file] = words.filter((word) => /\.(\w+proj|sln|slnx|slnf)$/.test(word.value) || word.value.includes('/'));
  const path = file && pathOf(command, file);
  if (command.cwd !== undefined && !isShared(command.cwd)) return command.cwd;
  return path === undefined ? command.cwd : /\.\w+$/.test(path) ? posix.dirname(path) : path;
}

/** Tools for one user or in a directory of their own. */
function tool(command: ShellCommand, verb: string | undefined, told: ShellCommand['args'][number] | undefined): Effect | undefined {
  if (!/^(install|update)$/.test(verb ?? ''))
    return verb === 'restore' ? worksIn(command.cwd, 'fetches tools', 'dotnet-tool') : effect('neutral', 'dotnet tool only looks');
  const path = told ? pathOf(command, told) : hasOption(command, '-g', '--global') ? placeOf(command, undefined, '.dotnet/tools') : command.cwd;
  return path === undefined || isShared(path)
    ? undefined
    : effect('build', 'installs tools of .NET', { action: 'dotnet-tool', writes: [{ path, kind: 'tree' }] });
}

/** nuget, msbuild, xbuild and paket fill the directory that they run in. */
const fillsProject: CommandRule = (command) => {
  const output = optionValue(command, '-OutputDirectory', '-o', '-PackagesDirectory');
  const path = output && pathOf(command, output);
  if (output && path === undefined) return undefined;
  return worksIn(command.cwd, 'builds for .NET', 'compile', path === undefined ? {} : { also: [{ path, kind: 'tree' }] });
};

/** mono, where it runs one of those. */
const mono: CommandRule = (command, scope) => {
  const [program, ...args] = command.args;
  if (hasOption(command, '--version', '-V')) return effect('neutral', 'only prints');
  return program && /(nuget|paket(\.bootstrapper)?|msbuild|xbuild)\.exe$/i.test(program.value)
    ? fillsProject({ ...command, name: program.value, args }, scope)
    : undefined;
};

export const dotnetRules: Record<string, CommandRule> = { dotnet, nuget: fillsProject, msbuild: fillsProject, xbuild: fillsProject, paket: fillsProject, mono };
