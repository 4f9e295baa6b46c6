import { posix } from 'node:path';
import { hasOption, operands, optionValue, pathOf } from '../../effects/effect.ts';
import type { PathWrite, ShellCommand } from '../../types.ts';
import type { Facts } from '../language.ts';
import { type InstallRequest, readPipInstall } from './install.ts';
import { environmentOf, homeOf, isRoot, type Spread, systemPlaces } from './places.ts';

/** What earlier commands of the Dockerfile have set up. */
export interface Setup extends Pick<Facts, 'base' | 'source'> {
  /** Virtual environments that were made. */
  environments: Set<string>;
  homes: ReadonlyMap<string, string>;
  /** What `poetry config` said. */
  poetry: Record<string, string>;
  user: string;
  spread: Spread;
  /** Some installer fills an environment of its own. */
  separate: boolean;
}

export type Installer = 'pip' | 'poetry' | 'pipenv' | 'uv';

/** Which installer the command is, and what it is asked for. For all but pip the packages are those of the project in `directory`. */
export function readInstall(command: ShellCommand): { tool: Installer; request: InstallRequest; directory?: string } {
  const name = posix.basename(command.name);
  const words = operands(command, [
    '-C',
    '--directory',
    '--project',
    '-P',
    '-p',
    '--python',
    '--extra',
    '-E',
    '--extras',
    '--group',
    '--with',
    '--without',
    '--only',
    '--no-group',
    '--package',
  ]);
  if (name === 'poetry' || name === 'pipenv' || (name === 'uv' && words[0]?.value !== 'pip')) {
    const added = words.slice(1).filter((word) => !/^(\.|-)/.test(word.value));
    const named = ['add', 'install'].includes(words[0]?.value ?? '') && !(name === 'poetry' && words[0]?.value === 'install') ? added : [];
    const request = readPipInstall(command, named);
    const elsewhere = optionValue(command, '--directory', '--project', '-C');
    const directory = elsewhere ? pathOf(command, elsewhere) : command.cwd;
    return { tool: name, request, ...(directory !== undefined && { directory }) };
  }
  if (name === 'uv') {
    const at = command.args.findIndex((word) => word.value === 'install' || word.value === 'sync');
    const rest = command.args.slice(at + 1);
    const request = readPipInstall(command, rest);
    if (command.args[at]?.value !== 'sync') return { tool: 'uv', request };
    return { tool: 'uv', request: { ...request, files: [...request.files, ...request.projects.map(({ path }) => path)], projects: [], closed: true } };
  }
  return { tool: 'pip', request: readPipInstall(command, command.args) };
}

/** Where the packages of an install go; undefined where that cannot be told. */
export function installPlaces(command: ShellCommand, setup: Setup): PathWrite[] | undefined {
  const { tool, request, directory } = readInstall(command);
  switch (tool) {
    case 'poetry':
      return poetryPlaces(command, directory, setup);
    case 'pipenv':
      return pipenvPlaces(command, directory, setup);
    case 'uv':
      return directory === undefined ? uvPipPlaces(command, request, setup) : uvSyncPlaces(command, directory, setup);
    default:
      return pipPlaces(command, request, setup);
  }
}

function pipPlaces(command: ShellCommand, request: InstallRequest, setup: Setup): PathWrite[] | undefined {
  const { env } = command;
  const target = request.target ?? env.PIP_TARGET ?? env.PIP_PREFIX ?? env.PIP_ROOT;
  if (target !== undefined && target !== '/usr/local') return target === '/' || target === '/usr' ? undefined : [tree(target)];
  const environment = environmentOf(command, setup.environments);
  if (environment !== undefined) return [tree(environment)];
  const user = request.user || /^(1|yes|true)$/i.test(env.PIP_USER ?? '') || !isRoot(setup.user);
  if (user) return [tree(env.PYTHONUSERBASE ?? `${homeOf(setup.user, env, setup.homes)}/.local`)];
  return systemPlaces(setup, setup.spread);
}

