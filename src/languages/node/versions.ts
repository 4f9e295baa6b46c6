import { posix } from 'node:path';
import type { Facts } from '../language.ts';
import { findCalls, type Install } from './installs.ts';
import type { Manifest } from './manifest.ts';

/** npm's major version by Node's: https://nodejs.org/en/about/previous-releases */
const NPM_OF: [number, number][] = [
  [24, 11],
  [18, 10],
  [17, 8],
  [16, 8],
  [15, 7],
  [10, 6],
  [8, 5],
  [7, 4],
  [6, 3],
  [0, 2],
];

/** The major version of the package manager of an install; undefined where nothing tells. */
export function managerVersion(facts: Facts, install: Install, manifest: Manifest): number | undefined {
  const { manager } = install.call;
  const installed = globalVersion(facts, manager);
  if (manager === 'npm') return installed ?? npmOfNode(facts);
  const named = new RegExp(`^${manager}@(\\d+)`).exec(manifest.packageManager ?? '')?.[1];
  if (manager === 'pnpm') return installed ?? (named === undefined ? undefined : Number(named));
  const release = /yarnPath:.*yarn-(\d+)/.exec(facts.context.read(posix.join(manifest.source, '.yarnrc.yml')) ?? '')?.[1];
  const format = install.lock?.format;
  const told = release ?? named;
  if (told !== undefined) return Number(told);
  return installed ?? (format === 'yarn' ? 1 : format === 'berry' ? undefined : 1);
}

function globalVersion(facts: Facts, manager: string): number | undefined {
  const names = manager === 'yarn' ? ['@yarnpkg/cli-dist', 'yarn'] : [manager];
  const specs = findCalls(facts)
    .flatMap(({ call }) => (call.global ? call.words.map((word) => word.value) : []))
    .concat(prepared(facts));
  const spec = specs.findLast((one) => names.some((name) => one === name || one.startsWith(`${name}@`)));
  if (spec === undefined) return undefined;
  const number = /@\D{0,2}(\d+)[\d.]*$/.exec(spec)?.[1];
  if (number !== undefined) return Number(number);
  return NEWEST[manager];
}

/** What `corepack prepare pnpm@9 --activate` names. */
function prepared(facts: Facts): string[] {
  const commands = facts.labelled.flatMap(({ segments }) => (segments ?? []).flatMap(({ segment }) => segment.commands));
  return commands.filter((command) => command.name === 'corepack').flatMap((command) => command.args.map((word) => word.value));
}

/** What the tag `latest` is at least, as of 2025. */
const NEWEST: Record<string, number> = { npm: 10, pnpm: 10, yarn: 1 };

function npmOfNode({ base, reference }: Facts): number | undefined {
  if (base.image !== 'node') return undefined;
  const major = Number.parseInt(base.languageVersion ?? '', 10);
  if (Number.isNaN(major)) return /:(latest|lts|current|slim|alpine|bookworm|bullseye|trixie)|^[^:]+$/.test(reference) ? 10 : undefined;
  return NPM_OF.find(([node]) => major >= node)?.[1];
}
