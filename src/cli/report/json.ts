import type { Conversion } from '../../index.ts';
import type { Verification } from '../../verify/index.ts';

/** One object, as schema/conversion.schema.json describes it. */
export function reportJson({ explanation, ...conversion }: Conversion, explain: boolean, verification?: Verification): string {
  return `${JSON.stringify({ ...conversion, ...(verification && { verification }), ...(explain && explanation && { explanation }) }, undefined, 2)}\n`;
}
