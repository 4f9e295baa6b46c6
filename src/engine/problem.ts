/** Every reason why work with an engine ends early. `{name}` marks are filled from the data that goes with the code. */
export const engineReasons = {
  'no-engine': {
    message: 'no container engine answers ({answers})',
    help: 'Start Docker or Podman, or name the client with --engine.',
  },
  'engine-gone': {
    message: '{engine} {command}: the engine is gone: {cause}',
    help: 'Start it again, then repeat the command. What this run had made there is removed if it is back within two minutes; else it is found by the label dev.restage.run.',
  },
  'engine-failed': { message: '{engine} {command}: {cause}', help: 'Look at what the engine says of it in its own log.' },
  'disk-full': {
    message: "the engine's disk is full: {cause}",
    help: 'Make room, for instance with `{engine} image prune` and `{engine} builder prune`, then repeat the command.',
  },
  'no-folder': {
    message: 'the temporary folder {folder} cannot be used: {cause}',
    help: 'Make room in it, or name another one in the environment: TMPDIR.',
  },
  interrupted: { message: 'interrupted', help: 'What had been made was removed.' },
} as const satisfies Record<string, { message: string; help: string }>;

export type EngineReason = keyof typeof engineReasons;

/** Why work with an engine ended early. */
export class EngineProblem extends Error {
  readonly code: EngineReason;
  readonly help: string;

  constructor(code: EngineReason, data: Record<string, string> = {}) {
    const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => data[name] ?? '');
    super(fill(engineReasons[code].message));
    this.name = 'EngineProblem';
    this.code = code;
    this.help = fill(engineReasons[code].help);
  }
}
