import { posix } from 'node:path';
import { within } from '../../effects/effect.ts';
import type { CopyEffect, ShellCommand } from '../../types.ts';
import type { Facts } from '../language.ts';

type Placed = CopyEffect['placed'][number];

/** What runs in the image beside the Go program itself. */
export interface Others {
  /** The Go program or the start commands start other programs. */
  started: boolean;
  /** It is linked to libraries, which read settings of their own. */
  linked: boolean;
}

/**
 * Whether a file or directory of a COPY is there for another program (a server, a supervisor, a library): it lies outside of
 * every directory that a build works in or reads.
 */
export function servesOthers(facts: Facts, others: Others, sources: readonly string[]): (placed: Placed) => boolean {
  if (!others.started && !others.linked) return () => false;
  const builds = facts.labelled.flatMap(({ segments }) => (segments ?? []).filter(({ role }) => role === 'build'));
  const cwds = builds.flatMap(({ segment }) => segment.commands.flatMap(({ cwd }) => cwd ?? []));
  const gopath = (facts.labelled.at(-1)?.state.env.GOPATH ?? '/go').split(':');
  // Of tools on PATH those come along that are named.
  const tools = (facts.labelled.at(-1)?.state.env.PATH ?? '').split(':');
  const worked = [...sources, ...cwds, ...gopath, ...tools, ...THROWN_AWAY].filter((path) => path.startsWith('/') && path !== '/');
  const read = builds.flatMap(({ effects }) => effects.flatMap(({ reads }) => reads)).filter((path) => path !== '/');
  return ({ path }) =>
    (others.started || SETTINGS.some((place) => within(path, place))) &&
    !worked.some((place) => within(path, place)) &&
    !read.some((place) => within(path, place) || within(place, path));
}

const THROWN_AWAY = ['/tmp', '/var/tmp', '/dev', '/root/.cache'];
const SETTINGS = ['/etc', '/usr', '/opt'];

/** Whether one of the start commands is neither a program of the build nor a script that is followed. */
export function startsOthers(facts: Facts, isBuilt: (command: ShellCommand) => boolean): boolean {
  return facts.start.commands.some((command) => !isBuilt(command) && !PLAIN.has(posix.basename(command.name)) && !isScript(command, facts));
}

function isScript({ name, cwd }: ShellCommand, { sourceOf, labelled }: Facts): boolean {
  return name.includes('/') && sourceOf(posix.resolve(cwd ?? labelled.at(-1)?.state.cwd ?? '/', name)) !== undefined;
}

/** Commands that read no settings. */
const PLAIN = new Set(['sh', 'bash', 'ash', 'dash', 'echo', 'printf', 'exec', 'cd', 'set', 'wait', 'sleep', 'export', 'test', '[', 'true', 'exit', 'mkdir']);
