import { expect, test } from '@jest/globals';
import type { Conversion } from '../../src/types.ts';
import { ladder } from '../../src/verify/rungs.ts';

const rung = (target: string, dockerfile: string | undefined, afterBytes: number) => ({
  target,
  conversion: { dockerfile, message: target, estimate: { beforeBytes: 1, afterBytes } } as Conversion,
});

test('the smallest comes first; what was refused is no rung; equal texts are one', () => {
  const rungs = [
    rung('auto', 'slim text', 80),
    rung('scratch', undefined, 0),
    rung('alpine', 'alpine text', 50),
    rung('slim', 'slim text', 80),
    rung('same', 'same text', 900),
  ];
  expect(ladder(rungs).map(({ target }) => target)).toEqual(['alpine', 'auto', 'same']);
});
