import { posix } from 'node:path';
import { allEffects } from '../effects/effect.ts';
import { serverFacts } from '../knowledge/servers.ts';
import type { Facts } from '../languages/language.ts';
import type { Evidence, Need, ShellCommand } from '../types.ts';
import { isLauncher } from './start/launch.ts';

/**
 * What started files need that were downloaded as they are: nobody sees what such a file starts, unless it is known by its
 * name or its address tells the processor that it was compiled for.
 */
export function downloadedNeeds(facts: Facts): Need[] {
  const places = downloadedPlaces(facts);
  if (places.size === 0) return [];
  const line = facts.source.instructions[facts.start.entrypoint ?? facts.start.cmd ?? 0]?.line;
  const started = facts.start.commands.filter((command) => placesOf(command, facts).some((path) => places.has(path) && !places.get(path)));
  return [...new Map(started.map((command) => [command.name, command])).values()].flatMap(({ name }) =>
    needsOf(name, { file: facts.source.path, ...(line !== undefined && { line }), note: `${name} is downloaded, so that nobody sees what it starts` }),
  );
}

/** Paths of downloaded files, and whether each is seen to be compiled. */
function downloadedPlaces({ labelled }: Facts): Map<string, boolean> {
  const fetched = allEffects(labelled).flatMap(({ action, writes, command }) =>
    action === 'download' ? writes.map(({ path }): [string, boolean] => [path, isCompiled(command)]) : [],
  );
  const added = labelled.flatMap(({ copy }) => {
    const [url = ''] = copy?.from === 'url' ? copy.sources : [];
    return copy && url !== ''
      ? [copy.destination, posix.join(copy.destination, posix.basename(url))].map((path): [string, boolean] => [path, PROCESSOR.test(url)])
      : [];
  });
  return new Map([...fetched, ...added]);
}

const PROCESSOR = /(^|[-_./])(amd64|arm64|x86[-_]64|aarch64|x64|linux64|i386|armhf)([-_./]|$)/i;

function isCompiled(command: ShellCommand | undefined): boolean {
  return command?.args.some(({ value }) => value.includes('://') && PROCESSOR.test(value)) ?? false;
}

function placesOf({ name, cwd }: ShellCommand, { labelled }: Facts): string[] {
  const state = labelled.at(-1)?.state;
  if (name.includes('/')) return [posix.resolve(cwd ?? state?.cwd ?? '/', name)];
  return (state?.env.PATH ?? '').split(':').map((directory) => posix.join(directory, name));
}

/** https://github.com/eficode/wait-for and https://github.com/vishnubob/wait-for-it are scripts for a shell. */
const SCRIPTS: Record<string, { shell: string; programs: string[] }> = {
  'wait-for': { shell: '/bin/sh', programs: ['nc', 'wget', 'timeout'] },
  'wait-for-it': { shell: '/bin/bash', programs: ['timeout'] },
};

function needsOf(name: string, evidence: Evidence): Need[] {
  const plain = posix.basename(name).replace(/\.(sh|bash)$/, '');
  const script = SCRIPTS[plain];
  if (!script) return isLauncher(plain) || serverFacts(plain) ? [] : [{ kind: 'system', name: 'programs', evidence }];
  const note = `starts ${name}`;
  return [
    { kind: 'shell', name: script.shell, evidence: { ...evidence, note } },
    ...script.programs.map((program): Need => ({ kind: 'program', name: program, evidence: { ...evidence, note: `${note}, which calls ${program}` } })),
  ];
}
