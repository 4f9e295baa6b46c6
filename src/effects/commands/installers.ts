import { posix } from 'node:path';
import { type Installer, installerAt, placeIn } from '../../knowledge/installers.ts';
import type { Effect, PathWrite, ShellCommand, ShellWord } from '../../types.ts';
import { effect, homeOf, optionValue, pathOf, type RunScope } from '../effect.ts';
import { downloads } from './downloads.ts';

const FETCHES = /^(curl|wget)$/;
/** What a script may go through on its way to the shell without being another one. */
const PASSES = /^(curl|wget|tac|cat|tee|gunzip)$/;

/** The address that a shell, php or perl gets its program from. `piped`: through a pipe. */
export function scriptAddress(command: ShellCommand, scope: RunScope): { address: string; piped: boolean; file?: string } | undefined {
  const input = scope.input ?? [];
  const piped = input.length > 0 && input.every(({ name }) => PASSES.test(posix.basename(name))) ? input.flatMap(addressesOf)[0] : undefined;
  if (piped !== undefined) return { address: piped, piped: true };
  for (const word of command.args) {
    const [, inside] = /^(?:"?\$\(|<\(|`)\s*(?:curl|wget)\s([^)`]*)/.exec(word.text) ?? [];
    const address = inside === undefined ? undefined : /https?:\/\/[^\s"')`|]+/.exec(inside)?.[0];
    if (address !== undefined) return { address, piped: false };
  }
  const file = command.args.find((word) => !/^[-+]/.test(word.value));
  const path = file && pathOf(command, file);
  const address = path === undefined ? undefined : addressOfFile(path, scope);
  return address === undefined || path === undefined ? undefined : { address, piped: false, file: path };
}

function addressesOf(command: ShellCommand): string[] {
  return FETCHES.test(posix.basename(command.name)) ? command.args.flatMap((word) => (/^https?:/.test(word.value) ? [word.value] : [])) : [];
}

/** Where an earlier command of the same RUN downloaded a file from. */
export function addressOfFile(path: string, scope: RunScope): string | undefined {
  for (const command of (scope.before ?? []).toReversed()) {
    const name = posix.basename(command.name);
    if (!FETCHES.test(name)) continue;
    const writes = downloads[name]?.(command, scope)?.writes.map((write) => write.path) ?? [];
    const redirected = command.redirects.map(({ word }) => pathOf(command, word));
    if (writes.includes(path) || redirected.includes(path)) return addressesOf(command)[0];
  }
  return undefined;
}

/** What the script at an address does; unknown for one that nobody knows. */
export function installerEffect(found: { address: string; piped: boolean; file?: string }, command: ShellCommand): Effect {
  const installer = installerAt(found.address);
  const unknown = effect('unknown', `runs a script from ${found.address}`, { command });
  if (!installer || (found.piped && installer.settledBy !== undefined)) return unknown;
  const writes = [...fixed(installer, command), ...chosen(installer, command)];
  if (writes.some((write) => write === undefined)) return unknown;
  const compiles = installer.compiles === true ? { compiles: true } : {};
  const reads = found.file === undefined ? [] : [found.file];
  return effect(installer.role, installer.why, { action: installer.action, writes: writes as PathWrite[], reads, command, ...compiles });
}

function fixed(installer: Installer, command: ShellCommand): (PathWrite | undefined)[] {
  return (installer.writes ?? []).map((path) => {
    const place = placeIn(path, command.env, homeOf(command));
    return place === undefined ? undefined : { path: posix.join(place, '.').replace(/(?<=.)\/$/, ''), kind: path.endsWith('/') ? 'tree' : 'file' };
  });
}

/** The file or directory below what an option names: `sh -s -- -b /usr/local/bin`. */
function chosen({ into }: Installer, command: ShellCommand): (PathWrite | undefined)[] {
  if (!into) return [];
  const own = ownArguments(command);
  const told = optionValue({ ...command, args: own }, ...into.options);
  const fallback = into.fallback === undefined ? command.cwd : placeIn(into.fallback, command.env, homeOf(command));
  if (!told && !fallback) return [undefined];
  const directory = pathOf(command, told ?? { value: fallback as string, known: true });
  const named = into.nameOption === undefined ? undefined : optionValue({ ...command, args: own }, into.nameOption);
  const name = named?.value ?? into.name ?? into.directory;
  if (directory === undefined || (named && !named.known)) return [undefined];
  if (name === undefined && /^(\/usr(\/local)?(\/s?bin)?|\/s?bin)$/.test(directory)) return [undefined];
  return [{ path: name === undefined ? directory : posix.join(directory, name), kind: into.name === undefined ? 'tree' : 'file' }];
}

/** What the script itself is given: what stands behind `-s` or the file. */
function ownArguments(command: ShellCommand): ShellWord[] {
  const at = command.args.findIndex((word) => word.value === '--' || word.value === '-s' || word.text.startsWith('<('));
  const rest = at < 0 ? command.args : command.args.slice(at + 1);
  return rest[0]?.value === '--' ? rest.slice(1) : rest;
}
