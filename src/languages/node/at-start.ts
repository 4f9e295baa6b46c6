import { posix } from 'node:path';
import { buildToolAtStart } from '../../effects/build-tools.ts';
import { allEffects, operands } from '../../effects/effect.ts';
import { plainCommand } from '../../effects/run.ts';
import type { Need, ShellCommand } from '../../types.ts';
import type { Facts } from '../language.ts';
import { packageOf } from './commands.ts';
import type { Execution } from './executes.ts';
import { findInstalls } from './installs.ts';
import { type Invocation, isInstall, readInvocation } from './invocation.ts';
import { brings } from './packages.ts';
import { programTable } from './program-table.ts';
import type { Sources } from './sources.ts';

/** Verbs that put packages in place, for which they may have to be fetched from repositories and compiled. */
const INSTALLS = new Set(['add', 'audit', 'dedupe', 'dlx', 'link', 'rebuild', 'update', 'upgrade', 'up', 'install-test', 'it', 'cit', 'install-ci-test']);
/** Programs that compile packages of Node, or fetch what is compiled. */
const COMPILERS = /^(node-gyp|cmake-js|prebuild|prebuild-install|prebuildify|node-pre-gyp|electron-rebuild|bower|napi)$/;
/** Package managers of others that compile what they install. */
const OTHERS = /^(pip[\d.]*|pipx|uv|poetry|pipenv|conda|mamba|gem|bundle|cpan|cpanm|luarocks|composer|pecl)$/;
const IN_SOURCE = /(["'`])(?:npm|yarn|pnpm)(?:\.cmd)?(?:\1\s*,\s*\[\s*["'`]|\s+(?:-\S+\s+)*)(install|i|ci|add|rebuild|update|upgrade|up|link)\b/;
const STARTS = /["'`](?:node:)?(?:child_process|execa|shelljs|cross-spawn|zx|tinyexec|npm-run|npm)["'`]/;

/** What in the start may use any tool of the image, compilers and git before all: it installs, or it builds by recipes of its own. */
export function toolsAtStart(facts: Facts, { list }: Sources, executions: readonly Execution[]): string | undefined {
  const command = facts.start.commands.find((one) => installs(one, facts) || isSystemTool(one));
  if (command) return `the start command runs \`${textOf(command)}\`, which may use any tool of the image`;
  const started = executions.find(({ program }) => program !== undefined && isSystemTool(plainCommand(program, [], undefined, {})));
  if (started) return `${started.file}:${started.line} starts ${started.program}, which may use any tool of the image`;
  const source = list.find(({ text }) => STARTS.test(text) && IN_SOURCE.test(text));
  return source && `${source.file} installs packages, which may use any tool of the image`;
}

/** The needs of such a start: the image as it is, with every package that was installed. */
export function toolNeeds(facts: Facts, note: string): Need[] {
  const evidence = { file: facts.source.path, note };
  const packages = allEffects(facts.labelled).flatMap((effect) => (effect.action?.endsWith('-install') ? (effect.packages?.names ?? []) : []));
  return [
    { kind: 'system', name: 'programs', evidence },
    ...[...new Set(packages)].map((name): Need => ({ kind: 'program', name: name.replace(/[=<>~:].*$/, ''), evidence })),
  ];
}

/** Why the start needs whatever was installed for the build: it builds, tests or runs tasks, whose settings name packages in ways of their own. */
export function builderAtStart({ start }: Facts): string | undefined {
  const command = start.commands.find(buildsProject);
  return command && `the start command runs \`${textOf(command)}\`, which builds with what its settings name`;
}

function buildsProject(command: ShellCommand): boolean {
  const { builders, checks } = programTable();
  const name = programOf(command.name);
  const words = operands(command).map((word) => word.value);
  if (words.length === 0 && command.args.length === 1 && /^(-v|-V|--version|-h|--help)$/.test(command.args[0]?.value ?? '')) return false;
  if (checks.includes(name)) return true;
  const serving = Object.hasOwn(builders, name) ? builders[name] : undefined;
  return serving !== undefined && !words.some((word) => serving.includes(word));
}

/** `./node_modules/.bin/next` → `next`; `@angular/cli@17`, as npx may name it → `ng`. */
function programOf(name: string): string {
  const { bins } = programTable();
  const plain = packageOf(name.startsWith('@') ? name : posix.basename(name));
  return plain.startsWith('@') ? (Object.keys(bins).find((bin) => bins[bin] === plain) ?? plain) : plain;
}

/** npx fetches what is not installed. */
function isFetched(command: ShellCommand, facts: Facts): boolean {
  const [first] = operands(command, ['-p', '--package', '-c', '--call']);
  if (!/^(npx|pnpx)$/.test(posix.basename(command.name)) || !first?.known) return false;
  const name = packageOf(first.value);
  const { bins } = programTable();
  const listed = findInstalls(facts).some(
    ({ lock, manifest }) =>
      [...(manifest?.dependencies ?? []), ...(manifest?.devDependencies ?? [])].includes(name) ||
      lock?.packages.some((one) => one.name === name || one.bins.includes(name)),
  );
  return !listed && bins[name] === undefined && !Object.values(bins).includes(name) && !programTable().checks.includes(name) && !brings(facts, name);
}

function installs(command: ShellCommand, facts: Facts): boolean {
  if (isFetched(command, facts)) return true;
  const call = readInvocation(command, facts);
  if (call) return call.words.every((word) => word.value !== '--help') && putsPackages(call, command);
  const name = posix.basename(command.name);
  return COMPILERS.test(name) || (OTHERS.test(name) && operands(command).some((word) => /^(install|add|sync|update)$/.test(word.value)));
}

function putsPackages(call: Invocation, command: ShellCommand): boolean {
  const { verb, words } = call;
  if (verb === 'audit') return words[0]?.value === 'fix';
  // `yarn --version` is no install, though `yarn` is.
  if (verb === 'install' && call.manager === 'yarn' && command.args.some((word) => ['-v', '--version', '-h', '--help'].includes(word.value))) return false;
  return (
    isInstall(call) ||
    verb === '$' ||
    INSTALLS.has(verb) ||
    (call.global && /^(install|ci)$/.test(verb)) ||
    (verb === 'workspaces' && words[0]?.value === 'focus')
  );
}

/** A compiler, or a tool that runs recipes; those of npm packages build with these alone. */
function isSystemTool(command: ShellCommand): boolean {
  const { bins, builders } = programTable();
  const name = posix.basename(command.name);
  if (/^(npx|pnpx)$/.test(name) || bins[name] !== undefined || Object.hasOwn(builders, name)) return false;
  return buildToolAtStart({ commands: [command] }) !== undefined || /^(just|task|rake|earthly|tox|nox|invoke)$/.test(name);
}

function textOf({ name, args }: ShellCommand): string {
  return [name, ...args.map((word) => word.text)].join(' ');
}
