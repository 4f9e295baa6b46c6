import { fromTemplate, toTemplate } from './bake-template.ts';

/** One Dockerfile and its conversion, as a bake file has them. All paths are seen from the folder in which bake is run. */
export interface BakeProject {
  /** What its targets and tags begin with; see bakeNames. */
  name: string;
  /** As the user named the Dockerfile. */
  path: string;
  context: string;
  /** The Dockerfile, from its context. */
  before: string;
  /** The conversion: its text, or a file, from the context, which an ignore file can stand beside. */
  after: { text: string } | { file: string };
  buildArgs: Readonly<Record<string, string>>;
  platform?: string;
  secrets: readonly string[];
  ssh: readonly string[];
  /** Kinds of differences that the user asked for. */
  expected: readonly string[];
}

/** https://docs.docker.com/build/bake/reference/#target */
interface BakeTarget {
  context: string;
  dockerfile?: string;
  'dockerfile-inline'?: string;
  args?: Record<string, string>;
  platforms?: string[];
  secret?: string[];
  ssh?: string[];
  tags: string[];
  output: string[];
  attest: string[];
}

interface BakeFile {
  /** A comment: https://github.com/hashicorp/hcl/blob/main/json/spec.md#bodies */
  '//': { restage: 1; projects: { name: string; path: string; expected: readonly string[] }[] };
  variable: Record<string, { default: string }>;
  group: Record<'default' | Role, { targets: string[] }>;
  target: Record<string, BakeTarget>;
}

const ROLES = ['before', 'after'] as const;
type Role = (typeof ROLES)[number];

/** A bake file that cannot be used; the message says why. */
export class BakeError extends Error {}

export function targetName({ name }: Pick<BakeProject, 'name'>, role: Role): string {
  return `${name}-${role}`;
}

/**
 * The text of a bake file that builds each project before and after: groups `before`, `after` and `default` (both). The variables
 * RESTAGE_REPOSITORY and RESTAGE_OUTPUT say what the images are called and where they go.
 */
export function bakeFile(projects: readonly BakeProject[]): string {
  const targets = (role: Role) => projects.map((project) => targetName(project, role));
  const file: BakeFile = {
    '//': { restage: 1, projects: projects.map(({ name, path, expected }) => ({ name, path, expected })) },
    variable: { RESTAGE_REPOSITORY: { default: 'restage' }, RESTAGE_OUTPUT: { default: 'type=docker' } },
    group: { default: { targets: [...ROLES] }, before: { targets: targets('before') }, after: { targets: targets('after') } },
    target: Object.fromEntries(projects.flatMap((project) => ROLES.map((role) => [targetName(project, role), bakeTarget(project, role)]))),
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

function bakeTarget(project: BakeProject, role: Role): BakeTarget {
  const { name, context, buildArgs, platform, secrets, ssh } = project;
  const args = Object.entries(buildArgs).map(([key, value]) => [toTemplate(key), toTemplate(value)]);
  return {
    context: toTemplate(context),
    ...dockerfileOf(project, role),
    ...(args.length > 0 && { args: Object.fromEntries(args) }),
    ...(platform !== undefined && { platforms: [platform] }),
    ...(secrets.length > 0 && { secret: secrets.map(toTemplate) }),
    ...(ssh.length > 0 && { ssh: ssh.map(toTemplate) }),
    tags: [`\${RESTAGE_REPOSITORY}/${name}:${role}`],
    output: ['${RESTAGE_OUTPUT}'],
    // With one an image would be an index of two, which older engines do not load.
    attest: ['type=provenance,disabled=true'],
  };
}

function dockerfileOf({ before, after }: BakeProject, role: Role): Pick<BakeTarget, 'dockerfile' | 'dockerfile-inline'> {
  if (role === 'before') return { dockerfile: toTemplate(before) };
  return 'text' in after ? { 'dockerfile-inline': toTemplate(after.text) } : { dockerfile: toTemplate(after.file) };
}

/** The projects of a bake file that `bakeFile` wrote. Throws BakeError where it is another one. */
export function readBakeFile(text: string): BakeProject[] {
  const file = parse(text);
  return file['//'].projects.map((project) => ({ ...project, ...built(project, file) }));
}

function parse(text: string): BakeFile {
  let file: Partial<BakeFile> | null;
  try {
    file = JSON.parse(text) as Partial<BakeFile> | null;
  } catch (error) {
    throw new BakeError((error as Error).message);
  }
  if (file?.['//']?.restage !== 1 || !Array.isArray(file['//'].projects) || typeof file.target !== 'object')
    throw new BakeError('it was not written by restage verify --bake');
  return file as BakeFile;
}

function built(project: Pick<BakeProject, 'name'>, { target }: BakeFile): Omit<BakeProject, 'name' | 'path' | 'expected'> {
  const [before, after] = ROLES.map((role) => target[targetName(project, role)]);
  if (!before || !after) throw new BakeError(`it has no target ${targetName(project, before ? 'after' : 'before')}`);
  const inline = after['dockerfile-inline'];
  const [platform] = before.platforms ?? [];
  return {
    context: fromTemplate(before.context),
    before: fromTemplate(before.dockerfile ?? 'Dockerfile'),
    after: inline === undefined ? { file: fromTemplate(after.dockerfile ?? 'Dockerfile') } : { text: fromTemplate(inline) },
    buildArgs: Object.fromEntries(Object.entries(before.args ?? {}).map(([key, value]) => [fromTemplate(key), fromTemplate(value)])),
    ...(platform !== undefined && { platform }),
    secrets: (before.secret ?? []).map(fromTemplate),
    ssh: (before.ssh ?? []).map(fromTemplate),
  };
}
