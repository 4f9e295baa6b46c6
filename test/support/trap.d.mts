import type { convert, Options, openContext } from '../../src/index.ts';

export interface Guard {
  file: string;
  from: string;
  to: string;
}

/** One way in which conversions break, with what must come out all the same: see trap.mjs. */
export interface TrapCase {
  name: string;
  folder: string;
  why: string;
  outcome: 'converted' | 'refused' | 'unchanged';
  code?: string;
  options?: Partial<Options>;
  final?: string[];
  without?: string[];
  builder?: string[];
  guard: Guard | Guard[];
}

export function listTraps(root: string): TrapCase[];
export function brokenPromises(restage: { convert: typeof convert; openContext: typeof openContext }, trap: TrapCase): string[];
