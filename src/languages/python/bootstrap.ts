import { posix } from 'node:path';
import { effect } from '../../effects/effect.ts';
import type { Effect, PathWrite, ShellCommand, ShellSegment } from '../../types.ts';
import type { Facts } from '../language.ts';
import type { Setup } from './installs.ts';
import { homeOf, systemPlaces } from './places.ts';

/**
 * `curl … | python3 -` and `curl … | sh` of the installers that Python's tools have: what they write, by the address that
 * the program came from. The tool crosses only where the image starts with it.
 */
export function bootstrap(segment: ShellSegment, command: ShellCommand, facts: Omit<Facts, 'start'>, setup: Setup): Effect | undefined {
  if (!/^(python[\d.]*|sh|bash)$/.test(posix.basename(command.name))) return undefined;
  const address = segment.commands
    .filter(({ name }) => /^(curl|wget)$/.test(name))
    .flatMap(({ args }) => args.map((word) => word.value))
    .find((word) => /^https?:/.test(word));
  if (address === undefined) return undefined;
  const home = homeOf(setup.user, command.env, setup.homes);
  const tool = (name: string, writes: PathWrite[]) => {
    const wanted = isStarted(name, facts);
    return effect('build', `installs ${name}`, {
      action: 'python-tool',
      command,
      writes: writes.map((write) => ({ ...write, ...(!wanted && { disposable: true }) })),
    });
  };
  if (/install\.python-poetry\.org|install-poetry\.py/.test(address)) {
    const place = command.env.POETRY_HOME;
    return tool(
      'poetry',
      place === undefined
        ? [
            { path: `${home}/.local/share/pypoetry`, kind: 'tree' },
            { path: `${home}/.local/bin/poetry`, kind: 'file' },
          ]
        : [{ path: place, kind: 'tree' }],
    );
  }
  if (/get-poetry\.py/.test(address)) return tool('poetry', [{ path: command.env.POETRY_HOME ?? `${home}/.poetry`, kind: 'tree' }]);
  if (/astral\.sh\/uv/.test(address))
    return tool('uv', [{ path: `${command.env.UV_INSTALL_DIR ?? command.env.XDG_BIN_HOME ?? `${home}/.local/bin`}/uv`, kind: 'file' }]);
  const places = /get-pip\.py|bootstrap\.pypa\.io/.test(address) ? systemPlaces(facts, setup.spread) : undefined;
  return places && effect('build', 'installs pip', { action: 'python-tool', command, writes: places });
}

/** Whether a start instruction or a script of the context names the tool. */
export function isStarted(name: string, facts: Pick<Facts, 'source' | 'context'>): boolean {
  const word = new RegExp(`(^|[^\\w./-])(\\S*/)?${name}(?![\\w./-])`);
  const starts = facts.source.instructions.filter(({ keyword }) => ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'].includes(keyword));
  const scripts = (facts.context.files() ?? []).filter((file) => /(\.sh|entrypoint|Procfile|supervisord\.conf)$/.test(file)).slice(0, 100);
  return starts.some(({ value }) => word.test(value)) || scripts.some((file) => word.test(facts.context.read(file) ?? ''));
}
