import type { Conversion } from '../types.ts';

/** One conversion that may be taken: the same Dockerfile on another final base. */
export interface Rung {
  /** Kind of the final base: auto is what was found without an engine. */
  target: string;
  conversion: Conversion;
}

/** The smallest first, by estimate; of equal texts one, under the name it has without an engine. */
export function ladder(rungs: readonly Rung[]): Rung[] {
  const converted = rungs.filter(({ conversion }) => conversion.dockerfile !== undefined);
  const byText = new Map<string, Rung>();
  for (const rung of converted) {
    const text = rung.conversion.dockerfile ?? '';
    if (!byText.has(text) || rung.target === 'auto') byText.set(text, rung);
  }
  const size = ({ conversion }: Rung) => conversion.estimate?.afterBytes ?? Number.POSITIVE_INFINITY;
  return [...byText.values()].sort((a, b) => size(a) - size(b));
}
