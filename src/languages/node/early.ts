import { posix } from 'node:path';
import { labelledAt } from '../../effects/labelled.ts';
import type { Facts, LanguagePlan } from '../language.ts';
import type { Install } from './installs.ts';
import { installScripts } from './manifest.ts';

const MANIFESTS = ['package.json', 'package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', '.npmrc', '.yarnrc', '.pnpmfile.cjs'];

/** An install that reads package.json and lock file alone may stand before the COPY of the sources, where it stays cached. */
export function earlyInstall(facts: Facts, installs: readonly Install[]): Pick<LanguagePlan, 'earlyInstall'> {
  const [install] = installs;
  if (!install?.manifest || installs.length !== 1) return {};
  const { manifest, index, call, directory } = install;
  const { context } = facts;
  const kind = (name: string) => context.kind(posix.join(manifest.source, name));
  const first = labelledAt(facts.labelled, index)?.segments?.[0];
  const alone =
    first?.segment.commands.length === 1 &&
    first.segment.commands[0]?.start === install.command.start &&
    first.segment.commands[0]?.name === install.command.name;
  const plain = Object.keys(manifest.scripts).every((name) => !/^(pre|post)?(install|prepare|prepublish)$/.test(name)) && installScripts(manifest).length === 0;
  const ownFiles = ['binding.gyp', 'patches', '.yarnrc.yml', '.yarn', 'node_modules'].some((name) => kind(name) !== undefined);
  if (
    !alone ||
    !plain ||
    ownFiles ||
    manifest.workspaces ||
    manifest.local.length > 0 ||
    call.words.length > 0 ||
    !context.ignores(posix.join(manifest.source, 'node_modules'))
  )
    return {};
  if (facts.sourceOf(posix.join(directory, 'package.json')) !== posix.join(manifest.source, 'package.json')) return {};
  const copied = facts.labelled.some(
    (one) => one.index < index && one.copy?.placed.some((placed) => placed.kind === 'file' && posix.basename(placed.source) === 'package.json'),
  );
  const manifests = MANIFESTS.filter((name) => kind(name) === 'file').map((name) => posix.join(manifest.source, name));
  return copied ? {} : { earlyInstall: { run: index, segments: 1, manifests } };
}
