import { posix } from 'node:path';
import { optionValue } from '../../effects/effect.ts';
import { compareVersions } from '../../knowledge/base.ts';
import type { ShellCommand } from '../../types.ts';
import type { Facts } from '../language.ts';
import { readProject } from './manifests.ts';
import { minorVersion } from './places.ts';

/**
 * Where uv keeps a Python of its own, if it may download one for the project in `directory`: the environment links to it then.
 * Undefined where the image's Python is sure to fit. https://docs.astral.sh/uv/concepts/python-versions/#managed-and-system-python-installations
 */
export function managedPython(
  command: ShellCommand,
  directory: string,
  facts: Pick<Facts, 'base' | 'source' | 'context' | 'sourceOf'>,
  home: string,
): string | undefined {
  const { env } = command;
  if (/^(never|0|false|manual)$/.test(env.UV_PYTHON_DOWNLOADS ?? '') || env.UV_PYTHON_PREFERENCE === 'only-system' || env.UV_NO_MANAGED_PYTHON !== undefined)
    return undefined;
  const source = facts.sourceOf(posix.join(directory, 'pyproject.toml'));
  const project = source === undefined ? undefined : readProject(facts.context, posix.dirname(source).replace(/^\.$/, ''));
  const asked = facts.sourceOf(posix.join(directory, '.python-version'));
  const requests = [
    optionValue(command, '--python', '-p')?.value ?? env.UV_PYTHON,
    project?.python,
    asked === undefined ? undefined : facts.context.read(asked)?.trim(),
  ];
  const minor = minorVersion(facts);
  const fits = minor !== undefined && requests.every((request) => request === undefined || /^\/|^python3?$/.test(request) || fitsVersion(minor, request));
  return fits ? undefined : (env.UV_PYTHON_INSTALL_DIR ?? `${home}/.local/share/uv/python`);
}

/** Whether every patch of a minor version (`3.12`) fits a request: `>=3.10,<4`, `3.12`, `^3.9`. */
export function fitsVersion(minor: string, request: string): boolean {
  return request.split(',').every((part) => {
    const [, operator = '', version = ''] = /^\s*(>=|<=|==|~=|!=|>|<|\^|~)?\s*v?(\d+(?:\.\d+)*)(?:\.\*)?\s*$/.exec(part) ?? [];
    if (version === '') return false;
    const plain = version.split('.').slice(0, 2).join('.');
    const exact = version.split('.').length > 2 && !/\.0$/.test(version);
    const order = compareVersions(minor, plain);
    switch (operator) {
      case '>=':
        return order > 0 || (order === 0 && !exact);
      case '>':
        return order > 0;
      case '<':
        return order < 0;
      case '<=':
        return order < 0;
      case '!=':
        return order !== 0;
      case '^':
      case '~=':
        return minor.split('.')[0] === plain.split('.')[0] && (order > 0 || (order === 0 && !exact));
      default:
        return version.split('.').length === 1 ? minor.startsWith(`${version}.`) : order === 0 && version.split('.').length === 2;
    }
  });
}
