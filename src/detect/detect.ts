import { languages } from '../languages/index.ts';
import type { BuildContext, Detection } from '../types.ts';

/** The languages that the context holds, surest first. */
export function detectAll(context: BuildContext): Detection[] {
  return languages.flatMap((language) => language.detect(context) ?? []).sort((one, other) => other.confidence - one.confidence);
}
