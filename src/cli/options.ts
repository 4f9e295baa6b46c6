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
  verify: { type: 'boolean', describe: 'Build and run before and after, take the smallest base that does the same' },
  observe: { type: 'boolean', describe: 'Build the Dockerfile once and look into its image for what the text does not tell' },
  facts: { type: 'string', nargs: 1, describe: 'File for what was seen: written by --observe, read without it' },
  engine: { type: 'string', nargs: 1, describe: 'Client of the container engine: docker, podman, or a path' },
  after: { type: 'string', nargs: 1, describe: 'The second Dockerfile, where it is not Dockerfile.multistage or the conversion' },
  run: { type: 'string', nargs: 1, describe: 'Command given to both images' },
  env: { type: 'string', array: true, nargs: 1, describe: 'Environment of both containers, as NAME=VALUE' },
  'env-file': { type: 'string', nargs: 1, describe: 'File with the environment of both containers' },
  with: { type: 'string', array: true, nargs: 1, describe: 'A service that they need, as [NAME=]IMAGE' },
  path: { type: 'string', array: true, nargs: 1, describe: 'Path to GET, besides those that are found' },
  timeout: { type: 'string', nargs: 1, describe: 'Seconds that a container may take to end or to listen (25)' },
  'build-timeout': { type: 'string', nargs: 1, describe: 'Seconds that a build may take (900)' },
  memory: { type: 'string', nargs: 1, describe: 'Memory of a container (2g)' },
  secret: { type: 'string', array: true, nargs: 1, describe: 'Secret for both builds, as docker build takes it' },
  ssh: { type: 'string', array: true, nargs: 1, describe: 'SSH agent for both builds, as docker build takes it' },
  keep: { type: 'boolean', describe: 'Leave both images' },
  packages: { type: 'boolean', describe: 'Also compare the packages of both images, with syft (and grype) where installed' },
  bake: { type: 'string', nargs: 1, describe: 'Build nothing: write a file for docker buildx bake, of any number of PATHs' },
  'bake-results': { type: 'string', array: true, nargs: 1, describe: "Read bake's --metadata-file (or a folder of them), run and compare its images" },
  help: { alias: 'h', type: 'boolean', describe: 'Show this help' },
  version: { type: 'boolean', describe: 'Show the version' },
} as const;

export type OptionName = keyof typeof optionTable;

/** How images are run. */
export const runOptions: readonly OptionName[] = ['engine', 'run', 'env', 'env-file', 'with', 'path', 'timeout', 'memory'];
/** Options of `restage verify`, and of a conversion that is verified. */
export const engineOptions: readonly OptionName[] = [...runOptions, 'build-timeout', 'secret', 'ssh'];
export const verifyOnly: readonly OptionName[] = ['after', 'keep', 'packages', 'bake', 'bake-results'];
export const convertOnly: readonly OptionName[] = ['dry-run', 'write', 'check', 'explain', 'verify', 'observe'];

export const usage = `restage [convert] [PATH] [options]
restage verify [PATH] [options]
restage verify --bake FILE [PATH...] [--bake-results METADATA]

Turns a single-stage Dockerfile into a multi-stage one, writes it to Dockerfile.multistage
beside the original and prints the diff. PATH is a Dockerfile, a folder that holds one (the
build context), or - for standard input; without it, the folder you are in.
verify builds the Dockerfile and its conversion with Docker or Podman, runs both images and says
whether they do the same. With --bake others build them, many at once.`;

export const examples = [
  ['restage', 'convert ./Dockerfile, write ./Dockerfile.multistage'],
  ['restage services/api --dry-run', 'show what would change'],
  ['restage . -f docker/api.Dockerfile --write', 'replace that Dockerfile'],
  ['restage --target-base alpine --harden nonroot,strip', 'choose the base, harden the image'],
  ['restage --check --quiet', 'for CI: exit with 1 if there is something to convert'],
  ['restage - --context . < Dockerfile', 'read standard input'],
  ['restage verify services/api --env MODE=test --with postgres:16', 'build and run before and after, compare'],
  ['restage verify --bake docker-bake.json services/*', 'let docker buildx bake build all of them'],
] as const;

export const epilogue = `Exit codes: 0 converted, nothing to do, or the same; 1 --check found something to convert, or verify
a difference; 2 wrong usage, unreadable or broken input, no engine; 3 refused, or nothing to judge by.
The result goes to standard output, all else to standard error.`;
