import { posix } from 'node:path';
import { allEffects, within } from '../../effects/effect.ts';
import { labelledAt } from '../../effects/labelled.ts';
import type { Decision } from '../../types.ts';
import type { AddedStep, Facts } from '../language.ts';
import { needsDevelopment } from './development.ts';
import type { Entries } from './entries.ts';
import { findCalls, type Install, lastStep } from './installs.ts';
import { lastingOptions, omitsDevelopment } from './invocation.ts';
import { installScripts, type Manifest } from './manifest.ts';
import type { Sources } from './sources.ts';
import { managerVersion } from './versions.ts';

export interface Prune {
  steps: AddedStep[];
  decisions: Decision[];
  /** Whether development dependencies are left out of what crosses. */
  pruned: boolean;
}

/** The step that takes development dependencies away after the last build, or why there is none; `building` is why the start builds anew. */
export function planPrune(
  facts: Facts,
  install: Install,
  building: string | undefined,
  entries: Entries,
  sources: Sources,
  globals: ReadonlySet<string>,
): Prune {
  const none: Prune = { steps: [], decisions: [], pruned: false };
  const { manifest, command } = install;
  if (omitsDevelopment(command) || alreadyPruned(facts, install)) return { ...none, pruned: true };
  if (!manifest || manifest.devDependencies.length === 0) return { ...none, pruned: manifest?.devDependencies.length === 0 };
  const why = needsDevelopment(facts, install, entries, sources, globals) ?? building ?? unsafe(facts, install, manifest);
  const step = why === undefined ? stepFor(facts, install, manifest) : undefined;
  if (!step || typeof step === 'string') {
    return { ...none, decisions: [{ code: 'dev-dependencies-kept', message: `development dependencies are kept: ${why ?? step}`, line: install.line }] };
  }
  return {
    steps: [step],
    decisions: [
      {
        code: 'dev-dependencies-left',
        message: `nothing that runs needs the development dependencies (${manifest.devDependencies.slice(0, 6).join(', ')}${manifest.devDependencies.length > 6 ? ', …' : ''}): they stay in the builder`,
        line: install.line,
      },
    ],
    pruned: true,
  };
}

function alreadyPruned(facts: Facts, install: Install): boolean {
  return findCalls(facts).some(
    ({ index, command, call }) =>
      index >= install.index &&
      call.directory === install.directory &&
      (call.verb === 'prune' || (call.verb === 'workspaces' && call.words[0]?.value === 'focus')) &&
      (omitsDevelopment(command) || call.words.length > 0),
  );
}

/** Why a prune could do harm, whatever the program needs. */
function unsafe(facts: Facts, install: Install, manifest: Manifest): string | undefined {
  if (manifest.workspaces) return 'a package of a workspace cannot be told from what it links to';
  if (manifest.local.length > 0) return `${manifest.local[0]} comes from a directory`;
  const last = lastStep(facts);
  if (last && last.user !== install.user) return 'the last build step runs as another user than the install';
  if (isFilledByHand(facts, install, manifest)) return 'something else puts modules into node_modules';
  if (isChangedOtherwise(facts, install)) return 'another command changes node_modules as well';
  return isMoved(facts, posix.join(install.directory, 'node_modules')) ? 'node_modules is moved to another place' : undefined;
}

/** npm takes away what it did not put there: modules that a COPY, a link or a lifecycle script brought. */
function isFilledByHand(facts: Facts, install: Install, manifest: Manifest): boolean {
  const modules = posix.join(install.directory, 'node_modules');
  const inside = (path: string) => path !== modules && within(path, modules);
  const scripts = installScripts(manifest).some((script) => script.includes('node_modules'));
  return (
    scripts ||
    facts.labelled.some(
      ({ copy, segments }) =>
        (copy && inside(copy.destination)) ||
        segments?.some(({ effects }) => effects.some((effect) => effect.action !== 'remove' && effect.writes.some((write) => inside(write.path)))),
    )
  );
}

const CHANGES = new Set(['link', 'audit', 'add', 'update', 'import', 'dedupe']);

