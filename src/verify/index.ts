/** What needs a container engine: `import { verify } from 'restage/verify'`. */
export { type Engine, findEngine } from '../engine/engine.ts';
export { EngineProblem, type EngineReason, engineReasons } from '../engine/problem.ts';
export { BakeError, type BakeProject, bakeFile, readBakeFile, targetName } from './bake-file.ts';
export { type BakedImage, readMetadata } from './bake-metadata.ts';
export { bakeNames } from './bake-names.ts';
export { type BakedPair, verifyBaked } from './baked.ts';
export { type Climbed, climb } from './ladder.ts';
export type { Rung } from './rungs.ts';
export { type GivenSettings, readSettings, type Settings, SettingsError } from './settings.ts';
export type * from './types.ts';
export { type VerifyInput, verify } from './verify.ts';
