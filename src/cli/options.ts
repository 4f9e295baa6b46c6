/** The options, in the order in which the help shows them. */
export const optionTable = {
  file: { alias: 'f', type: 'string', nargs: 1, describe: 'The Dockerfile, where it is not PATH/Dockerfile (- is standard input)' },
  context: { type: 'string', nargs: 1, describe: 'The build context, where it is not the folder of the Dockerfile' },
  'dry-run': { type: 'boolean', describe: 'Print the diff, write nothing' },
  write: { type: 'boolean', describe: 'Replace the Dockerfile itself' },
  check: { type: 'boolean', describe: 'Write nothing; exit with 1 if there is something to convert' },
  json: { type: 'boolean', describe: 'Print one JSON object in place of the diff' },
  explain: { type: 'boolean', describe: 'Say why: each instruction, each need, each base' },
  'target-base': { type: 'string', nargs: 1, describe: 'Kind of the final base: auto, same, slim, alpine, distroless or scratch' },
  harden: { type: 'string', array: true, nargs: 1, describe: 'Also change what the image does: nonroot, strip, clean (a list)' },
  allow: { type: 'string', array: true, nargs: 1, describe: 'Convert in spite of this reason, where its help says so (a list)' },
  'build-arg': { type: 'string', array: true, nargs: 1, describe: 'Value of an ARG, as NAME=VALUE' },
  platform: { type: 'string', nargs: 1, describe: 'Platform the image is built for, as linux/amd64' },
  templates: { type: 'string', nargs: 1, describe: "Folder with templates that go before restage's own" },
  color: { type: 'string', describe: 'auto, always or never; NO_COLOR and FORCE_COLOR count as well' },
  quiet: { alias: 'q', type: 'boolean', describe: 'No report on standard error, only errors' },
  help: { alias: 'h', type: 'boolean', describe: 'Show this help' },
  version: { type: 'boolean', describe: 'Show the version' },
} as const;

export type OptionName = keyof typeof optionTable;

export const usage = `restage [convert] [PATH] [options]

Turns a single-stage Dockerfile into a multi-stage one, writes it to Dockerfile.multistage
beside the original and prints the diff. PATH is a Dockerfile, a folder that holds one (the
build context), or - for standard input; without it, the folder you are in.`;

export const examples = [
  ['restage', 'convert ./Dockerfile, write ./Dockerfile.multistage'],
  ['restage services/api --dry-run', 'show what would change'],
  ['restage . -f docker/api.Dockerfile --write', 'replace that Dockerfile'],
  ['restage --target-base alpine --harden nonroot,strip', 'choose the base, harden the image'],
  ['restage --check --quiet', 'for CI: exit with 1 if there is something to convert'],
  ['restage - --context . < Dockerfile', 'read standard input'],
] as const;

export const epilogue = `Exit codes: 0 converted or nothing to do, 1 --check found something to convert,
2 wrong usage, unreadable or broken input, 3 refused.
The result goes to standard output, all else to standard error.`;
