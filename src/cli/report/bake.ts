import type { Conversion } from '../../index.ts';
import type { Colors } from '../color.ts';
import { printable, reportText } from './text.ts';

export interface Baked {
  file: string;
  /** How many stand in it. */
  projects: number;
  left: readonly Conversion[];
}

/** What a bake file has, and why it has not the others. `quiet`: only what is wrong. */
export function reportBake({ file, projects, left }: Baked, quiet: boolean, colors: Colors): string {
  const told = quiet ? left.filter(({ outcome }) => outcome === 'failed') : left;
  const reasons = told.map((conversion) => reportText(conversion, undefined, colors)).join('');
  const written = projects === 0 ? 'not written: there is nothing to build' : `${projects} before and after`;
  const others = left.length === 0 ? '' : `, ${left.length} left out`;
  return quiet ? reasons : `${reasons}${colors.bold(printable(file))}: ${written}${others}\n`;
}
