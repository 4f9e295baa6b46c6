import type { Conversion } from '../../index.ts';

/** One object, as schema/conversion.schema.json describes it. */
export function reportJson({ explanation, ...conversion }: Conversion, explain: boolean): string {
  return `${JSON.stringify({ ...conversion, ...(explain && explanation && { explanation }) }, undefined, 2)}\n`;
}
