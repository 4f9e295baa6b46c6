import type { Outcome } from './types.ts';

interface ReasonText {
  outcome: Outcome;
  message: string;
  help: string;
}

/** Every reason there is. `{name}` marks are filled from the data that goes with the code. */
export const reasons = {
  converted: { outcome: 'converted', message: '{from} → {to}', help: '' },

  'already-multi-stage': { outcome: 'unchanged', message: 'the Dockerfile already has several stages', help: 'Nothing to do.' },
  'nothing-to-gain': { outcome: 'unchanged', message: 'a second stage would save nothing worth having: {why}', help: '{advice}' },
  'from-scratch': { outcome: 'unchanged', message: 'the only stage is FROM scratch: there is nothing smaller', help: 'Nothing to do.' },

  'no-start-command': {
    outcome: 'refused',
    message: 'there is no CMD or ENTRYPOINT: what the base image starts is the behaviour, so nothing says which parts are needed',
    help: 'Add the CMD or ENTRYPOINT that the image is run with, then try again.',
  },
  'unknown-command': {
    outcome: 'refused',
    message: 'it is not known what `{command}` writes {why}, so nothing proves what the image needs of it',
    help: 'Put `# restage: build` above the instruction if only the build needs it, `# restage: runtime` if the running image does.',
  },
  'mixed-command': {
    outcome: 'refused',
    message: '`{command}` builds and changes the system at once ({what}), so neither stage could do without it',
    help: 'Do the two in separate RUN commands, then try again.',
  },
  'unknown-base': {
    outcome: 'refused',
    message: 'nothing is known of the base image {image}: neither its libraries and programs nor {lacks}',
    help: 'Use an official image as base; or say with USER root and an absolute WORKDIR, above the build, what holds there.',
  },
  'no-base-fits': { outcome: 'refused', message: 'no base image fits: {why}', help: '{advice}' },
  'not-proved': {
    outcome: 'refused',
    message: 'built and run, no conversion does what the Dockerfile does: {why}',
    help: 'Keep the Dockerfile; or convert without --verify and mend what the verification found.',
  },
  'original-fails': {
    outcome: 'failed',
    message: 'the Dockerfile itself does not build here, so no conversion of it can be verified: {why}',
    help: 'Make it build, with --build-arg, --secret or --platform where it needs them; or convert without --verify.',
  },
  'digest-pinned': {
    outcome: 'refused',
    message: 'the base image is pinned by digest ({image}), and the digest of a smaller one is not known',
    help: 'Write the tag without the digest, convert, and pin both stages again; or use --target-base same.',
  },
  'onbuild-base': {
    outcome: 'refused',
    message: 'the base image {image} has ONBUILD instructions that build with what the Dockerfile does not show',
    help: 'Write out what the onbuild image does (COPY, install, build), then try again.',
  },
  'unknown-start': {
    outcome: 'refused',
    message: 'what the image starts cannot be followed: {why}',
    help: 'Name the program in CMD or ENTRYPOINT in exec form, and put what it reads into the build context.',
  },
  'build-tool-at-start': {
    outcome: 'refused',
    message: '`{command}` builds the program each time the container starts',
    help: '{advice}',
  },
  'tree-is-root': {
    outcome: 'refused',
    message: '`{command}` writes into `{directory}`, where the program cannot be told from the system',
    help: 'Set a WORKDIR of its own before the first COPY, or install under a prefix such as /opt/name; then try again.',
  },
  'volume-over-build': {
    outcome: 'refused',
    message: 'VOLUME {path} throws away what the build writes there afterwards',
    help: 'Move the VOLUME instruction below the last RUN.',
  },
  'cache-is-program': {
    outcome: 'refused',
    message: 'the program runs from a cache outside of its directory: {why}',
    help: '{advice}',
  },
  'browser-needed': {
    outcome: 'refused',
    message: '{package} drives a browser whose libraries cannot be told from the Dockerfile',
    help: "Keep the full image, or use the vendor's own image as the final base by hand.",
  },
  'layout-unknown': { outcome: 'refused', message: '{why}', help: '{advice}' },
  'windows-base': { outcome: 'refused', message: '{image} is a Windows image', help: 'restage knows Linux images only.' },
  template: {
    outcome: 'refused',
    message: 'the file is a template ({mark}), not yet a Dockerfile',
    help: 'Render the template first, and convert what comes out; or carry the change over to the template by hand.',
  },
  'context-too-large': {
    outcome: 'refused',
    message: 'the build context {context} holds more than {limit} files',
    help: 'Name the right context with --context, or leave out what the build does not need with a .dockerignore.',
  },
  'context-missing': {
    outcome: 'refused',
    message: 'the Dockerfile comes from standard input and copies from its context ({source})',
    help: 'Name the context with --context DIR.',
  },
  'contract-differs': {
    outcome: 'refused',
    message: "the plan would not keep the image's contract: {why}",
    help: 'This is a defect of restage: please report it with the Dockerfile.',
  },

  'no-such-path': { outcome: 'failed', message: 'no such file or directory', help: 'Name a Dockerfile, a directory that holds one, or - for standard input.' },
  'no-dockerfile': { outcome: 'failed', message: 'there is no Dockerfile in this folder', help: 'Name the file with -f FILE.' },
  unreadable: { outcome: 'failed', message: 'cannot be read: {cause}', help: 'Check the permissions of the file.' },
  unwritable: { outcome: 'failed', message: 'cannot be written: {cause}', help: 'Check the permissions of the folder, or print with --dry-run.' },
  'file-too-large': { outcome: 'failed', message: 'the file is larger than {limit}, which no Dockerfile is', help: 'Check that the path names a Dockerfile.' },
  'not-text': {
    outcome: 'failed',
    message: 'the file is not text ({cause})',
    help: 'A Dockerfile is UTF-8 text: convert it, or check that the path names a Dockerfile.',
  },
  empty: { outcome: 'failed', message: 'the file has no instructions', help: 'Check that the path names a Dockerfile.' },
  syntax: { outcome: 'failed', message: '{what}', help: '{advice}' },
  'unknown-instruction': {
    outcome: 'failed',
    message: 'unknown instruction {keyword}',
    help: 'Correct the keyword; a line that goes on needs a \\ at the end of the one before.',
  },
  'unset-argument': {
    outcome: 'failed',
    message: 'FROM {image} uses {name}, which has no value',
    help: 'Give it a default with ARG {name}=… before FROM, or pass --build-arg {name}=….',
  },
  'missing-source': {
    outcome: 'failed',
    message: 'COPY source {source} is not in the build context {context}{ignored}',
    help: 'Name the right context with --context, or correct the path.',
  },
  'no-such-directory': { outcome: 'failed', message: 'the build context {context} is not a directory', help: 'Name an existing folder with --context.' },
  'broken-template': {
    outcome: 'failed',
    message: 'the template {template} cannot be rendered: {cause}',
    help: 'Compare it with the one that comes with restage, or leave out --templates.',
  },
  internal: { outcome: 'failed', message: 'restage failed: {cause}', help: 'This is a defect of restage: please report it with the Dockerfile.' },
} as const satisfies Record<string, ReasonText>;

/** Names that --allow takes: changes of behaviour that the user asks for. */
export const allowable = ['go-run'] as const;

export type ReasonCode = keyof typeof reasons;

/** The text of a reason with its marks filled: outcome, message and what the user can do. */
export function explainReason(code: ReasonCode, data: Record<string, string>): ReasonText {
  const reason: ReasonText = reasons[code];
  const filled = (value: string | undefined, mark: string, space: string) => (value === undefined ? mark : value === '' ? '' : `${space}${value}`);
  const fill = (text: string) => text.replace(/( ?)\{(\w+)\}/g, (mark, space: string, name: string) => filled(data[name], mark, space));
  return { outcome: reason.outcome, message: fill(reason.message), help: fill(reason.help) };
}
