import { posix } from 'node:path';
import type { Effect, ShellCommand } from '../../types.ts';
import { effect, fillsTree, looks, optionValue, parseOptions, pathOf, placeOf, valueOf } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

/** Where conda itself stands: by its own path, a variable, or PATH. */
function condaRoot(command: ShellCommand): string | undefined {
  const own = /^(\/.+)\/(?:bin|condabin)\/[\w.-]+$/.exec(command.name)?.[1];
  const path = (command.env.PATH ?? '').split(':').find((part) => /conda|mamba|miniforge/i.test(part) && part.endsWith('/bin'));
  return own ?? command.env.CONDA_DIR ?? command.env.MAMBA_ROOT_PREFIX ?? (path === undefined ? undefined : posix.dirname(path));
}

function condaInit(command: ShellCommand): Effect | undefined {
  const path = placeOf(command, undefined, '.bashrc');
  return path === undefined ? undefined : effect('both', 'lets shells find conda', { action: 'edit', writes: [{ path, kind: 'file', edited: true }] });
}

/** conda, mamba: the tree of conda with all environments in it, or the one named by its path. */
const conda: CommandRule = (command) => {
  const parsed = parseOptions(command.args, 'npcf', ['--name', '--prefix', '--channel', '--file', '--revision', '--solver', '--root-prefix']);
  const [verb] = parsed.words;
  if (!verb || /^(info|list|search|config|clean|activate|deactivate|doctor|--version|package|notices|compare|shell\.?.*)$/.test(verb.value))
    return looks(command);
  if (verb.value === 'init') return condaInit(command);
  if (!/^(install|create|update|upgrade|env|remove|uninstall|self-update|build|index|develop|repoquery)$/.test(verb.value)) return undefined;
  if (verb.value === 'env' && /^(list|export|config)$/.test(parsed.words[1]?.value ?? '')) return looks(command);
  const told = valueOf(parsed, '-p', '--prefix');
  const place = told && pathOf(command, told);
  if (told && place === undefined) return undefined;
  return fillsTree(condaRoot(command) ?? place, 'fills an environment of conda', 'conda-install', place === undefined ? [] : [{ path: place, kind: 'tree' }]);
};

/** Installers of miniconda and its kin: `bash miniconda.sh -b -p /opt/conda`. */
export function condaInstaller(file: string, command: ShellCommand): Effect | undefined {
  if (!/(conda|mamba|miniforge)[\w.-]*\.sh$/i.test(file) || !command.args.some((word) => /^-\w*b/.test(word.value))) return undefined;
  const told = optionValue(command, '-p') ?? bundled(command);
  return told && fillsTree(pathOf(command, told), 'installs conda', 'conda-install');
}

function bundled(command: ShellCommand): ShellCommand['args'][number] | undefined {
  const at = command.args.findIndex((word) => /^-[a-z]+p$/.test(word.value));
  return at < 0 ? undefined : command.args[at + 1];
}

/** conda and what replaces it. */
export const condaRules: Record<string, CommandRule> = { conda, mamba: conda, micromamba: conda };
