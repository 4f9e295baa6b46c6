import { posix } from 'node:path';
import type { Need } from '../../types.ts';
import type { Facts } from '../language.ts';
import { isFullPython } from './places.ts';
import type { PythonSource } from './sources.ts';

const DEJAVU = /(^|\/)DejaVu(Sans|Serif)[\w-]*\.ttf$/;

/**
 * Fonts that sources name and full images have: ImageMagick's libraries need fontconfig, which needs DejaVu
 * (https://packages.debian.org/bookworm/fontconfig-config).
 */
export function fontNeeds({ base, context }: Facts, sources: readonly PythonSource[]): Need[] {
  if (!isFullPython(base) || base.packageManager !== 'apt') return [];
  const own = new Set((context.files() ?? []).map((file) => posix.basename(file)));
  const found = sources.flatMap(({ file, literals }) =>
    literals
      .filter(({ value }) => DEJAVU.test(value) && !own.has(posix.basename(value)))
      .map(({ value, line }) => ({ file, line, note: `names the font ${value}` })),
  );
  return found.slice(0, 1).map((evidence): Need => ({ kind: 'packages', name: 'fonts-dejavu-core', manager: 'apt', evidence }));
}
