import { posix } from 'node:path';
import { operands, optionValue, pathOf } from '../../effects/effect.ts';
import type { EffectScope } from '../../effects/rule.ts';
import type { ShellCommand, ShellWord } from '../../types.ts';
import { manifestAt } from './manifest.ts';

export type ManagerName = 'npm' | 'yarn' | 'pnpm';

/** A call of a package manager, taken apart. */
export interface Invocation {
  manager: ManagerName;
  verb: string;
  /** What follows the verb and is no option. */
  words: ShellWord[];
  /** Where it works; undefined if not known. */
  directory: string | undefined;
  global: boolean;
}

const VALUED = [
  '--prefix',
  '-C',
  '--cwd',
  '--dir',
  '--filter',
  '-F',
  '--registry',
  '--loglevel',
  '--cache',
  '--network-timeout',
  '--fetch-retries',
  '--fetch-timeout',
  '--omit',
  '--include',
  '--only',
  '--cache-folder',
  '--store-dir',
  '--reporter',
  '-w',
  '--workspace',
  '--modules-folder',
  '--mutex',
  '--maxsockets',
  '--audit-level',
  '--userconfig',
  '--global-dir',
];
/** pnpm's `-w` and yarn's take no value. */
const VALUED_BY: Record<ManagerName, string[]> = {
  npm: VALUED,
  yarn: VALUED.filter((name) => !['-w', '-C', '-F'].includes(name)),
  pnpm: VALUED.filter((name) => name !== '-w'),
};
const SHORT: Record<string, string> = {
  i: 'install',
  in: 'install',
  isntall: 'install',
  'clean-install': 'ci',
  ic: 'ci',
  'install-clean': 'ci',
  'run-script': 'run',
  rum: 'run',
  t: 'test',
  tst: 'test',
  exe: 'exec',
  x: 'exec',
  up: 'update',
  upgrade: 'update',
  rb: 'rebuild',
  c: 'config',
  r: 'rm',
  remove: 'rm',
  uninstall: 'rm',
  un: 'rm',
};

/** Takes a call of npm, yarn or pnpm apart, with the directory of the package that it works on; undefined for any other command. */
export function readInvocation(command: ShellCommand, scope: Pick<EffectScope, 'context' | 'sourceOf'>): Invocation | undefined {
  const call = takeApart(command);
  // npm looks upwards for a package.json: https://docs.npmjs.com/cli/v11/configuring-npm/folders#more-information
  return call?.manager === 'npm' && call.directory !== undefined ? { ...call, directory: packageAbove(call.directory, scope) } : call;
}

function packageAbove(directory: string, scope: Pick<EffectScope, 'context' | 'sourceOf'>): string {
  for (let place = directory; ; place = posix.dirname(place)) {
    if (manifestAt(place, scope)) return place;
    if (place === '/') return directory;
  }
}

function takeApart(command: ShellCommand): Invocation | undefined {
  const manager = managerOf(command.name);
  if (!manager) return undefined;
  const [first, ...rest] = operands(command, VALUED_BY[manager]);
  const directory = directoryOf(command, manager);
  if (manager === 'yarn' && first?.value === 'global') return { manager, verb: rest[0]?.value ?? '', words: rest.slice(1), directory, global: true };
  const global = command.args.some((word) => ['-g', '--global', '--location=global'].includes(word.value));
  return { manager, verb: verbOf(first, manager), words: rest, directory, global };
}

/** The verb without its short forms; '$' where it is not known. */
function verbOf(word: ShellWord | undefined, manager: ManagerName): string {
  if (word === undefined) return manager === 'yarn' ? 'install' : '';
  if (!word.known) return '$';
  return manager === 'yarn' ? word.value : (SHORT[word.value] ?? word.value);
}

function managerOf(name: string): ManagerName | undefined {
  const base = posix.basename(name);
  if (base === 'yarnpkg' || /^yarn-[\d.]+\.c?js$/.test(base)) return 'yarn';
  return base === 'npm' || base === 'yarn' || base === 'pnpm' ? base : undefined;
}

function directoryOf(command: ShellCommand, manager: ManagerName): string | undefined {
  const option = optionValue(command, ...(manager === 'yarn' ? ['--cwd'] : manager === 'pnpm' ? ['-C', '--dir'] : ['--prefix', '-C']));
  return option ? pathOf(command, option) : command.cwd;
}

/** Whether a call installs what package.json lists. */
export function isInstall({ manager, verb, global }: Invocation): boolean {
  return !global && (verb === 'install' || verb === 'ci' || (manager === 'npm' && ['install-test', 'it', 'cit', 'install-ci-test'].includes(verb)));
}

/** Whether an install leaves out what package.json lists under devDependencies. */
export function omitsDevelopment(command: ShellCommand): boolean {
  const words = command.args.map((word) => word.value);
  const text = ` ${words.join(' ')} `;
  if (/ (--include[= ]dev|--production=false|--prod=false|--also[= ]dev) /.test(text)) return false;
  if (/ (--omit[= ]dev|--only[= ]prod(uction)?|--production(=true)?|--prod(=true)?|-P|--no-dev) /.test(text)) return true;
  return (
    command.env.NODE_ENV === 'production' ||
    command.env.NPM_CONFIG_PRODUCTION === 'true' ||
    command.env.NPM_CONFIG_OMIT === 'dev' ||
    command.env.npm_config_production === 'true'
  );
}

/** Options of an install that hold for every later change of the same tree. */
export function lastingOptions(command: ShellCommand): string[] {
  return command.args
    .map((word) => word.value)
    .filter((value) => ['--legacy-peer-deps', '--force', '-f', '--no-optional', '--omit=optional', '--no-package-lock', '--install-links'].includes(value));
}
