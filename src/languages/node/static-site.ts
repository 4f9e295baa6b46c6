import { posix } from 'node:path';
import { pathOf } from '../../effects/effect.ts';
import type { Facts, LanguagePlan } from '../language.ts';
import type { Globals } from './globals.ts';
import { lastStep } from './installs.ts';
import { manifestAt } from './manifest.ts';
import { programTable } from './program-table.ts';

/** Where the usual tools put what they build, unless told otherwise. */
const OUTPUT: [RegExp, string, RegExp][] = [
  [/\breact-scripts build\b/, 'build', /BUILD_PATH/],
  [/\bvite build\b/, 'dist', /outDir/],
  [/\bvue-cli-service build\b/, 'dist', /outputDir|--dest/],
];

/** A site that a server of static files serves, itself installed for the whole image: nothing but the built directory runs. */
export function staticSite(
  facts: Facts,
  globals: Globals,
): Pick<LanguagePlan, 'generated' | 'buildOnly' | 'copies' | 'outputs' | 'decisions' | 'buildTools'> | undefined {
  const commands = facts.start.commands.filter((command) => !['exec', ':'].includes(command.name));
  const last = lastStep(facts);
  const [server] = commands;
  if (!server || !last || commands.length !== 1 || !programTable().servers.includes(server.name) || !globals.names.has(server.name)) return undefined;
  // A configuration or certificate of its own is another file that runs.
  if (server.args.some((word) => /\.\w+$|^--?(c|config|C|cert|K|key)$/.test(word.value))) return undefined;
  const places = server.args.filter((word) => word.known && isDirectoryName(word.value)).map((word) => pathOf(server, word));
  const [place] = places;
  if (place === undefined || places.length !== 1 || facts.sourceOf(place) === undefined || !isOutput(place, facts)) return undefined;
  const root = posix.dirname(place);
  if (root === '/' || facts.context.kind(facts.sourceOf(place) ?? '') !== undefined) return undefined;
  const copies: LanguagePlan['copies'] = {};
  for (const { index, copy } of facts.labelled)
    if (copy?.from === 'context' && copy.placed.every(({ path }) => path === root || path.startsWith(`${root}/`))) copies[index] = 'drop';
  return {
    ...{ copies, outputs: globals.outputs, buildTools: ['git', 'python', 'python3'] },
    generated: [{ path: place, after: last.index }],
    buildOnly: [root, ...globals.buildOnly],
    decisions: [{ code: 'only-built-files', message: `${server.name} serves ${place} alone: sources and node_modules stay in the builder` }],
  };
}

/** Options of `serve` and `http-server` take numbers, addresses and files, never the name of a plain directory. */
function isDirectoryName(word: string): boolean {
  return /^(\.\/|\/)?[A-Za-z][\w/-]*$/.test(word) && !/^(https?|tcp)/.test(word);
}

function isOutput(place: string, facts: Facts): boolean {
  const manifest = manifestAt(posix.dirname(place), facts);
  if (!manifest) return false;
  const scripts = Object.values(manifest.scripts).join('\n');
  const settings = ['vite.config.js', 'vite.config.ts', 'vite.config.mjs', 'vue.config.js', '.env', '.env.production'].map(
    (name) => facts.context.read(posix.join(manifest.source, name)) ?? '',
  );
  const written = facts.labelled.map(({ index }) => facts.source.instructions[index]?.text ?? '');
  return OUTPUT.some(
    ([tool, directory, other]) =>
      tool.test(scripts) && posix.basename(place) === directory && ![scripts, ...settings, ...written].some((text) => other.test(text)),
  );
}
