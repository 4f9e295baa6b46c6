import type { ImageState } from '../types.ts';
import { oncePer } from './once.ts';

type Values = Record<string, string | undefined>;

/** The variables that an instruction may name: build arguments hide those of the environment. */
export const valuesOf = oncePer(({ env, args }: ImageState): Values => ({ ...env, ...args }));

/** Those of them that a text names, for an instruction after which there is another state. */
export function valuesNamed(text: string, { env, args }: ImageState): Values {
  const values: Values = {};
  for (const [, name = ''] of text.matchAll(/\$(?=\{?([A-Za-z_]\w*|\d+|[@*#?$!-]))/g)) {
    if (Object.hasOwn(args, name)) values[name] = args[name];
    else if (Object.hasOwn(env, name)) values[name] = env[name];
  }
  return values;
}
