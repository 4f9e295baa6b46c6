import { posix } from 'node:path';
import type { EffectScope } from '../../effects/rule.ts';
import type { BuildContext } from '../../types.ts';

/** What a package.json says, as far as it matters here. https://docs.npmjs.com/cli/v11/configuring-npm/package-json */
export interface Manifest {
  /** Directory of the context that holds it; '' is the root. */
  source: string;
  name: string;
  main: string | undefined;
  scripts: Record<string, string>;
  dependencies: string[];
  devDependencies: string[];
  /** Names of either that come from a directory, not from a registry. */
  local: string[];
  workspaces: boolean;
  /** `pnpm@9.1.0`: https://nodejs.org/api/corepack.html */
  packageManager: string | undefined;
}

/** Reads the package.json of a directory of the context; undefined where there is none or it is not JSON. */
export function readManifest(context: BuildContext, source: string): Manifest | undefined {
  const known = read.get(context) ?? new Map<string, Manifest | undefined>();
  read.set(context, known);
  if (!known.has(source)) known.set(source, parseManifest(context, source));
  return known.get(source);
}

const read = new WeakMap<BuildContext, Map<string, Manifest | undefined>>();

function parseManifest(context: BuildContext, source: string): Manifest | undefined {
  const json = asRecord(parse(context.read(posix.join(source, 'package.json'))));
  if (!json) return undefined;
  const sections = ['dependencies', 'optionalDependencies', 'devDependencies'].map((name) => asRecord(json[name]) ?? {});
  const [plain = {}, optional = {}, dev = {}] = sections;
  const production = new Set([...Object.keys(plain), ...Object.keys(optional)]);
  return {
    source,
    name: text(json.name) ?? '',
    main: text(json.main),
    scripts: strings(asRecord(json.scripts) ?? {}),
    dependencies: [...production],
    devDependencies: Object.keys(dev).filter((name) => !production.has(name)),
    local: sections.flatMap((section) =>
      Object.entries(strings(section)).flatMap(([name, version]) => (/^(file|link|portal|workspace):|^\.{0,2}\//.test(version) ? [name] : [])),
    ),
    workspaces:
      json.workspaces !== undefined ||
      context.kind(posix.join(source, 'pnpm-workspace.yaml')) === 'file' ||
      context.kind(posix.join(source, 'lerna.json')) === 'file',
    packageManager: text(json.packageManager),
  };
}

/** The package.json of a directory of the image, where it came from the context. */
export function manifestAt(directory: string, scope: Pick<EffectScope, 'context' | 'sourceOf'>): Manifest | undefined {
  const source = scope.sourceOf(posix.join(directory, 'package.json'));
  return source === undefined || posix.basename(source) !== 'package.json' ? undefined : readManifest(scope.context, posix.dirname(source).replace(/^\.$/, ''));
}

/** Scripts that an install of the package itself runs: https://docs.npmjs.com/cli/v11/using-npm/scripts#life-cycle-operation-order */
const LIFECYCLE = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];

/** The lifecycle scripts that do anything an image could need: setting up git hooks is none of them. */
export function installScripts(manifest: Manifest): string[] {
  return LIFECYCLE.flatMap((name) => manifest.scripts[name] ?? []).filter(
    (script) => !/^(is-ci \|\| )?(husky( install)?|simple-git-hooks|lefthook install)( \|\| true)?$/.test(script.trim()),
  );
}

function parse(json: string | undefined): unknown {
  try {
    return json === undefined ? undefined : JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

function strings(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
