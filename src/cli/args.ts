import { statSync } from 'node:fs';
import parser, { type Arguments } from 'yargs-parser';
import manifest from '../../package.json' with { type: 'json' };
import { allowable, type Hardening, type Options, type TargetBase } from '../index.ts';
import type { GivenSettings } from '../verify/index.ts';
import { convertOnly, engineOptions, type OptionName, optionTable, runOptions, verifyOnly } from './options.ts';
import { nearest } from './suggest.ts';

/** What `restage convert` is asked to do. */
export interface ConvertArguments {
  path: string;
  file?: string;
  context?: string;
  mode: 'beside' | 'dry-run' | 'write' | 'check';
  json: boolean;
  explain: boolean;
  quiet: boolean;
  color: ColorChoice;
  templates?: string;
  options: Options;
  /** How the conversion is built and run before it is handed over; absent where it is not. */
  verify?: EngineArguments;
  /** How the Dockerfile is built to look into its image; absent where it is not. */
  observe?: EngineArguments;
  /** File with what was seen of the image: written with `observe`, else read. */
  facts?: string;
}

/** What both `verify` and `convert --verify` need. */
export interface EngineArguments {
  engine?: string;
  secrets: string[];
  ssh: string[];
  given: GivenSettings;
}

export type ColorChoice = (typeof COLORS)[number];
/** What `restage verify` is asked to do. */
export interface VerifyArguments extends Omit<ConvertArguments, 'mode' | 'explain' | 'verify' | 'observe'> {
  /** The second Dockerfile. */
  after?: string;
  keep: boolean;
  /** List the packages of both images. */
  packages: boolean;
  verify: EngineArguments;
  bake?: BakeArguments;
}

/** Many Dockerfiles, which docker buildx bake builds. */
export interface BakeArguments {
  file: string;
  /** What is to stand in the file; none where results are read. */
  paths: string[];
  /** Files of bake's --metadata-file, and folders of such files. */
  results: string[];
}

export type Parsed = { kind: 'convert'; arguments: ConvertArguments } | { kind: 'verify'; arguments: VerifyArguments } | { kind: 'text'; text: string };

type Given = Arguments;

/** A command line that cannot be understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const COMMANDS = ['convert', 'verify'] as const;
const COLORS = ['auto', 'always', 'never'] as const;
const TARGET_BASES: readonly TargetBase[] = ['auto', 'same', 'slim', 'alpine', 'distroless', 'scratch'];
const HARDENINGS: readonly Hardening[] = ['nonroot', 'strip', 'clean'];

/** Understands a command line, or throws UsageError. */
export async function parseArguments(argv: readonly string[]): Promise<Parsed> {
  const given = parse(argv);
  if (given.help) {
    const { helpText } = await import('./help.ts');
    return { kind: 'text', text: await helpText() };
  }
  if (given.version) return { kind: 'text', text: manifest.version };
  rejectUnknown(given);
  const command = COMMANDS.find((name) => name === given._[0]) ?? 'convert';
  rejectForeign(given, command);
  rejectConflicts(given);
  return command === 'verify' ? { kind: 'verify', arguments: verifyArguments(given) } : { kind: 'convert', arguments: convertArguments(given) };
}

/** The parser of yargs alone: yargs itself takes as long to load as a conversion takes, and shows only the help. */
function parse(argv: readonly string[]): Given {
  const named = (type: string) => Object.keys(optionTable).filter((name) => optionTable[name as OptionName].type === type);
  const valued = Object.entries(optionTable).filter(([, option]) => 'nargs' in option);
  const { argv: given, error } = parser.detailed([...argv], {
    alias: Object.fromEntries(Object.entries(optionTable).flatMap(([name, option]) => ('alias' in option ? [[name, option.alias]] : []))),
    boolean: named('boolean'),
    string: ['_', ...named('string')],
    array: Object.keys(optionTable).filter((name) => 'array' in optionTable[name as OptionName]),
    narg: Object.fromEntries(valued.map(([name]) => [name, 1])),
    configuration: { 'camel-case-expansion': false, 'dot-notation': false, 'parse-numbers': false },
  });
  if (error) throw new UsageError(`${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`);
  return given;
}

function rejectUnknown(given: Given): void {
  const known = Object.entries(optionTable).flatMap(([name, option]) => ('alias' in option ? [name, option.alias] : [name]));
  const unknown = Object.keys(given).find((key) => !['_', '$0', ...known].includes(key));
  if (unknown === undefined) return;
  const dashed = (name: string) => (name.length === 1 ? `-${name}` : `--${name}`);
  throw new UsageError(`unknown option ${dashed(unknown)}${nearest(dashed(unknown), known.map(dashed))}`);
}

function rejectForeign(given: Given, command: (typeof COMMANDS)[number]): void {
  const foreign = command === 'verify' ? convertOnly : verifyOnly;
  const found = foreign.find((name) => given[name] !== undefined);
  if (found !== undefined) throw new UsageError(`--${found} is no option of restage ${command}`);
  const idle = command === 'verify' || given.verify === true || given.observe === true ? undefined : engineOptions.find((name) => given[name] !== undefined);
  if (idle !== undefined) throw new UsageError(`--${idle} says how images are built and run, which needs --verify or --observe`);
}

function rejectConflicts(given: Given): void {
  const modes = ['write', 'check', 'dry-run'].filter((name) => given[name] === true);
  if (modes.includes('write') && modes.length > 1) throw new UsageError(`--write and --${modes[1]} exclude each other`);
}

