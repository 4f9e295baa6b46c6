import type { Verification } from '../../verify/index.ts';
import type { Colors } from '../color.ts';
import { megabytes, printable } from './text.ts';

const LEFT = 5;
const VERDICTS: readonly Verification['verdict'][] = ['same', 'differs', 'after-fails', 'before-fails', 'cannot-judge'];

/** What a verification found, for people. */
export function reportVerification(found: Verification, colors: Colors): string {
  const { path, verdict, message, help, differences, changes, log = [] } = found;
  const tone = verdict === 'same' ? colors.green : verdict === 'differs' || verdict === 'after-fails' ? colors.red : colors.yellow;
  const headline = `${colors.bold(printable(path))}: ${tone(verdict)}${verdict === 'same' || verdict === 'differs' ? '' : `: ${printable(message)}`}`;
  const lines = [
    `${headline}${sizes(found)}`,
    ...differences.map(
      (difference) => `  ${colors.red('differs')} ${printable(difference.message)} ${colors.dim(`[${difference.aspect}: ${difference.what}]`)}`,
    ),
    ...changes.map((change) => `  ${colors.dim(`changed ${printable(change)}`)}`),
    ...log.map((line) => `  ${colors.dim(`| ${printable(line)}`)}`),
    ...(found.checked.length > 0 ? [`  looked at ${found.checked.map(printable).join('; ')}`] : []),
    ...leftBehind(found),
    ...packageLines(found),
    ...[found.before?.image, found.after?.image].flatMap((image) => (image ? [`  kept ${image}`] : [])),
    ...(help === '' ? [] : [`  ${printable(help)}`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** What many verifications found: those of `told` in full, then how many of `all` there are of each verdict. */
export function reportVerifications(told: readonly Verification[], all: readonly Verification[], colors: Colors): string {
  const counts = VERDICTS.map((verdict) => [verdict, all.filter((found) => found.verdict === verdict).length] as const).filter(([, count]) => count > 0);
  const sum = counts.length === 0 ? '' : `${colors.bold(`${all.length} verified`)}: ${counts.map(([verdict, count]) => `${count} ${verdict}`).join(', ')}\n`;
  return `${told.map((found) => reportVerification(found, colors)).join('')}${sum}`;
}

function sizes({ before, after }: Verification): string {
  if (!before || !after) return '';
  const share = before.size === 0 ? '' : ` (${Math.round((100 * after.size) / before.size)} %)`;
  return `, ${megabytes(before.size)} → ${megabytes(after.size)}${share}, ${before.layers} → ${after.layers} layers`;
}

function leftBehind({ sizes: report }: Verification): string[] {
  const shown = (report?.left ?? []).slice(0, LEFT).filter(({ bytes }) => bytes >= 1024 * 1024);
  return shown.length === 0 ? [] : [`  left behind: ${shown.map(({ what, bytes }) => `${what} ${megabytes(bytes)}`).join(', ')}`];
}

function packageLines({ packages }: Verification): string[] {
  if (!packages) return [];
  const { before, after, gone, added, vulnerabilities } = packages;
  const counts = (found: Record<string, number>) =>
    Object.entries(found)
      .map(([severity, count]) => `${count} ${severity.toLowerCase()}`)
      .join(', ') || 'none';
  return [
    `  packages: ${before} → ${after} (${gone.length} gone, ${added.length} new)`,
    ...(vulnerabilities ? [`  known vulnerabilities: ${counts(vulnerabilities.before)} → ${counts(vulnerabilities.after)}`] : []),
  ];
}
