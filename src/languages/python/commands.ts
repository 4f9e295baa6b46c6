import { posix } from 'node:path';
import { effect, hasOption, operands, optionValue, pathOf } from '../../effects/effect.ts';
import type { CommandRule } from '../../effects/rule.ts';
import type { Effect, ShellCommand } from '../../types.ts';
import { modules, tools } from './tools.ts';

const PIP_QUIET = new Set([
  'cache',
  'config',
  'list',
  'freeze',
  'check',
  'show',
  'search',
  'hash',
  'help',
  'debug',
  'inspect',
  'index',
  'completion',
  '-V',
  '--version',
]);
const PIP_VALUED = ['--cache-dir', '--proxy', '--timeout', '--retries', '--log', '--cert', '--trusted-host', '--python'];

/** The command, read as another program's: `python -m pip …` → `pip …`, in the same directory of programs. */
function as(command: ShellCommand, name: string, args: ShellCommand['args']): ShellCommand {
  const directory = command.name.includes('/') ? `${posix.dirname(command.name)}/` : '';
  return { ...command, name: `${directory}${name}`, args };
}

/** pip: https://pip.pypa.io/en/stable/cli/ */
const pip: CommandRule = (command) => {
  const [verb] = operands(command, PIP_VALUED);
  const name = verb?.value ?? '--version';
  if (PIP_QUIET.has(name)) return effect('neutral', 'pip only looks');
  const rest = command.args.slice(verb ? command.args.indexOf(verb) + 1 : 0);
  if (name === 'install') return installs(as(command, 'pip', rest));
  if (name === 'uninstall') return effect('build', 'removes Python packages', { action: 'python-uninstall', command: as(command, 'pip', rest) });
  if (name !== 'wheel' && name !== 'download') return undefined;
  const into = optionValue(command, '-w', '--wheel-dir', '-d', '--dest');
  const path = into ? pathOf(command, into) : command.cwd;
  return path === undefined || path === '/' ? undefined : effect('build', 'makes Python wheels', { action: 'python-wheels', writes: [{ path, kind: 'tree' }] });
};

function installs(command: ShellCommand): Effect {
  return effect('build', 'installs Python packages', { action: 'python-install', command });
}

const venv: CommandRule = (command) => {
  const places = operands(command, ['--prompt', '-p', '--python', '--seeder', '--app-data']).map((word) => pathOf(command, word));
  const [path] = places;
  return path === undefined
    ? undefined
    : effect('build', 'makes a virtual environment', { action: 'python-venv', writes: places.map((place) => ({ path: place as string, kind: 'tree' })) });
};

/** python: a module, a piece of code, a script: https://docs.python.org/3/using/cmdline.html */
const python: CommandRule = (command, scope) => {
  const at = command.args.findIndex((word) => !/^-[bBdEhiIOPqsSuvVxWX]+$/.test(word.value) || /^-[VmcX]$/.test(word.value));
  const word = command.args[at];
  if (!word || /^(-V|--version|-h|--help)$/.test(word.value)) return effect('neutral', 'python only prints');
  const next = command.args[at + 1];
  if (word.value === '-m' && next) return ofModule(command, next.value, command.args.slice(at + 2), scope);
  if (word.value === '-c')
    return effect('build', 'runs a piece of Python', { action: 'python-code', command: { ...command, args: command.args.slice(at + 1) } });
  if (word.value === '-') return effect('unknown', 'python - (a program from a pipe)');
  const script = { ...command, args: command.args.slice(at) };
  if (posix.basename(word.value) === 'get-pip.py') return installs(as(command, 'pip', [{ text: 'pip', value: 'pip', known: true }]));
  if (posix.basename(word.value) === 'setup.py') return setup(script);
  return effect('build', `runs ${word.value}`, { action: 'python-script', command: script });
};

/** setup.py: https://setuptools.pypa.io/en/latest/deprecated/commands.html */
function setup(command: ShellCommand): Effect | undefined {
  const verb = operands(command)[1]?.value ?? '';
  const project = command.args[0] && pathOf(command, command.args[0]);
  const directory = project === undefined ? undefined : posix.dirname(project);
  if (directory === undefined) return undefined;
  const here = (value: string) => [{ text: value, value, known: true }];
  if (verb === 'install') return installs(as({ ...command, cwd: directory }, 'pip', here('.')));
  if (verb === 'develop') return installs(as({ ...command, cwd: directory }, 'pip', [...here('-e'), ...here('.')]));
  return /^(build|build_ext|build_py|egg_info|sdist|bdist_wheel|test|check|compile_catalog)$/.test(verb)
    ? effect('build', `runs setup.py ${verb}`, { action: 'python-build', writes: [{ path: directory, kind: 'tree' }] })
    : undefined;
}

function ofModule(command: ShellCommand, module: string, rest: ShellCommand['args'], scope: Parameters<CommandRule>[1]): Effect | undefined {
  if (module === 'venv' || module === 'virtualenv') return venv(as(command, 'virtualenv', rest), scope);
  if (module === 'ensurepip') return installs(as(command, 'pip', [{ text: 'pip', value: 'pip', known: true }]));
  const rule = modules[module] ?? pythonCommands[module];
  if (rule && rule !== python) return rule(as(command, module, rest), scope);
  return effect('build', `runs the module ${module}`, { action: 'python-module', command: as(command, module, rest) });
}

const easyInstall: CommandRule = (command) =>
  hasOption(command, '--version') ? effect('neutral', 'easy_install only prints') : installs(as(command, 'pip', command.args));

/** `source venv/bin/activate` is followed by the shell reader; any other file is for the shell. */
const source: CommandRule = (command) =>
  /(^|\/)bin\/activate$/.test(command.args[0]?.value ?? '') ? effect('neutral', 'enters a virtual environment') : undefined;

const versions = ['', '2', '2.7', '3', ...Array.from({ length: 20 }, (_, minor) => `3.${minor}`)];

/** The rules of Python's own commands and of the tools that build with it. */
export const pythonCommands: Record<string, CommandRule> = {
  ...tools(installs),
  ...Object.fromEntries(
    versions.flatMap((version) => [[`python${version}`, python] as const, [`pip${version}`, pip] as const, [`pip-${version}`, pip] as const]),
  ),
  pypy3: python,
  virtualenv: venv,
  easy_install: easyInstall,
  '.': source,
  source,
};
