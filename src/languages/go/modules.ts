import { posix } from 'node:path';
import { pathOf } from '../../effects/effect.ts';
import type { EffectScope } from '../../effects/rule.ts';
import type { BuildContext, ShellCommand } from '../../types.ts';
import { isBuilt } from './constraints.ts';

/** The last part of an import path, but for a major version: `example.com/tool/v2` → `tool`. */
export function lastPart(path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  const last = parts.at(-1) ?? 'main';
  return /^v\d+$/.test(last) ? (parts.at(-2) ?? last) : last;
}

/** The name that `go build` gives the program of a module's root: the last part of the module's path. */
export function moduleName(directory: string, scope: Pick<EffectScope, 'context' | 'sourceOf'>): string | undefined {
  const source = scope.sourceOf(posix.join(directory, 'go.mod'));
  const text = source === undefined ? undefined : scope.context.read(source);
  const path = /^module\s+"?([^\s"]+)/m.exec(text ?? '')?.[1];
  return path === undefined ? undefined : lastPart(path);
}

/** The names of the main packages that a pattern such as `./...` or `./cmd/...` stands for. */
export function packagesBelow(command: ShellCommand, pattern: string, scope: EffectScope): string[] {
  const root = pathOf(command, { value: pattern.replace(/\/?\.\.\.$/, '') || '.', known: true });
  const source = root === undefined ? undefined : scope.sourceOf(root);
  if (root === undefined || source === undefined) return [];
  const found = new Map<string, string>();
  for (const file of goFiles(scope.context, source)) {
    const directory = posix.dirname(file) === '.' ? '' : posix.dirname(file);
    const text = scope.context.read(file) ?? '';
    if (found.has(directory) || !/^package\s+main\b/m.test(text) || !isBuilt(file, text)) continue;
    const below = directory.slice(source.length).replace(/^\//, '');
    found.set(directory, below === '' ? (moduleName(root, scope) ?? posix.basename(root)) : lastPart(below));
  }
  return [...found.values()];
}

/** The Go sources below a directory of the context that a build reads: no tests, no testdata, not what is vendored. */
export function goFiles(context: BuildContext, directory: string): string[] {
  const prefix = directory === '' ? '' : `${directory}/`;
  return (context.files() ?? []).filter(
    (file) => file.startsWith(prefix) && file.endsWith('.go') && !file.endsWith('_test.go') && !/(^|\/)(vendor|testdata|_[^/]*|\.[^/]*)\//.test(file),
  );
}

export interface GoModule {
  path: string;
  version: string | undefined;
  /** Module paths that are required, direct or not. */
  requires: string[];
  /** Replaced by a directory. */
  local: string[];
}

/** What go.mod says; undefined if there is none. https://go.dev/ref/mod#go-mod-file */
export function readModule(context: BuildContext, directory: string): GoModule | undefined {
  const text = context.read(posix.join(directory, 'go.mod'));
  if (text === undefined) return undefined;
  const lines = text.replace(/\/\/.*$/gm, '');
  const blocks = [...lines.matchAll(/^require\s*\(([^)]*)\)/gm)].map((match) => match[1] ?? '');
  const single = [...lines.matchAll(/^require\s+(\S+)\s+v\S+/gm)].map((match) => match[1] ?? '');
  const requires = [...blocks.flatMap((block) => [...block.matchAll(/^\s*(\S+)\s+v\S+/gm)].map((match) => match[1] ?? '')), ...single];
  return {
    path: /^module\s+"?([^\s"]+)/m.exec(lines)?.[1] ?? '',
    version: /^go\s+(\S+)/m.exec(lines)?.[1],
    requires,
    local: [...lines.matchAll(/=>\s*(\.{1,2}\/\S*)/g)].map((match) => match[1] ?? ''),
  };
}
