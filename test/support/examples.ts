import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ConvertArguments, parseArguments } from '../../src/cli/args.ts';
import { type Conversion, convert, openContext } from '../../src/index.ts';

/** How an example is run, and what is to be seen then: run.json. */
export interface Run {
  /** Command line options. */
  options: string[];
  /** Where nothing is converted: there is no after/ then. */
  outcome?: 'unchanged' | 'refused';
  /** And for which reason. */
  code?: string;
  /** Given to `docker build` of both images, not to restage. */
  buildArgs?: Record<string, string>;
  probe: Probe;
}

export type Probe = { kind: 'http'; port: number; path: string; status: number; body: string } | { kind: 'output'; output: string; exitCode: number };

export interface Example {
  name: string;
  folder: string;
  run: Run;
}

export const root = resolve(__dirname, '../..');

/** All examples; EXAMPLES=name,name narrows them. */
export function listExamples(): Example[] {
  const wanted = process.env.EXAMPLES?.split(',');
  return readdirSync(join(root, 'examples'))
    .sort()
    .filter((name) => existsSync(join(root, 'examples', name, 'run.json')) && (wanted === undefined || wanted.includes(name)))
    .map((name) => ({ name, folder: join(root, 'examples', name), run: readRun(name) }));
}

function readRun(name: string): Run {
  return JSON.parse(readFileSync(join(root, 'examples', name, 'run.json'), 'utf8')) as Run;
}

/** Converts an example as the command line would, with a context of its own. */
export async function convertExample({ name, folder, run }: Example): Promise<Conversion> {
  return convertFolder(join(folder, 'before'), `examples/${name}/before`, await optionsOf(run.options));
}

/** Converts the Dockerfile of a folder, which is its context; `named` is what messages and the diff call it. */
export function convertFolder(folder: string, named: string, args: ConvertArguments): Conversion {
  const file = join(folder, 'Dockerfile');
  return convert({
    ...{ text: readFileSync(file, 'utf8'), path: `${named}/Dockerfile`, options: args.options },
    ...{ context: openContext(folder, file), contextPath: named },
  });
}

export async function optionsOf(options: string[]): Promise<ConvertArguments> {
  const parsed = await parseArguments(options);
  if (parsed.kind !== 'convert') throw new Error(`options that convert nothing: ${options.join(' ')}`);
  return parsed.arguments;
}
