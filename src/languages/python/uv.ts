import type { ShellCommand } from '../../types.ts';
import type { Facts } from '../language.ts';
import { requestsOf } from './interpreters.ts';
import { minorVersion } from './places.ts';
import { fitsVersion } from './versions.ts';

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
  const minor = minorVersion(facts);
  const fits = minor !== undefined && requestsOf('uv', directory, command, facts).every(({ asks }) => fitsVersion(minor, asks));
  return fits ? undefined : (env.UV_PYTHON_INSTALL_DIR ?? `${home}/.local/share/uv/python`);
}
