import { posix } from 'node:path';
import { effect, hasOption, within as isWithin, operands, optionValue, pathOf } from '../../effects/effect.ts';
import type { CommandRule, EffectScope } from '../../effects/rule.ts';
import type { Effect, ShellCommand, ShellWord } from '../../types.ts';

const QUIET = 'pytest black flake8 mypy pylint ruff isort bandit tox nox coverage pre-commit pip-audit safety pyflakes twine pip-licenses pydoc'.split(' ');
/** Console scripts that write into the directory that they run in. */
const WORKING = 'alembic pybabel cythonize cython mkdocs sphinx-build pelican aerich gdown lektor nikola pyside6-rcc'.split(' ');

/** Writes into its directory and nowhere else, as far as its manual says. */
const working: CommandRule = (command, scope) =>
  command.cwd === undefined
    ? undefined
    : effect('build', `runs ${command.name}`, {
        action: 'python-build',
        writes: [command.cwd, ...placesNamed(command), ...placesTold(command, scope)].map((path) => ({ path, kind: 'tree' })),
      });

/** Commands of Flask and its extensions; others are the project's own code: https://flask.palletsprojects.com/en/stable/cli/ */
const FLASK = new Set(['db', 'translate', 'assets', 'digest', 'collect', 'freeze', 'routes', 'shell', 'run']);

const flask: CommandRule = (command, scope) => {
  const [verb] = operands(command, ['--app', '-A', '-e', '--env-file']);
  return verb === undefined || FLASK.has(verb.value) ? working(command, scope) : undefined;
};

/**
 * The file by which a tool is told where to write, the option that names another one, and the key. https://www.mkdocs.org/user-guide/configuration/,
 * https://docs.getpelican.com/en/latest/settings.html, https://alembic.sqlalchemy.org/en/latest/tutorial.html
 */
