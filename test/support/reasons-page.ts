import { reasons } from '../../src/reasons.ts';

const OUTCOMES = [
  ['converted', 'There is a multi-stage Dockerfile. The exit code is 0.'],
  ['unchanged', 'The Dockerfile is left as it is, for nothing would be gained. The exit code is 0.'],
  ['refused', 'Nothing proves that a multi-stage Dockerfile would do all that this one does. The exit code is 3.'],
  ['failed', 'The input cannot be used. The exit code is 2.'],
] as const;

/** docs/reasons.md: every reason of reasons.ts with its message and what the user can do; names in braces are filled in. */
export function reasonsPage(): string {
  const tables = OUTCOMES.map(([outcome, meaning]) => {
    const rows = Object.entries(reasons).filter(([, reason]) => reason.outcome === outcome);
    return [
      `## ${outcome}`,
      meaning,
      [
        '| code | message | what to do |',
        '|---|---|---|',
        ...rows.map(([code, { message, help }]) => `| \`${code}\` | ${cell(message)} | ${cell(help)} |`),
      ].join('\n'),
    ].join('\n\n');
  });
  const head =
    'The code is what `--json` gives as `code` and the report prints in brackets. Made from [src/reasons.ts](../src/reasons.ts) by `UPDATE=1 npx jest test/reasons-page`.';
  return `${['# Reasons', head, ...tables].join('\n\n')}\n`;
}

function cell(text: string): string {
  return text.replace(/\{(\w+)\}/g, '*$1*').replaceAll('|', '\\|');
}
