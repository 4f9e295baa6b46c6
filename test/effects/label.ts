import { commandRules } from '../../src/effects/commands/index.ts';
import { settleInstalls } from '../../src/effects/settle-installs.ts';
import { walk } from '../../src/effects/walk.ts';
import { memoryContext } from '../../src/index.ts';
import { parseDockerfile } from '../../src/parse/dockerfile.ts';
import type { Effect, LabelledInstruction, PathWrite } from '../../src/types.ts';

/** What a RUN in /src and the instructions above it do, as root, with nothing but the general commands. `programs`: of the base. */
export function settledOf(run: string, before = '', files: Record<string, string> = {}, programs?: readonly string[]): LabelledInstruction[] {
  const source = parseDockerfile(`FROM debian:12\nWORKDIR /src\n${before}RUN ${run}\n`, 'Dockerfile');
  const labelled = walk({
    source,
    context: memoryContext(files),
    buildArgs: {},
    baseEnv: { PATH: '/usr/local/bin:/usr/bin:/bin' },
    baseUser: 'root',
    baseWorkdir: '/',
    rules: commandRules,
  });
  return settleInstalls(labelled, programs);
}

/** The effects of a RUN. */
export function effectsOf(run: string, files: Record<string, string> = {}, before = '', programs?: readonly string[]): Effect[] {
  return (settledOf(run, before, files, programs).at(-1)?.segments ?? []).flatMap((segment) => segment.effects);
}

/**
 * What a RUN does in one line: role, action, packages, what it writes. A tree ends in `/`, a cache in `~`, what is changed in
 * place in `!`. Commands that only look are left out.
 */
export function told(run: string, files: Record<string, string> = {}, before = '', programs?: readonly string[]): string {
  const lines = effectsOf(run, files, before, programs).filter(({ role, action }) => role !== 'neutral' || action !== undefined);
  return lines.map(line).join(' | ') || 'neutral';
}

/** An effect in one line. */
export function line(effect: Effect): string {
  const { role, action, packages, group, users, owner, compiles, writes } = effect;
  return [
    role,
    action ?? '',
    packages ? `${packages.manager}:${packages.names.join(',')}` : '',
    group === undefined ? '' : `group=${group}`,
    users && users.length > 0 ? `users=${users.join(',')}` : '',
    owner === undefined ? '' : `owner=${owner}`,
    compiles ? 'compiles' : '',
    ...writes.map(place),
  ]
    .filter(Boolean)
    .join(' ');
}

function place({ path, kind, disposable, edited }: PathWrite): string {
  return `${path}${kind === 'tree' && path !== '/' ? '/' : ''}${disposable ? '~' : ''}${edited ? '!' : ''}`;
}