const TOLD_BY: Record<string, { file: string; options: string[]; key: RegExp }> = {
  alembic: { file: 'alembic.ini', options: ['-c', '--config'], key: /^\s*sqlalchemy\.url\s*=\s*(\S+)/m },
  mkdocs: { file: 'mkdocs.yml', options: ['-f', '--config-file'], key: /^site_dir:\s*["']?([^\s"']+)/m },
  pelican: { file: 'pelicanconf.py', options: ['-s', '--settings'], key: /^OUTPUT_PATH\s*=\s*["']([^"']+)/m },
};

/** Directories elsewhere that a tool's settings name, and those of SQLite databases that variables name: migrations write there. */
function placesTold(command: ShellCommand, { context, sourceOf }: EffectScope): string[] {
  const told = TOLD_BY[posix.basename(command.name)];
  const source = told && sourceOf(posix.resolve(command.cwd ?? '/', optionValue(command, ...told.options)?.value ?? told.file));
  const value = told?.key.exec(source === undefined ? '' : (context.read(source) ?? ''))?.[1];
  const databases = [...Object.values(command.env), value].flatMap((one) => /^sqlite(?:\+\w+)?:\/\/\/(\/[^?]+)\/[^/?]+/.exec(one ?? '')?.[1] ?? []);
  const paths = [...databases, ...(value?.startsWith('/') ? [value] : [])];
  return paths.filter((path) => command.cwd !== undefined && !isWithin(path, command.cwd));
}

/** Absolute paths among the arguments: what is told to write elsewhere does. */
export function placesNamed(command: ShellCommand): string[] {
  const words = command.args.flatMap((word) => (word.known ? [word.value.replace(/^-{1,2}[\w-]+=/, '')] : []));
  return words.filter((word) => /^\/(?!dev\/|proc\/|tmp(\/|$)|etc\/)[\w.-]+/.test(word) && command.cwd !== undefined && !isWithin(word, command.cwd));
}

/** A program of which the effect is told from what it runs; decided where the whole file is known. */
function later(action: string, why: string): CommandRule {
  return (command) => effect('build', why, { action, command });
}

const poetry: CommandRule = (command) => {
  const [verb] = operands(command, ['-C', '--directory', '-P', '--project']);
  switch (verb?.value ?? '--version') {
    case 'install':
    case 'sync':
    case 'update':
    case 'add':
    case 'remove':
      return effect('build', 'installs Python packages', { action: 'python-install', command });
    case 'config':
      return effect('neutral', 'configures poetry', { action: 'poetry-config', command });
    case 'build':
      return working(command, NOWHERE);
    case 'lock':
    case 'export':
      return written(command, verb?.value === 'lock' ? 'poetry.lock' : undefined);
    case 'run':
      return within(command, verb as ShellWord);
    default:
      return effect('neutral', 'poetry only looks');
  }
};

const pipenv: CommandRule = (command) => {
  const [verb] = operands(command, ['--python']);
  const name = verb?.value ?? (command.args.length > 0 ? '--version' : 'install');
  if (/^(install|sync|update|upgrade)$/.test(name)) return effect('build', 'installs Python packages', { action: 'python-install', command });
  if (name === 'lock' || name === 'requirements') return written(command, name === 'lock' ? 'Pipfile.lock' : undefined);
  return name === 'run' && verb ? within(command, verb) : effect('neutral', 'pipenv only looks');
};

const UV_VALUED = [
  '--directory',
  '--project',
  '-p',
  '--python',
  '--extra',
  '--group',
  '--no-group',
  '--only-group',
  '--package',
  '--index-url',
  '--cache-dir',
  '--link-mode',
];

/** uv: https://docs.astral.sh/uv/reference/cli/ */
const uv: CommandRule = (command) => {
  const [verb, second] = operands(command, UV_VALUED);
  switch (verb?.value ?? '--version') {
    case 'sync':
    case 'add':
    case 'remove':
      return effect('build', 'installs Python packages', { action: 'python-install', command });
    case 'pip':
      return second && ['install', 'sync'].includes(second.value)
        ? effect('build', 'installs Python packages', { action: 'python-install', command })
        : effect('neutral', 'uv pip only looks');
    case 'venv': {
      const place = operands(command, UV_VALUED)[1];
      const path = pathOf(command, place ?? { value: '.venv', known: true });
      return path === undefined
        ? undefined
        : effect('build', 'makes a virtual environment', { action: 'python-venv', writes: [{ path, kind: 'tree' }], command });
    }
    case 'python':
      return second?.value === 'install' ? effect('build', 'installs a Python', { action: 'uv-python', command }) : effect('neutral', 'uv python only looks');
    case 'lock':
    case 'export':
      return written(command, verb?.value === 'lock' ? 'uv.lock' : undefined);
    case 'run':
      return within(command, verb as ShellWord);
    case 'tool':
    case 'build':
      return undefined;
    default:
      return effect('neutral', 'uv only looks');
  }
};

/** `poetry run X`: X, in the environment of the project. */
function within(command: ShellCommand, verb: ShellWord): Effect {
  return effect('build', `runs a command within ${command.name}`, {
    action: 'python-within',
    command: { ...command, args: command.args.slice(command.args.indexOf(verb) + 1) },
  });
}

/** `-o FILE`, or the lock file that it writes into its directory. */
function written(command: ShellCommand, file: string | undefined): Effect | undefined {
  const named = optionValue(command, '-o', '--output', '--output-file') ?? (file === undefined ? undefined : { value: file, known: true });
  if (!named) return effect('neutral', `${command.name} prints a list`);
  const path = pathOf(command, named);
  return path === undefined
    ? undefined
    : effect('build', 'writes a list of packages', {
        action: 'python-lock',
        writes: [{ path, kind: 'file', ...(file === undefined && { disposable: true }) }],
      });
}

const browsers: CommandRule = (command) =>
  hasOption(command, '--version') ? effect('neutral', 'only prints') : effect('build', 'installs browsers', { action: 'python-browsers', command });
const NOWHERE: Parameters<CommandRule>[1] = {
  user: '',
  context: { files: () => [], kind: () => undefined, read: () => undefined, ignores: () => false },
  sourceOf: () => undefined,
};

/** The rules of the tools around Python. `installs` gives the effect of an installing command. */
export function tools(installs: (command: ShellCommand) => Effect): Record<string, CommandRule> {
  return {
    ...Object.fromEntries(QUIET.map((name): [string, CommandRule] => [name, () => effect('neutral', `${name} leaves nothing that runs`)])),
    ...Object.fromEntries(WORKING.map((name) => [name, working])),
    flask,
    poetry,
    pipenv,
    uv,
    'django-admin': later('python-script', 'runs django-admin'),
    spacy: (command) =>
      operands(command)[0]?.value === 'download' ? installs({ ...command, name: 'pip', args: [{ text: 'spacy', value: 'spacy', known: true }] }) : undefined,
    playwright: browsers,
    patchright: browsers,
    camoufox: browsers,
    'pyppeteer-install': browsers,
  };
}

/** Modules that `python -m` runs, besides those that are commands as well. */
export const modules: Record<string, CommandRule> = {
  ...Object.fromEntries(
    ['site', 'sysconfig', 'platform', 'doctest', 'unittest', 'this', 'json.tool', 'timeit'].map((name): [string, CommandRule] => [
      name,
      () => effect('neutral', `${name} leaves nothing that runs`),
    ]),
  ),
  build: working,
  'grpc_tools.protoc': working,
  'babel.messages.frontend': working,
  compileall: later('python-compile', 'compiles Python files'),
  py_compile: later('python-compile', 'compiles Python files'),
  'nltk.downloader': later('python-data', 'downloads data of nltk'),
};
