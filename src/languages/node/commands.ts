import { effect, hasOption, operands } from '../../effects/effect.ts';
import type { CommandRule, ShellCommand } from '../../types.ts';

const INSTALLS = new Set(['install', 'i', 'ci', 'add', 'clean-install', 'rebuild']);
const QUIET = new Set(['cache', 'config', 'set', 'get', 'version', '-v', '--version', 'audit', 'test', 't', 'lint', 'fund', 'ls', 'store', 'import', 'view', 'help', 'why', 'outdated']);

/** npm, yarn and pnpm: an install fills the directory it runs in, any other script may write all over it. */
const manager: CommandRule = (command) => {
  const [verb, ...rest] = operands(command, ['--prefix', '-C', '--cwd', '--filter', '-F', '--registry', '--loglevel']);
  const name = verb?.value ?? 'install';
  if (hasOption(command, '-g', '--global') || (command.name === 'yarn' && name === 'global')) {
    return effect('both', 'installs programs for the whole image', { action: 'node-global', users: [], reads: rest.map((word) => word.value) });
  }
  if (QUIET.has(name)) return effect('neutral', `${command.name} ${name} leaves nothing that runs`);
  const directory = directoryOf(command);
  if (directory === undefined) return undefined;
  const action = command.name === 'yarn' && verb === undefined ? 'node-install' : INSTALLS.has(name) ? 'node-install' : name === 'prune' ? 'node-prune' : 'node-script';
  return effect('build', action === 'node-install' ? 'installs dependencies' : `runs ${command.name} ${name}`, { action, writes: [{ path: directory, kind: 'tree' }] });
};

/** A program of the project, run by Node: it may write anywhere in its directory. */
const script: CommandRule = (command) => (command.cwd === undefined ? undefined : effect('build', `runs ${command.name}`, { action: 'node-script', writes: [{ path: command.cwd, kind: 'tree' }] }));

function directoryOf(command: ShellCommand): string | undefined {
  return command.cwd;
}

export const nodeCommands: Record<string, CommandRule> = {
  npm: manager,
  yarn: manager,
  pnpm: manager,
  yarnpkg: manager,
  npx: script,
  node: script,
  tsc: script,
  corepack: () => effect('runtime', 'makes yarn and pnpm known', { action: 'corepack' }),
};
