import type { Effect, LabelledInstruction } from '../types.ts';
import { isPackageSource } from './effect.ts';
import { withEffects } from './settle-each.ts';

/**
 * Files that packages are installed from, or that say where packages come from, are brought again in the final stage by the
 * commands that brought them: `wget a.deb && dpkg -i a.deb`, `curl … > key.gpg && mv key.gpg /etc/apt/trusted.gpg.d/`. A
 * package file of another origin stays unknown.
 */
export function settleSources(labelled: readonly LabelledInstruction[]): LabelledInstruction[] {
  const order = labelled.flatMap((one) => (one.segments ?? []).flatMap((part) => part.effects));
  const again = new Map<Effect, string>();
  for (const [at, effect] of order.entries()) if (readsFile(effect)) bringAgain(effect, at, order, again);
  if (again.size === 0) return [...labelled];
  return labelled.map((one) =>
    withEffects(one, (effect) => {
      const action = again.get(effect);
      return action === undefined ? effect : { ...effect, role: 'runtime', action, why: whyOf(effect, action) };
    }),
  );
}

function readsFile({ action, reads }: Effect): boolean {
  return (action === 'package-file' || action === 'package-source') && reads.length > 0;
}

/** Marks what brings the files that an effect reads, and what removes them afterwards. */
function bringAgain(effect: Effect, at: number, order: readonly Effect[], again: Map<Effect, string>): void {
  const chain = producersOf(effect.reads, order.slice(0, at));
  if (chain === undefined) return;
  const made = [effect, ...chain];
  const action = effect.action === 'package-file' ? 'package-file' : 'package-source';
  const removals = order.slice(at).filter((one) => onlyRemoves(one, made));
  for (const one of [...made, ...removals]) if (again.get(one) !== 'package-file') again.set(one, action);
}

function whyOf(effect: Effect, action: string): string {
  return effect.role === 'unknown' ? 'installs a package file' : action === 'package-file' ? `${effect.why} for an install` : effect.why;
}

/** The commands that bring the files, those that bring what these are made of first; undefined where one cannot be had again. */
function producersOf(paths: readonly string[], before: readonly Effect[]): Effect[] | undefined {
  const found: Effect[] = [];
  for (const path of paths) {
    const at = before.findLastIndex((effect) => effect.writes.some((write) => write.path === path && write.kind === 'file' && !write.edited));
    const one = before[at];
    if (!one || (one.role !== 'both' && one.action !== 'package-source')) return undefined;
    // A copy of a file that nobody is seen to bring may be one of the context's, which is copied anyway.
    const deeper = one.reads.length > 0 ? producersOf(one.reads, before.slice(0, at)) : [];
    if (deeper === undefined) return undefined;
    found.push(...deeper, one);
  }
  return found;
}

/** Whether all that a command removes are those files. */
function onlyRemoves(effect: Effect, made: readonly Effect[]): boolean {
  if (effect.action !== 'remove' || effect.writes.length === 0) return false;
  const paths = made.flatMap((one) => [...one.reads, ...one.writes.map((write) => write.path)]).filter((path) => !isPackageSource(path));
  return effect.writes.every((write) => paths.includes(write.path));
}
