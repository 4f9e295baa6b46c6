import { compareVersions } from './base.ts';
import { loadTable } from './load.ts';

/**
 * Whether a version of a package has a wheel for a Python (`3.12`) on both usual processors, so that nothing is compiled.
 * False where the table does not know. From python-wheels.json.
 */
export function hasWheels(name: string, version: string, python: string): boolean {
  const since = loadTable<Record<string, Record<string, string>>>('python-wheels')[name]?.[python];
  return since !== undefined && compareVersions(version, since) >= 0;
}
