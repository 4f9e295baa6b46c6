import { loadTable } from './load.ts';

/**
 * Whether the configure script of a project, named by the directory of its sources (`cups-2.4.7`), installs into the system
 * (/etc, /usr, /var) unless it is told otherwise. From configure-defaults.json.
 */
export function installsElsewhere(directory: string): boolean {
  const name = directory.toLowerCase().replace(/[-_]?v?\d[\w.-]*$/, '');
  return loadTable<{ elsewhere: string }>('configure-defaults').elsewhere.split(' ').includes(name);
}
