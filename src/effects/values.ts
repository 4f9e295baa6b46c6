import type { ImageState } from '../types.ts';

/** The variables that a text names, as they stand: build arguments hide those of the environment. */
export function valuesNamed(text: string, { env, args }: ImageState): Record<string, string | undefined> {
  const values: Record<string, string | undefined> = {};
  for (const [, name = ''] of text.matchAll(/\$(?=\{?([A-Za-z_]\w*|\d+|[@*#?$!-]))/g)) {
    if (Object.hasOwn(args, name)) values[name] = args[name];
    else if (Object.hasOwn(env, name)) values[name] = env[name];
  }
  return values;
}