function convertArguments(given: Given): ConvertArguments {
  const [path = '.', ...rest] = COMMANDS.some((name) => name === given._[0]) ? given._.slice(1) : given._;
  if (rest.length > 0) throw new UsageError(`one PATH at a time: ${[path, ...rest].join(' ')}`);
  const [file, context, templates, facts] = (['file', 'context', 'templates', 'facts'] as const).map((name) => single(given, name));
  const found: ConvertArguments = {
    ...{ path: String(path), mode: mode(given), json: given.json === true, explain: given.explain === true, quiet: given.quiet === true },
    ...{ color: colorChoice(given), options: conversionOptions(given) },
    ...(file !== undefined && { file }),
    ...(context !== undefined && { context }),
    ...(templates !== undefined && { templates }),
    ...(given.verify === true && { verify: engineArguments(given) }),
    ...(given.observe === true && { observe: engineArguments(given) }),
    ...(facts !== undefined && { facts }),
  };
  if (templates !== undefined && !statSync(templates, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`--templates: there is no folder ${templates}`);
  if (found.path === '-' && file !== undefined) throw new UsageError('both - and --file name the Dockerfile');
  if (found.mode === 'write' && (found.path === '-' || file === '-'))
    throw new UsageError('--write has nothing to replace when the Dockerfile comes from standard input');
  return found;
}

function verifyArguments(given: Given): VerifyArguments {
  const bake = bakeArguments(given);
  const { mode: _mode, explain: _explain, verify: _verify, observe: _observe, ...shared } = convertArguments(bake ? { ...given, _: [] } : given);
  const after = single(given, 'after');
  return {
    ...shared,
    keep: given.keep === true,
    packages: given.packages === true,
    ...(after !== undefined && { after }),
    verify: engineArguments(given),
    ...(bake && { bake }),
  };
}

function bakeArguments(given: Given): BakeArguments | undefined {
  const [file, results, paths] = [single(given, 'bake'), strings(given['bake-results']), given._.slice(1).map(String)];
  if (file === undefined && results.length === 0) return undefined;
  if (file === undefined) throw new UsageError('--bake-results needs the bake file too: --bake FILE');
  if (!file.endsWith('.json')) throw new UsageError(`--bake takes a name that ends in .json, by which docker buildx bake knows what it reads; not ${file}`);
  if ([...paths, given.file].includes('-')) throw new UsageError('--bake takes Dockerfiles and folders, not standard input');
  const areRead = results.length > 0;
  if (areRead && paths.length > 0) throw new UsageError(`--bake-results takes the projects of the bake file and no PATH: ${paths.join(' ')}`);
  const lone = (['after', 'facts'] as const).find((name) => given[name] !== undefined);
  if (lone !== undefined && (areRead || paths.length > 1)) throw new UsageError(`--${lone} is a file of one PATH`);
  const early = areRead ? undefined : runOptions.find((name) => given[name] !== undefined);
  if (early !== undefined) throw new UsageError(`--${early} says how images are run, which comes with --bake-results`);
  return { file, paths: areRead || paths.length > 0 ? paths : ['.'], results };
}

function engineArguments(given: Given): EngineArguments {
  const [engine, run, envFile, memory] = (['engine', 'run', 'env-file', 'memory'] as const).map((name) => single(given, name));
  const [timeout, buildTimeout] = [seconds(given, 'timeout'), seconds(given, 'build-timeout')];
  return {
    ...{ secrets: strings(given.secret), ssh: strings(given.ssh) },
    ...(engine !== undefined && { engine }),
    given: {
      ...{ env: strings(given.env), services: strings(given.with), paths: strings(given.path) },
      ...(run !== undefined && { run }),
      ...(envFile !== undefined && { envFile }),
      ...(memory !== undefined && { memory }),
      ...(timeout !== undefined && { timeout }),
      ...(buildTimeout !== undefined && { buildTimeout }),
    },
  };
}

function seconds(given: Given, name: OptionName): number | undefined {
  const text = single(given, name);
  if (text !== undefined && !(Number(text) > 0)) throw new UsageError(`--${name} takes a number of seconds, not ${text}`);
  return text === undefined ? undefined : Number(text);
}

function conversionOptions(given: Given): Options {
  const platform = single(given, 'platform');
  return {
    targetBase: oneOf('target-base', single(given, 'target-base') ?? 'auto', TARGET_BASES),
    harden: list(given.harden).map((name) => oneOf('harden', name, HARDENINGS)),
    allow: list(given.allow).map((name) => oneOf('allow', name, allowable)),
    buildArgs: Object.fromEntries(strings(given['build-arg']).map(pair)),
    ...(platform !== undefined && { platform }),
  };
}

function mode(given: Given): ConvertArguments['mode'] {
  if (given.check) return 'check';
  if (given['dry-run']) return 'dry-run';
  return given.write ? 'write' : 'beside';
}

/** `--color` alone and `--no-color` are what other tools have. */
function colorChoice(given: Given): ColorChoice {
  const value: unknown = given.color;
  if (value === undefined) return 'auto';
  if (value === false) return 'never';
  return value === '' ? 'always' : oneOf('color', single(given, 'color') ?? 'auto', COLORS);
}

function single(given: Given, name: OptionName): string | undefined {
  const value: unknown = given[name];
  if (Array.isArray(value)) throw new UsageError(`--${name} is given more than once`);
  if (value === '') throw new UsageError(`--${name} needs a value`);
  return value === undefined ? undefined : String(value);
}

function list(value: unknown): string[] {
  return strings(value)
    .flatMap((text) => text.split(','))
    .filter((name) => name !== '');
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function oneOf<T extends string>(option: string, value: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new UsageError(`--${option} has no ${value}${nearest(value, choices)}; it takes ${choices.join(', ')}`);
  return found;
}

function pair(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at <= 0) throw new UsageError(`--build-arg takes NAME=VALUE, not ${text}`);
  return [text.slice(0, at), text.slice(at + 1)];
}
