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
  return `${lines.map(printable).join('\n')}\n`;
}

function converted({ path, message, estimate, decisions }: Conversion, written: string | undefined, colors: Colors): string[] {
  const sizes = estimate ? `, about ${megabytes(estimate.beforeBytes)} → ${megabytes(estimate.afterBytes)} (estimate of the bases)` : '';
  return [
    `${colors.bold(path)}: ${colors.green(message)}${sizes}`,
    ...decisions.map((decision) => `  ${decisionLine(decision)} ${colors.dim(`[${decision.code}]`)}`),
    ...(written === undefined ? [] : [`  written to ${written}`]),
  ];
}

function decisionLine({ line, message }: Decision): string {
  return line === undefined ? message : `line ${line}: ${message}`;
}

function stopped({ path, line, outcome, message, code, help }: Conversion, colors: Colors): string[] {
  const place = line === undefined ? path : `${path}:${line}`;
  const tone = outcome === 'unchanged' ? colors.yellow : colors.red;
  return [`${colors.bold(place)}: ${tone(message)} ${colors.dim(`[${code}]`)}`, ...(help === '' ? [] : [`  ${help}`])];
}

function megabytes(bytes: number): string {
  return `${Math.max(1, Math.round(bytes / (1024 * 1024)))} MB`;
}

/** Texts quote the Dockerfile; what steers a terminal must not get through. Colours of our own stay. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/(\u001b\[\d{1,2}m)|[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, (found, color) => color ?? `\\x${found.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
