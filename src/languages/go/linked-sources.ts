import { posix } from 'node:path';
import { operands, pathOf } from '../../effects/effect.ts';
import type { ShellCommand } from '../../types.ts';
import type { Facts } from '../language.ts';
import { VALUED } from './commands.ts';
import type { GoModule } from './modules.ts';
import type { GoSource } from './sources.ts';

/**
 * The sources that the built programs hold: those of the packages that are built and of what these import of the module. All
 * that are built for Linux where that cannot be told.
 */
export function linkedSources(facts: Facts, builds: readonly ShellCommand[], module: GoModule | undefined, sources: readonly GoSource[]): GoSource[] {
  const built = sources.filter((source) => source.built);
  const root = rootOf(facts, builds);
  const mains = root === undefined || !module?.path || module.local.length > 0 ? undefined : directoriesOf(facts, builds, root, module.path);
  if (root === undefined || !mains || !module) return built;
  const reached = new Set<string>();
  const open = [...mains];
  for (let directory = open.pop(); directory !== undefined; directory = open.pop()) {
    if (reached.has(directory)) continue;
    reached.add(directory);
    const imports = built.filter(({ file }) => directoryOf(file) === directory).flatMap((source) => source.imports);
    const own = imports.filter((path) => path === module.path || path.startsWith(`${module.path}/`));
    open.push(...own.map((path) => directoryIn(root, path.slice(module.path.length + 1))));
  }
  return built.filter(({ file }) => reached.has(directoryOf(file)));
}

/** The directory of the context with the one go.mod that all builds are below. */
function rootOf({ context, sourceOf }: Facts, builds: readonly ShellCommand[]): string | undefined {
  const [only, ...others] = (context.files() ?? []).filter((file) => /^go\.(mod|work)$/.test(posix.basename(file)) && !/(^|\/)(vendor|testdata)\//.test(file));
  if (only === undefined || others.length > 0 || builds.length === 0) return undefined;
  const root = directoryOf(only);
  const isBelow = (source: string | undefined) => source !== undefined && (root === '' || source === root || source.startsWith(`${root}/`));
  return builds.every(({ cwd }) => cwd !== undefined && isBelow(sourceOf(cwd))) ? root : undefined;
}

function directoriesOf(facts: Facts, builds: readonly ShellCommand[], root: string, module: string): string[] | undefined {
  const found = builds.flatMap((command): (string | undefined)[] => {
    const [verb, ...given] = operands(command, VALUED);
    if (!/^(build|install)$/.test(verb?.value ?? '') || command.args.some((word) => word.value === '-C' || word.value.startsWith('-C='))) return [undefined];
    return given.length === 0
      ? [sourceAt('.', command, facts)]
      : given.map((word) => (word.known ? packageAt(word.value, command, facts, root, module) : undefined));
  });
  return found.every((directory) => directory !== undefined) ? found : undefined;
}

function packageAt(value: string, command: ShellCommand, facts: Facts, root: string, module: string): string | undefined {
  if (value.includes('...')) return undefined;
  if (value.endsWith('.go')) return sourceAt(posix.dirname(value), command, facts);
  if (/^[./]/.test(value)) return sourceAt(value, command, facts);
  return value === module || value.startsWith(`${module}/`) ? directoryIn(root, value.slice(module.length + 1)) : undefined;
}

function sourceAt(value: string, command: ShellCommand, { sourceOf, context }: Facts): string | undefined {
  const path = pathOf(command, { value, known: true });
  const source = path === undefined ? undefined : sourceOf(path);
  return source === '' || (source !== undefined && context.kind(source) === 'directory') ? source : undefined;
}

function directoryIn(root: string, below: string): string {
  return posix.join(root, below).replace(/^\.$/, '').replace(/\/$/, '');
}

function directoryOf(file: string): string {
  return posix.dirname(file).replace(/^\.$/, '');
}
