import type { Effect, LabelledInstruction } from '../types.ts';
import { withEffects } from './settle-each.ts';

/** Which of the paths that were written before a pattern stands for: `rm *.tar.gz` removes what `wget` brought. */
export function settleGlobs(labelled: readonly LabelledInstruction[]): LabelledInstruction[] {
  const written = new Set<string>();
  return labelled.map((one) =>
    withEffects(one, (effect) => {
      const settled = settleEffect(effect, written);
      if (effect.action !== 'remove') for (const { path } of effect.writes) written.add(path);
      return settled;
    }),
  );
}

function settleEffect(effect: Effect, written: ReadonlySet<string>): Effect {
  if (effect.action === 'remove') {
    const found = meant(
      effect.writes.map(({ path }) => path),
      written,
    );
    return found.length === 0 ? effect : { ...effect, writes: [...effect.writes, ...found.map((path) => ({ path, kind: 'tree' as const, edited: true }))] };
  }
  if (effect.action !== 'copy') return effect;
  const found = meant(effect.reads, written);
  return found.length === 0 ? effect : { ...effect, reads: [...effect.reads, ...found] };
}

function meant(patterns: readonly string[], written: ReadonlySet<string>): string[] {
  const globs = patterns.filter((path) => /[*?]/.test(path)).map(toPattern);
  return globs.length === 0 ? [] : [...written].filter((path) => !patterns.includes(path) && globs.some((glob) => glob.test(path)));
}

function toPattern(glob: string): RegExp {
  const text = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  return new RegExp(`^${text}$`);
}
