export { memoryContext, openContext } from './context.ts';
export { type ConvertInput, convert } from './convert.ts';
export { unifiedDiff } from './diff.ts';
export { parseDockerfile } from './parse/dockerfile.ts';
export { allowable, explainReason, type ReasonCode, reasons } from './reasons.ts';
export type * from './types.ts';
