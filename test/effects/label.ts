import { commandRules } from '../../src/effects/commands/index.ts';
import { settleInstalls } from '../../src/effects/settle-installs.ts';
import { walk } from '../../src/effects/walk.ts';
import { memoryContext } from '../../src/index.ts';
import { parseDockerfile } from '../../src/parse/dockerfile.ts';
import type { Effect, PathWrite } from '../../src/types.ts';

/** The effects of a RUN in /src as root, with nothing but the general commands. `before`: instructions above it. */
export function effectsOf(run: string, files: Record<string, string> = {}, before = ''): Effect[] {
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
  return (settleInstalls(labelled).at(-1)?.segments ?? []).flatMap((segment) => segment.effects);
}

/**
 * What a RUN does in one line: role, action, packages, what it writes. A tree ends in `/`, a cache in `~`, what is changed in
 * place in `!`. Commands that only look are left out.
 */
export function told(run: string, files: Record<string, string> = {}, before = ''): string {
  const lines = effectsOf(run, files, before).filter(({ role, action }) => role !== 'neutral' || action !== undefined);
  return lines.map(line).join(' | ') || 'neutral';
}

function line(effect: Effect): string {
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
