import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import schema from '../../schema/observation.schema.json' with { type: 'json' };
import type { Observation } from '../types.ts';
import { digestOf } from './observe.ts';

/** A file of facts that cannot be used: the message names file, place and cause. */
export class FactsError extends Error {
  override readonly name = 'FactsError';
}

/** What an earlier --observe saw of this Dockerfile. Throws FactsError where the file is none of these, or of another Dockerfile. */
export function readFacts(path: string, dockerfile: string): Observation {
  const value = parse(path);
  const ajv = new Ajv();
  if (!ajv.validate<Observation>(schema, value)) {
    const [error] = ajv.errors ?? [];
    throw new FactsError(`${path}${error?.instancePath}: ${error?.message}`);
  }
  if (value.dockerfile !== digestOf(dockerfile)) throw new FactsError(`${path}: it was written for another Dockerfile; make it again with --observe`);
  return value;
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new FactsError(`${path}: ${(error as Error).message}`);
  }
}