function isChangedOtherwise(facts: Facts, install: Install): boolean {
  const calls = findCalls(facts).filter(({ call }) => !call.global && call.directory === install.directory);
  return calls.some(
    ({ index, call }) => (index >= install.index && CHANGES.has(call.verb)) || (['install', 'add'].includes(call.verb) && call.words.length > 0),
  );
}

function isMoved(facts: Facts, modules: string): boolean {
  const effects = allEffects(facts.labelled);
  return effects.some((effect) => effect.action === 'copy' && effect.reads.some((path) => within(path, modules)));
}

/** The command by package manager, or why there is none that is safe. */
function stepFor(facts: Facts, install: Install, manifest: Manifest): AddedStep | string {
  const last = lastStep(facts);
  if (!last) return 'no step installs them';
  const at = labelledAt(facts.labelled, last.index)?.state.cwd ?? '/';
  const directory = at === install.directory ? '' : install.directory;
  const added: Added = (template, more) => ({
    after: last.index,
    instruction: {
      kind: 'added',
      template: `node/${template}`,
      data: { directory, mounts: cacheMounts(facts, install), ...more },
      why: 'only production dependencies go into the final stage',
    },
  });
  const { manager } = install.call;
  const version = managerVersion(facts, install, manifest);
  if (version === undefined) return `the version of ${manager} is not known`;
  if (manager === 'npm') return npmStep(install, facts.context.read(posix.join(manifest.source, '.npmrc')) ?? '', version, added);
  if (manager === 'yarn') return version >= 2 ? berryStep(facts, manifest, version, added) : classicStep(install, manifest, added);
  return pnpmStep(manifest, version, added);
}

/** npm's prune runs no scripts and leaves alone what others put into node_modules, with a lock file or without one. */
function npmStep(install: Install, settings: string, version: number, added: Added): AddedStep | string {
  if (version < 6) return `npm ${version} does not prune reliably`;
  // The .npmrc may be gone by then, for it often holds a token.
  const fromFile = ['legacy-peer-deps', 'force'].filter((name) => new RegExp(`^${name}\\s*=\\s*true`, 'm').test(settings)).map((name) => `--${name}`);
  return added('npm-prune', { modern: version >= 7, options: [...new Set([...lastingOptions(install.command), ...fromFile])] });
}

/** pnpm's prune runs the scripts of the package itself again: https://github.com/pnpm/pnpm/issues/4770 */
function pnpmStep(manifest: Manifest, version: number, added: Added): AddedStep | string {
  const scripts = installScripts(manifest).length > 0 || manifest.scripts.prepare !== undefined;
  return version < 8 ? `pnpm ${version} does not prune reliably` : added('pnpm-prune', { scripts });
}

/** The caches that the install was given serve the prune as well. */
function cacheMounts({ source }: Facts, { index }: Install): string[] {
  return (source.instructions[index]?.flags ?? []).filter((flag) => flag.name === 'mount' && /(^|,)type=cache\b/.test(flag.value)).map((flag) => flag.value);
}

type Added = (template: string, more: Record<string, string | string[] | boolean>) => AddedStep;

/** Yarn 1 keeps what install scripts have built, but puts packages back that were patched. */
function classicStep(install: Install, manifest: Manifest, added: Added): AddedStep | string {
  if (!install.lock) return 'there is no yarn.lock to install them from again';
  const all = [...manifest.dependencies, ...manifest.devDependencies];
  if (all.includes('patch-package') || installScripts(manifest).some((script) => /\bpatch\b|ngcc/.test(script)))
    return 'packages are patched after the install';
  return all.some((name) => /(^|\/)prisma(\/|$)/.test(name)) ? 'prisma generates code into node_modules' : added('yarn-prune', {});
}

/** https://yarnpkg.com/cli/workspaces/focus */
function berryStep(facts: Facts, manifest: Manifest, version: number, added: Added): AddedStep | string {
  const settings = facts.context.read(posix.join(manifest.source, '.yarnrc.yml')) ?? '';
  if (version < 4) return `yarn ${version} prunes only with a plugin`;
  return /^nodeLinker:\s*["']?node-modules/m.test(settings) ? added('yarn-focus', {}) : 'yarn links packages without node_modules';
}
