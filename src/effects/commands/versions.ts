import { posix } from 'node:path';
import { fillsTree, looks, operands, placeOf, worksIn } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

/** A manager of versions that keeps them below one directory. */
function versions(variable: string | undefined, below: string, what: string, quiet: RegExp): CommandRule {
  return (command) => {
    const [verb] = operands(command);
    if (!verb || quiet.test(verb.value)) return looks(command);
    return fillsTree(placeOf(command, variable, below), `installs versions of ${what}`, 'version-install');
  };
}

const VERSIONS_QUIET = /^(list|ls|versions|version|help|which|commands|root|prefix|current|ls-remote|--version|init|--list|latest)$/;

/** n keeps its programs in /usr/local, or where its variable says. */
const n: CommandRule = (command) =>
  operands(command).length === 0 ? looks(command) : fillsTree(command.env.N_PREFIX ?? '/usr/local', 'installs a version of Node.js', 'version-install');

/** Emscripten's SDK fills the directory that its program stands in. */
const emsdk: CommandRule = (command) => {
  if (!command.name.includes('/') || command.cwd === undefined) return undefined;
  return worksIn(posix.dirname(posix.resolve(command.cwd, command.name)), 'fills the SDK', 'version-install');
};

/** Managers of versions of languages. */
export const versionRules: Record<string, CommandRule> = {
  ...{ n, emsdk },
  nvm: versions('NVM_DIR', '.nvm', 'Node.js', VERSIONS_QUIET),
  rbenv: versions('RBENV_ROOT', '.rbenv', 'Ruby', VERSIONS_QUIET),
  pyenv: versions('PYENV_ROOT', '.pyenv', 'Python', VERSIONS_QUIET),
  goenv: versions('GOENV_ROOT', '.goenv', 'Go', VERSIONS_QUIET),
  nodenv: versions('NODENV_ROOT', '.nodenv', 'Node.js', VERSIONS_QUIET),
  sdk: versions('SDKMAN_DIR', '.sdkman', 'Java', VERSIONS_QUIET),
  swiftenv: versions('SWIFTENV_ROOT', '.swiftenv', 'Swift', VERSIONS_QUIET),
  asdf: versions('ASDF_DATA_DIR', '.asdf', 'programs', VERSIONS_QUIET),
  ghcup: versions(undefined, '.ghcup', 'Haskell', VERSIONS_QUIET),
  volta: versions('VOLTA_HOME', '.volta', 'Node.js', VERSIONS_QUIET),
  phpbrew: versions('PHPBREW_ROOT', '.phpbrew', 'PHP', VERSIONS_QUIET),
};
