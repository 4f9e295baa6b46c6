import { posix } from 'node:path';
import { labelledAt } from '../effects/labelled.ts';
import { oncePer } from '../effects/once.ts';
import { plainCommand } from '../effects/run.ts';
import type { ImageState, SourceInstruction, StartCommand } from '../types.ts';
import { type BaseStart, baseStart } from './start/base.ts';
import { fileAt, filesLike } from './start/files.ts';
import { follow, followPart } from './start/follow.ts';
import type { StartInput } from './start/started.ts';
import { newTrail, type Trail } from './start/trail.ts';
import { isIdle } from './start/waiting.ts';
import { type NamedPlace, placesServed } from './start/web-server.ts';

/** What the container starts, followed through scripts, supervisors and the languages' own start commands; `open` says where that ends. */
export function readStart(input: StartInput): StartCommand {
  const configured = configuration(input);
  const trail = followConfigured(configured, input);
  const { argv, shell, entrypoint, cmd, health } = configured;
  return {
    argv,
    shell,
    commands: trail.commands.map(({ command }) => command),
    ...(entrypoint && { entrypoint: entrypoint.index }),
    ...(cmd && { cmd: cmd.index }),
    ...(health && { healthcheck: health.index }),
    ...(trail.open !== undefined && { open: trail.open }),
  };
}

/** The same with the place of each command, for evidence. */
export function traceStart(input: StartInput): Trail {
  return followConfigured(configuration(input), input);
}

interface Configured {
  entrypoint: SourceInstruction | undefined;
  cmd: SourceInstruction | undefined;
  health: SourceInstruction | undefined;
  state: ImageState;
  argv: string[];
  /** The shell form that is started as a whole. */
  text?: string;
  shell: boolean;
  base: BaseStart;
}

/** CMD are the arguments of an ENTRYPOINT in exec form, the image's own or the base's: https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact */
function configuration(input: StartInput): Configured {
  const { source, labelled } = input;
  const last = (keyword: string) => source.instructions.findLast((instruction) => instruction.keyword === keyword);
  const entrypoint = last('ENTRYPOINT');
  const cmd = last('CMD');
  const state = labelled.at(-1)?.state as ImageState;
  const base = baseStart(input, entrypoint !== undefined, cmd !== undefined);
  const known = { entrypoint, cmd, health: last('HEALTHCHECK'), state, base };
  if (entrypoint && !entrypoint.exec) return { ...known, argv: [], shell: true, text: entrypoint.value };
  const first = entrypoint?.exec ?? base.entrypoint;
  if (cmd && !cmd.exec && first.length === 0) return { ...known, argv: [], shell: true, text: cmd.value };
  const shell = labelledAt(labelled, cmd?.index)?.state.shell ?? state.shell;
  const words = cmd ? (cmd.exec ?? [...shell, cmd.value]) : base.cmd;
  return { ...known, argv: [...first, ...base.handed(words)], shell: false };
}

function followConfigured({ argv, text, base, health, state }: Configured, input: StartInput): Trail {
  const trail = newTrail(input);
  const env = { ...state.env };
  const scene = { text: '', given: [[]], depth: 0, fed: false, quiet: false };
  const [name, ...args] = argv;
  if (base.handsOver && input.base.image === 'nginx') {
    for (const path of filesLike(trail.files, '/docker-entrypoint.d/*.sh')) follow(plainCommand(path, [], '/', env), trail, scene);
  }
  if (text !== undefined) followPart({ text, cwd: state.cwd, env, words: [] }, trail);
  else if (name !== undefined) follow(plainCommand(name, args, state.cwd, env), trail, scene);
  else trail.open ??= base.open ?? 'nothing says what starts';
  if (isIdle(trail.commands.map(({ command }) => command))) trail.open ??= 'the image is kept alive to be entered';
  if (health) followProbe(health, state, trail);
  return trail;
}

function followProbe(instruction: SourceInstruction, { cwd, env }: ImageState, trail: Trail): void {
  const [, text] = /^CMD\s+(.*)$/is.exec(instruction.value) ?? [];
  if (text === undefined) return;
  const scene = { text: '', given: [[]], depth: 0, fed: true, quiet: false };
  const words = listOf(text);
  if (words) follow(plainCommand(String(words[0]), words.slice(1).map(String), cwd, { ...env }), trail, scene);
  else followPart({ text, cwd, env: { ...env }, words: [] }, trail);
}

function listOf(text: string): unknown[] | undefined {
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) ? words : undefined;
  } catch {
    return undefined;
  }
}

/** The text of the script that a command runs by its own name or path; '' where it is none whose text is known. */
export function scriptText(command: { name: string; cwd: string | undefined; env: ImageState['env'] }, { files }: Pick<Trail, 'files'>): string {
  const places = command.name.includes('/')
    ? [posix.resolve(command.cwd ?? '/', command.name)]
    : (command.env.PATH ?? '').split(':').map((directory) => posix.join(directory, command.name));
  return places.map((place) => fileAt(files, place)).find((file) => file !== undefined)?.text ?? '';
}

/** The paths of the image that the configuration of a web server names which the container starts. */
export const placesNamed = oncePer((input: StartInput): readonly NamedPlace[] => {
  const { commands, files } = traceStart(input);
  return commands.flatMap(({ command }) => placesServed(command, files));
});
