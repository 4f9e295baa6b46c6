import { withSession } from '../engine/session.ts';
import type { Decision } from '../types.ts';
import { ladder, type Rung } from './rungs.ts';
import type { Verification } from './types.ts';
import { compareWith, makeBefore, type VerifyInput } from './verify.ts';

export interface Climbed {
  /** The first that does the same; absent where none does. */
  taken?: Rung;
  /** Of the one that was taken, else of the last. */
  verification: Verification;
  /** What was tried, and what became of it. */
  decisions: Decision[];
}

/**
 * Builds and runs conversions, the smallest first, until one does what the first Dockerfile does. One that cannot be judged by
 * running is taken only where it is the one that was found to be right without an engine.
 */
export async function climb(rungs: readonly Rung[], input: Omit<VerifyInput, 'after'> & { ignore?: string }): Promise<Climbed> {
  const { ignore, engine: program, signal } = input;
  return withSession({ program, signal }, async (session) => {
    const full = (text: string): VerifyInput => ({ ...input, after: { text, ...(ignore !== undefined && { ignore }) } });
    const before = await makeBefore(session, full(''));
    const decisions: Decision[] = [];
    let last: Verification | undefined;
    for (const [index, rung] of ladder(rungs).entries()) {
      input.tell?.(`trying ${rung.conversion.message}`);
      last = await compareWith(session, before, full(rung.conversion.dockerfile ?? ''), { role: `after-${index}`, brief: true });
      if (last.verdict === 'before-fails') break;
      if (last.verdict === 'same' || (last.verdict === 'cannot-judge' && rung.target === 'auto')) return { taken: rung, verification: last, decisions };
      decisions.push({ code: 'rung-failed', message: `${rung.conversion.message} was tried and left: ${whyLeft(last)}` });
    }
    if (!last) throw new Error('no rungs');
    return { verification: last, decisions };
  });
}

function whyLeft({ verdict, message, log = [] }: Verification): string {
  return verdict === 'after-fails' ? `it does not build: ${log.at(-1) ?? message}` : message;
}
