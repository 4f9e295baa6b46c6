import { posix } from 'node:path';
import { optionValue, pathOf } from '../../effects/effect.ts';
import { plainCommand } from '../../effects/run.ts';
import type { ShellCommand } from '../../types.ts';
import { fileAt, type ImageFiles } from './files.ts';
import type { Started } from './started.ts';

/** The programs of a pm2 configuration in JSON; one in JavaScript is a program itself. */
export function pm2Apps(command: ShellCommand, files: ImageFiles): Started | undefined {
  const word = command.args.find(({ value }) => /\.(config\.[cm]?js|json|ya?ml)$/.test(value));
  if (!word) return undefined;
  const path = pathOf(command, word);
  const file = path === undefined || !path.endsWith('.json') ? undefined : fileAt(files, path);
  const open = `${posix.basename(command.name)} starts what ${word.value} says`;
  if (!file) return { parts: [], open };
  const only = optionValue(command, '--only')?.value.split(',');
  try {
    const read = JSON.parse(file.text) as { apps?: unknown };
    const apps = (Array.isArray(read) ? read : Array.isArray(read.apps) ? read.apps : [read]) as Record<string, unknown>[];
    return { parts: [], commands: apps.filter(({ name }) => !only || only.includes(String(name))).flatMap((app) => appCommand(app, command)) };
  } catch {
    return { parts: [], open };
  }
}

function appCommand({ script, args, interpreter, cwd, env }: Record<string, unknown>, command: ShellCommand): ShellCommand[] {
  if (typeof script !== 'string') return [];
  const words = Array.isArray(args) ? args.map(String) : typeof args === 'string' ? args.split(/\s+/) : [];
  const directory = typeof cwd === 'string' ? posix.resolve(command.cwd ?? '/', cwd) : command.cwd;
  const given = Object.entries(typeof env === 'object' && env !== null ? env : {}).map(([name, value]) => [name, String(value)]);
  const [name = script, ...rest] = [...runner(script, interpreter), script, ...words];
  return [plainCommand(name, rest, directory, { ...command.env, ...Object.fromEntries(given) })];
}

function runner(script: string, interpreter: unknown): string[] {
  if (typeof interpreter === 'string') return interpreter === 'none' ? [] : [interpreter];
  return /\.[cm]?[jt]s$/.test(script) ? ['node'] : script.endsWith('.py') ? ['python'] : [];
}
