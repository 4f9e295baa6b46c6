import { posix } from 'node:path';
import { otherStarter } from '../../effects/daemons.ts';
import { providesProgram } from '../../knowledge/programs.ts';
import type { Facts } from '../language.ts';
import type { Entries } from './entries.ts';
import type { Install } from './installs.ts';
import { type LockedPackage, reachable } from './lock.ts';
import type { Manifest } from './manifest.ts';
import { programTable } from './program-table.ts';
import { computedModule, isBuiltinModule, isLocalModule, namesPackage, packageName, type Sources, specifiers } from './sources.ts';

/** Programs that run without anything of node_modules. */
const OWN = new Set(['node', 'nodejs', 'npm', 'npx', 'yarn', 'yarnpkg', 'pnpm', 'pnpx', 'corepack', '']);

/** Why the running image needs a development dependency; undefined where it provably needs none. */
export function needsDevelopment(facts: Facts, install: Install, entries: Entries, sources: Sources, globals: ReadonlySet<string>): string | undefined {
  const { manifest } = install;
  if (!manifest) return 'its package.json is not in the context';
  const dev = new Set(manifest.devDependencies);
  const other = otherStarter(facts.start);
  if (other) return `${other.name} starts programs that its own files name`;
  if (facts.start.commands.some((command) => command.name === 'next') && facts.context.files()?.some((file) => /(^|\/)next\.config\.[cm]?ts$/.test(file)))
    return 'next reads its configuration with typescript';
  return (
    startedFrom(facts, install, manifest, dev, globals) ??
    namedBySettings(facts, install) ??
    entries.loads.map((name) => packageName(name)).flatMap((name) => (dev.has(name) ? [`the start command loads ${name}`] : []))[0] ??
    loadedByName(install, dev) ??
    (sources.gap === undefined ? undefined : sources.gap) ??
    startedByManager(sources) ??
    servesModules(sources) ??
    named(sources, dev, undeclaredIn(install))
  );
}

/** A variable or a word of the start command that names what lies in node_modules: `NODE_ICU_DATA=node_modules/full-icu`. */
function namedBySettings({ labelled, start }: Facts, install: Install): string | undefined {
  const states = [labelled.at(-1)?.state.env ?? {}, ...start.commands.map(({ env }) => env)];
  const variables = states.flatMap((env) => Object.entries(env)).map(([name, value = '']) => ({ what: `the variable ${name}`, text: value }));
  const words = start.commands.flatMap(({ name, args, assignments }) =>
    [name, ...args.map(({ value }) => value), ...assignments.map(({ word }) => word.value)].map((text) => ({ what: 'the start command', text })),
  );
  const isDevelopment = inDevelopment(install);
  for (const { what, text } of [...variables, ...words]) {
    const found = modulesNamed(text).find(isDevelopment);
    if (found !== undefined) return `${what} names ${found}`;
  }
  return undefined;
}

/** The packages that a text names by their place: `../node_modules/a/b.json` → `a`. */
function modulesNamed(text: string): string[] {
  return [...text.matchAll(/node_modules\/((?:@[\w.-]+\/)?[\w-][\w.-]*)/g)].map((match) => match[1] ?? '');
}

/** Whether a package is there for development alone; one that nothing tells of may be. */
function inDevelopment({ lock, manifest }: Install): (name: string) => boolean {
  const production = lock ? reachable(lock, manifest?.dependencies ?? []) : new Set(manifest?.dependencies);
  const locked = lock && new Set(lock.packages.map((one) => one.name));
  return (name) => !production.has(name) && locked?.has(name) !== false;
}

