import { unwrap } from '../../effects/run.ts';
import { parseShell } from '../../parse/shell.ts';
import type { ShellCommand } from '../../types.ts';
import type { Facts } from '../language.ts';
import { followNode } from './follow.ts';
import { type Invocation, isInstall, readInvocation } from './invocation.ts';
import { type Lock, readLock } from './lock.ts';
import { type Manifest, manifestAt } from './manifest.ts';

/** An install of what a package.json lists. */
export interface Install {
  index: number;
  line: number;
  user: string;
  command: ShellCommand;
  call: Invocation;
  directory: string;
  manifest: Manifest | undefined;
  lock: Lock | undefined;
}

export interface ManagerCall {
  index: number;
  user: string;
  command: ShellCommand;
  call: Invocation;
}

/** The calls of package managers among the RUN instructions, with those in scripts of package.json. */
export function findCalls(facts: Facts): ManagerCall[] {
  const known = calls.get(facts.labelled) ?? collectCalls(facts);
  calls.set(facts.labelled, known);
  return known;
}

const calls = new WeakMap<Facts['labelled'], ManagerCall[]>();

function collectCalls(facts: Facts): ManagerCall[] {
  return facts.labelled.flatMap(({ index, state, segments }) =>
    (segments ?? []).flatMap(({ effects }) =>
      effects.flatMap(({ command }) =>
        (command ? withScripts(unwrap(command), facts, 0) : []).flatMap((one) => {
          const call = readInvocation(one, facts);
          return call ? [{ index, user: state.user, command: one, call }] : [];
        }),
      ),
    ),
  );
}

const DEPTH = 4;

function withScripts(command: ShellCommand, facts: Facts, depth: number): ShellCommand[] {
  const call = readInvocation(command, facts);
  const next = depth < DEPTH && call && !isInstall(call) ? followNode(command, { user: '', context: facts.context, sourceOf: facts.sourceOf }) : undefined;
  const inner = next ? parseShell(next.text, next.cwd, command.env).segments.flatMap((segment) => segment.commands) : [];
  return [command, ...inner.flatMap((one) => withScripts(one, facts, depth + 1))];
}

/** The installs among the RUN instructions: the last of each directory. */
export function findInstalls(facts: Facts): Install[] {
  const found = new Map<string, Install>();
  for (const { index, user, command, call } of findCalls(facts)) {
    if (!isInstall(call) || call.directory === undefined) continue;
    const manifest = manifestAt(call.directory, facts);
    const lock = manifest && readLock(facts.context, manifest.source, call.manager);
    found.set(call.directory, { index, line: facts.source.instructions[index]?.line ?? 1, user, command, call, directory: call.directory, manifest, lock });
  }
  return [...found.values()];
}

/** Index of the last RUN that a Node command is part of, and the user it runs as. */
export function lastStep(facts: Facts): { index: number; user: string } | undefined {
  const steps = facts.labelled.filter(({ segments }) =>
    segments?.some(({ effects }) => effects.some((effect) => effect.role === 'build' && /^node-/.test(effect.action ?? ''))),
  );
  const last = steps.at(-1);
  return last && { index: last.index, user: last.state.user };
}

/** Whether a script of the project runs while the image is built. */
export function builds(facts: Facts): boolean {
  return facts.labelled.some(({ segments }) => segments?.some(({ effects }) => effects.some((effect) => effect.action === 'node-script')));
}
