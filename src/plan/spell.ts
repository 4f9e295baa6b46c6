import type { Flag } from '../types.ts';

/** The flags of an instruction as they stand before its value, each with a blank after it. */
export function spellFlags(flags: readonly Flag[]): string {
  return flags.map((flag) => `--${flag.name}${flag.value === '' ? '' : `=${flag.value}`} `).join('');
}

/** A text as a pattern that matches nothing else. */
export function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
