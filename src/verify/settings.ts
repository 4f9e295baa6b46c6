import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import schema from '../../schema/settings.schema.json' with { type: 'json' };
import { parseShell } from '../parse/shell.ts';
import type { RunSettings, Service } from './types.ts';

/** What the command line says of the run; it goes before the file. */
export interface GivenSettings {
  run?: string;
  env: string[];
  envFile?: string;
  /** `[NAME=]IMAGE` each. */
  services: string[];
  paths: string[];
  timeout?: number;
  buildTimeout?: number;
  memory?: string;
}

/** The file that may stand beside a Dockerfile; see schema/settings.schema.json. */
interface SettingsFile {
  run?: string | string[];
  env?: Record<string, string>;
  envFile?: string;
  with?: (string | { name?: string; image: string; env?: Record<string, string> })[];
  paths?: string[];
  timeout?: number;
  buildTimeout?: number;
  memory?: string;
  processes?: number;
  buildArgs?: Record<string, string>;
}

export interface Settings extends RunSettings {
  buildArgs: Record<string, string>;
}

/** Settings that cannot be used: the message names file, place and cause. */
export class SettingsError extends Error {}

export const SETTINGS_FILE = 'restage.json';
const DEFAULTS = { timeout: 25, buildTimeout: 900, memory: '2g', processes: 1024 };

/** The settings of the command line over those of restage.json beside the Dockerfile. Throws SettingsError. */
export function readSettings(given: GivenSettings, dockerfile: string | undefined): Settings {
  const path = dockerfile === undefined ? undefined : join(dirname(dockerfile), SETTINGS_FILE);
  const file = path === undefined ? {} : readFile(path);
  const run = given.run === undefined ? file.run : given.run;
  const envFile = given.envFile ?? (file.envFile !== undefined && path !== undefined ? resolve(dirname(path), file.envFile) : undefined);
  return {
    ...DEFAULTS,
    ...pick(file, ['timeout', 'buildTimeout', 'memory', 'processes']),
    ...pick(given, ['timeout', 'buildTimeout', 'memory']),
    ...(run !== undefined && { run: typeof run === 'string' ? wordsOf(run) : run }),
    ...(envFile !== undefined && { envFile }),
    env: [...pairs(file.env), ...given.env],
    services: [...(file.with ?? []).map(serviceOf), ...given.services.map(serviceOf)],
    paths: [...(file.paths ?? []), ...given.paths],
    buildArgs: file.buildArgs ?? {},
  };
}

function pick<T extends object, K extends keyof T>(from: T, names: readonly K[]): { [P in K]-?: Exclude<T[P], undefined> } {
  const found = names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]]));
  return Object.fromEntries(found) as { [P in K]-?: Exclude<T[P], undefined> };
}

function readFile(path: string): SettingsFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new SettingsError(`${path}: ${(error as Error).message}`);
  }
  const value = parseJson(text, path);
  const ajv = new Ajv({ allErrors: false });
  if (ajv.validate<SettingsFile>(schema, value)) return value;
  const [error] = ajv.errors ?? [];
  const extra = error?.params.additionalProperty === undefined ? '' : `: ${error.params.additionalProperty}`;
  throw new SettingsError(`${path}${error?.instancePath}: ${error?.message}${extra}`);
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SettingsError(`${path}: ${(error as Error).message}`);
  }
}

function wordsOf(text: string): string[] {
  const command = parseShell(text, '/', {}).segments[0]?.commands[0];
  if (!command) throw new SettingsError(`--run: there is no command in \`${text}\``);
  return [command.name, ...command.args.map((word) => word.value)];
}

/** Without a name of its own a service has that of its image, as in a compose file: postgres for postgres:16. */
function serviceOf(given: NonNullable<SettingsFile['with']>[number]): Service {
  if (typeof given === 'string') {
    const [, name, image = given] = /^(?:([\w.-]+)=)?(.+)$/.exec(given) ?? [];
    return { name: name ?? shortName(image), image, env: [] };
  }
  return { name: given.name ?? shortName(given.image), image: given.image, env: pairs(given.env) };
}

function shortName(image: string): string {
  return (image.split('/').at(-1) ?? image).replace(/[:@].*$/, '');
}

function pairs(variables: Record<string, string> = {}): string[] {
  return Object.entries(variables).map(([name, value]) => `${name}=${value}`);
}
