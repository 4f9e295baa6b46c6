export { type ConvertInput, convert } from './convert.ts';
export { memoryContext, openContext } from './context.ts';
export { unifiedDiff } from './diff.ts';
export { parseDockerfile } from './parse/dockerfile.ts';
export { type ReasonCode, reasons } from './reasons.ts';
export type * from './types.ts';
