/** What works with an engine: a bundle of its own, loaded where it is asked for. */
export { observationFor } from './observation.ts';
export { verifiedConversion } from './verified-conversion.ts';
export { verifyCommand } from './verify-command.ts';
