import left from './left.json' with { type: 'json' };
import type { Subject } from './subject.ts';
import type { SizeReport } from './types.ts';

const KINDS = left.kinds.map(({ what, pattern }) => ({ what, pattern: new RegExp(pattern) }));
const OTHERS = 'other files';

/** Where the bytes of both images are, by layer, and what was left behind, by kind. */
export function sizeReport(before: Subject, after: Subject): SizeReport {
  const sums = new Map<string, { bytes: number; files: number }>();
  for (const [path, { kind, size }] of before.tree) {
    if (kind !== 'file' || after.tree.has(path)) continue;
    const what = KINDS.find(({ pattern }) => pattern.test(path))?.what ?? OTHERS;
    const sum = sums.get(what) ?? { bytes: 0, files: 0 };
    sums.set(what, { bytes: sum.bytes + size, files: sum.files + 1 });
  }
  return {
    before: before.layers,
    after: after.layers,
    left: [...sums].map(([what, sum]) => ({ what, ...sum })).sort((a, b) => b.bytes - a.bytes || a.what.localeCompare(b.what)),
  };
}
