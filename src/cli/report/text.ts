import type { Conversion, Decision } from '../../index.ts';
import type { Colors } from '../color.ts';

/** The unified diff, coloured as git does it. */
export function reportDiff({ diff = '' }: Conversion, colors: Colors): string {
  if (!colors.isColorSupported) return diff;
  return diff.replace(/^(?:(---|\+\+\+) .*|(@@.*@@)(.*)|(-.*)|(\+.*))$/gm, (line, file, hunk, rest, removed, added) => {
    if (file) return colors.bold(line);
    if (hunk) return `${colors.cyan(hunk)}${rest}`;
    return removed ? colors.red(line) : added ? colors.green(line) : line;
  });
}

/** What happened, in a few lines for people. */
export function reportText(conversion: Conversion, written: string | undefined, colors: Colors): string {
  const lines = conversion.outcome === 'converted' ? converted(conversion, written, colors) : stopped(conversion, colors);
  return `${lines.join('\n')}\n`;
}

function converted({ path, message, estimate, decisions }: Conversion, written: string | undefined, colors: Colors): string[] {
  const sizes = estimate ? `, about ${megabytes(estimate.beforeBytes)} → ${megabytes(estimate.afterBytes)} (estimate of the bases)` : '';
  return [
    `${colors.bold(printable(path))}: ${colors.green(printable(message))}${sizes}`,
    ...decisions.map((decision) => `  ${printable(decisionText(decision))} ${colors.dim(`[${decision.code}]`)}`),
    ...(written === undefined ? [] : [`  written to ${printable(written)}`]),
  ];
}

function decisionText({ line, message }: Decision): string {
  return line === undefined ? message : `line ${line}: ${message}`;
}

function stopped({ path, line, outcome, message, code, help }: Conversion, colors: Colors): string[] {
  const place = line === undefined ? path : `${path}:${line}`;
  const tone = outcome === 'unchanged' ? colors.yellow : colors.red;
  return [`${colors.bold(printable(place))}: ${tone(printable(message))} ${colors.dim(`[${code}]`)}`, ...(help === '' ? [] : [`  ${printable(help)}`])];
}

export function megabytes(bytes: number): string {
  return `${Math.max(1, Math.round(bytes / (1024 * 1024)))} MB`;
}

/** One line without what steers a terminal: texts quote the Dockerfile. */
export function printable(text: string): string {
  const escaped = (character: string) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/\s+/g, ' ').replace(/[\u0000-\u001f\u007f-\u009f]/g, escaped);
}
