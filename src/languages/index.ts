import { go } from './go/index.ts';
import type { Language } from './language.ts';
import { node } from './node/index.ts';
import { python } from './python/index.ts';

/** The languages, in the order in which they are asked; the first that starts the program has it. */
export const languages: readonly Language[] = [go, node, python];