/** A source that runs `npx tool`, `npm run script` or a program of node_modules/.bin. */
function startedByManager({ list }: Sources): string | undefined {
  const found = list.find(
    ({ text }) =>
      /child_process|execa|shelljs|cross-spawn|zx/.test(text) &&
      /["'`](?:[^"'`\n]*[|;&]\s*)?(?:npx|npm|yarn|pnpm)(?:\s|["'`])|node_modules\/\.bin\//.test(text),
  );
  return found && `${found.file} starts programs of node_modules`;
}

function startedFrom(facts: Facts, install: Install, manifest: Manifest, dev: ReadonlySet<string>, globals: ReadonlySet<string>): string | undefined {
  const production = install.lock ? reachable(install.lock, manifest.dependencies) : new Set(manifest.dependencies);
  for (const command of facts.start.commands) {
    const name = posix.basename(command.name);
    const viaModules = command.name.includes('node_modules/.bin/');
    if (OWN.has(name) || (command.name.includes('/') && !viaModules) || globals.has(name) || isBuiltin(name)) continue;
    const packages = packagesOf(name, install.lock?.packages ?? []);
    const fromDevelopment = packages.find((one) => dev.has(one) && !production.has(one));
    if (fromDevelopment !== undefined) return `the start command runs ${name}, which ${fromDevelopment} brings`;
    const told = install.lock?.packages.some((one) => one.bins.length > 0) === true && install.lock.format === 'npm';
    if (told || packages.some((one) => production.has(one)) || providesProgram(facts.base, name) || isInstalled(name, facts)) continue;
    return `it is not known which package brings ${name}, which the start command runs`;
  }
  return undefined;
}

/** The packages that may bring a program: by the lock file, by what is known, or one of the same name. */
function packagesOf(program: string, locked: readonly LockedPackage[]): string[] {
  const bins = locked.filter((one) => one.bins.includes(program)).map((one) => one.name);
  const known = programTable().bins[program];
  return [...new Set([...bins, ...(known === undefined ? [] : [known]), program])];
}

function isBuiltin(name: string): boolean {
  return /^(\[|\.|:|cd|echo|exec|exit|export|set|source|test|true|false|sleep|wait|trap|unset|if|printf)$/.test(name) || name.startsWith('$');
}

function isInstalled(name: string, facts: Facts): boolean {
  return facts.labelled.some(({ segments }) => segments?.some(({ effects }) => effects.some((effect) => effect.packages?.names.includes(name))));
}

/** Packages that others load by a name that stands nowhere in the sources, or as a peer that the lock file does not show. */
function loadedByName({ lock, manifest }: Install, dev: ReadonlySet<string>): string | undefined {
  const { loadedByName: known, peers } = programTable();
  const byName = known.names.find((name) => dev.has(name));
  if (byName !== undefined) return `${byName} may be loaded by another package`;
  const production = new Set(manifest?.dependencies ?? []);
  const peer = Object.entries(peers).find(([name, wanted]) => production.has(name) && wanted.some((one) => dev.has(one)));
  if (peer) return `${peer[0]} needs ${peer[1].find((one) => dev.has(one))}`;
  // npm's lock file counts a peer of a production dependency as one itself.
  const shown = lock?.format === 'npm' && lock.packages.some((one) => one.script !== undefined);
  const babel = !shown && production.has('@babel/core') ? [...dev].find((name) => /^@?babel[/-]/.test(name)) : undefined;
  return babel === undefined ? undefined : `@babel/core may load ${babel}`;
}

function named({ list }: Sources, dev: ReadonlySet<string>, undeclared: (text: string) => string | undefined): string | undefined {
  const names = [...dev].filter((name) => !name.startsWith('@types/'));
  for (const { file, text } of list) {
    const found = names.find((name) => namesPackage(text, name)) ?? undeclared(text);
    if (found !== undefined) return `${file} names ${found}`;
    const computed = computedModule(text);
    if (computed !== undefined && !isLocalModule(computed)) return `${file} loads a module by a computed name`;
  }
  return undefined;
}

/** `express.static('node_modules')`: what is taken from there no source names. */
function servesModules({ list }: Sources): string | undefined {
  const found = list.find(({ text }) => /["'`/]node_modules\/?["'`]/.test(text));
  return found && `${found.file} names node_modules as a whole`;
}

/** A package that only a development dependency may bring, for package.json does not list it. */
function undeclaredIn(install: Install): (text: string) => string | undefined {
  const { lock, manifest } = install;
  const isDevelopment = inDevelopment(install);
  const isName = (name: string) => lock !== undefined || /^(@[a-z][\w.-]*\/)?[a-z][\w.-]*$/.test(name);
  return (text) =>
    [...specifiers(text)]
      .filter((name) => !name.startsWith('.') && !isBuiltinModule(name))
      .map(packageName)
      .filter(isName)
      .concat(modulesNamed(text))
      .find((name) => name !== manifest?.name && isDevelopment(name));
}