/** https://python-poetry.org/docs/configuration/#virtualenvscreate */
function poetryPlaces(command: ShellCommand, directory: string | undefined, setup: Setup): PathWrite[] | undefined {
  const { env } = command;
  if (env.VIRTUAL_ENV !== undefined) return [tree(env.VIRTUAL_ENV)];
  const setting = (name: string, variable: string) => env[variable] ?? setup.poetry[name];
  if (isFalse(setting('virtualenvs.create', 'POETRY_VIRTUALENVS_CREATE'))) return systemPlaces(setup, setup.spread);
  const inProject = setting('virtualenvs.in-project', 'POETRY_VIRTUALENVS_IN_PROJECT');
  if (inProject !== undefined && !isFalse(inProject)) return directory === undefined ? undefined : [tree(posix.join(directory, '.venv'))];
  if (directory !== undefined && inProject === undefined && setup.environments.has(posix.join(directory, '.venv')))
    return [tree(posix.join(directory, '.venv'))];
  const cache = setting('cache-dir', 'POETRY_CACHE_DIR') ?? `${homeOf(setup.user, env, setup.homes)}/.cache/pypoetry`;
  const place = setting('virtualenvs.path', 'POETRY_VIRTUALENVS_PATH')?.replace('{cache-dir}', cache) ?? `${cache}/virtualenvs`;
  return [tree(place)];
}

/** https://pipenv.pypa.io/en/latest/virtualenv.html */
function pipenvPlaces(command: ShellCommand, directory: string | undefined, setup: Setup): PathWrite[] | undefined {
  const { env } = command;
  if (hasOption(command, '--system') || (env.PIPENV_SYSTEM !== undefined && env.PIPENV_SYSTEM !== '0')) return systemPlaces(setup, setup.spread);
  if (env.VIRTUAL_ENV !== undefined && env.PIPENV_IGNORE_VIRTUALENVS === undefined) return [tree(env.VIRTUAL_ENV)];
  const inProject = env.PIPENV_VENV_IN_PROJECT !== undefined && !isFalse(env.PIPENV_VENV_IN_PROJECT);
  if (inProject || (directory !== undefined && setup.environments.has(posix.join(directory, '.venv'))))
    return directory === undefined ? undefined : [tree(posix.join(directory, '.venv'))];
  return [tree(env.WORKON_HOME ?? `${homeOf(setup.user, env, setup.homes)}/.local/share/virtualenvs`)];
}

/** https://docs.astral.sh/uv/pip/environments/ */
function uvPipPlaces(command: ShellCommand, request: InstallRequest, setup: Setup): PathWrite[] | undefined {
  const { env } = command;
  if (request.target !== undefined) return request.target === '/usr/local' ? systemPlaces(setup, setup.spread) : [tree(request.target)];
  const named = optionValue(command, '--python', '-p') ?? (env.UV_PYTHON === undefined ? undefined : { value: env.UV_PYTHON, known: true });
  const home = named?.value.startsWith('/') ? named.value.replace(/\/bin\/python[\d.]*$/, '') : undefined;
  if (home !== undefined && !/^\/usr(\/local)?$/.test(home)) return [tree(home)];
  const system = hasOption(command, '--system') || home !== undefined || /^(1|true|yes)$/i.test(env.UV_SYSTEM_PYTHON ?? '');
  if (system) return systemPlaces(setup, setup.spread);
  return env.VIRTUAL_ENV !== undefined ? [tree(env.VIRTUAL_ENV)] : command.cwd === undefined ? undefined : [tree(posix.join(command.cwd, '.venv'))];
}

/** https://docs.astral.sh/uv/concepts/projects/config/#project-environment-path */
function uvSyncPlaces(command: ShellCommand, directory: string, setup: Setup): PathWrite[] | undefined {
  const { env } = command;
  const active = hasOption(command, '--active') ? env.VIRTUAL_ENV : undefined;
  const place = posix.resolve(directory, active ?? env.UV_PROJECT_ENVIRONMENT ?? '.venv');
  return place === '/usr/local' ? systemPlaces(setup, setup.spread) : [tree(place)];
}

function isFalse(value: string | undefined): boolean {
  return value !== undefined && /^(false|0|no|off|)$/i.test(value);
}

function tree(path: string): PathWrite {
  return { path, kind: 'tree' };
}
