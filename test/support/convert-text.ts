import { type Conversion, convert, memoryContext, type Options } from '../../src/index.ts';

/** Converts a Dockerfile over a context held in memory. */
export function convertText(text: string, files: Record<string, string>, options: Partial<Options> = {}): Conversion {
  return convert({ text, path: 'Dockerfile', context: memoryContext(files), contextPath: '.', options });
}

/** The last stage of what was converted; the message where nothing was. */
export function finalStage(conversion: Conversion): string {
  const text = conversion.dockerfile ?? `${conversion.code}: ${conversion.message}`;
  return text.slice(text.lastIndexOf('\nFROM ') + 1);
}

/** What stands before the last stage; the message where nothing was converted. */
export function builderStage(conversion: Conversion): string {
  const text = conversion.dockerfile ?? `${conversion.code}: ${conversion.message}`;
  return text.slice(0, text.lastIndexOf('\nFROM ') + 1);
}
