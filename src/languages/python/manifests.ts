import { createRequire } from 'node:module';
import { posix } from 'node:path';
import type { BuildContext, Evidence } from '../../types.ts';
import { normaliseName, type Requirement, readRequirementsFile, readSpec } from './requirements.ts';

/** What pyproject.toml, setup.cfg, setup.py or Pipfile say of a project. */
export interface Project {
  name?: string;
  requirements: Requirement[];
  /** Versions of Python that it accepts. */
  python?: string;
  /** Some requirements are computed. */
  opaque: boolean;
  /** Installing it writes into its own directory: extension modules, a version file, a build script. */
  generates: boolean;
  /** It puts files beside its modules: https://setuptools.pypa.io/en/latest/deprecated/distutils/setupscript.html#installing-additional-files */
  spreads: boolean;
}

type Table = Record<string, unknown>;

/** Reads the manifests in a directory of the context. */
export function readProject(context: BuildContext, directory: string): Project {
  const project: Project = { requirements: [], opaque: false, generates: false, spreads: false };
  const at = (file: string) => posix.join(directory, file);
  const pyproject = context.read(at('pyproject.toml'));
  const setup = context.read(at('setup.py'));
  const config = context.read(at('setup.cfg'));
  if (pyproject !== undefined) readPyproject(project, parseToml(pyproject), at('pyproject.toml'));
  if (config !== undefined) readSetupConfig(project, config, at('setup.cfg'));
  if (setup !== undefined) readSetupScript(project, setup, directory, context);
  const texts = [pyproject, setup, config].join('\n');
  project.generates =
    /\b(setuptools[_-]scm|hatch-vcs|version[_-]file|write_to|ext_modules|cythonize|cffi_modules|Extension\(|rust_extensions|maturin|scikit-build|meson-python|build\s*=\s*["'][\w/]+\.py|versioningit|pbr)\b/.test(
      texts,
    );
  project.spreads = /\bdata[_-]files\b|\bshared-data\b/.test(texts);
  if (pyproject === undefined && setup === undefined && config === undefined) project.opaque = true;
  return project;
}

/** TOML as plain tables; {} for what cannot be read. */
export function parseToml(text: string): Table {
  // Loaded only where there is a manifest to read.
  const { parse } = createRequire(import.meta.url)('smol-toml') as typeof import('smol-toml');
  try {
    return parse(text) as Table;
  } catch {
    return {};
  }
}

/** A table within a table; {} where there is none. */
export function table(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};
}

/** The strings of a list; [] for anything else. */
function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function readPyproject(project: Project, toml: Table, file: string): void {
  const own = table(toml.project);
  const poetry = table(table(toml.tool).poetry);
  const name = own.name ?? poetry.name;
  if (typeof name === 'string') project.name = name;
  if (typeof own['requires-python'] === 'string') project.python = own['requires-python'];
  if (strings(own.dynamic).includes('dependencies')) project.opaque = true;
  const lists = [own.dependencies, ...Object.values(table(own['optional-dependencies'])), ...Object.values(table(toml['dependency-groups']))];
  for (const spec of lists.flatMap(strings)) add(project, spec, file);
  const groups = Object.values(table(poetry.group)).map((group) => table(table(group).dependencies));
  for (const dependencies of [table(poetry.dependencies), table(poetry['dev-dependencies']), ...groups]) readTableOfVersions(project, dependencies, file);
}

/** Poetry's and Pipenv's form: `flask = "^3.0"`, `tool = { git = "…" }`. */
function readTableOfVersions(project: Project, dependencies: Table, file: string): void {
  for (const [name, value] of Object.entries(dependencies)) {
    const detail = table(value);
    const version = typeof value === 'string' ? value : detail.version;
    if (name === 'python') {
      if (typeof version === 'string') project.python = version;
      continue;
    }
    const url = detail.git ?? detail.url ?? detail.path;
    const pin = typeof version === 'string' ? /^={0,2}\s*(\d[\w.]*)$/.exec(version)?.[1] : undefined;
    project.requirements.push({
      name: normaliseName(name),
      ...(pin !== undefined && { pin }),
      ...(typeof url === 'string' && { url }),
      evidence: evidenceOf(file, name),
    });
  }
}

function readSetupConfig(project: Project, text: string, file: string): void {
  const name = /^name\s*=\s*(\S+)/m.exec(text)?.[1];
  if (name !== undefined) project.name ??= name;
  const [, list = ''] = /^install_requires\s*=(.*(?:\n[ \t]+.*)*)/m.exec(text) ?? [];
  for (const spec of list.split('\n')) if (spec.trim() !== '') add(project, spec.trim(), file);
}

/** setup.py is a program: lists of literals and the requirement files that it opens are read, the rest is not known. */
function readSetupScript(project: Project, text: string, directory: string, context: BuildContext): void {
  const file = posix.join(directory, 'setup.py');
  const name = /\bname\s*=\s*["']([\w.-]+)["']/.exec(text)?.[1];
  if (name !== undefined) project.name ??= name;
  const given = /\binstall_requires\s*=\s*(\[[^\]]*\])?/.exec(text);
  for (const [, spec = ''] of (given?.[1] ?? '').matchAll(/["']([^"'\n]+)["']/g)) add(project, spec, file);
  const opened = [...text.matchAll(/["']([\w./-]*requirements[\w./-]*\.(?:txt|in|pip))["']/g)].map((match) => match[1] as string);
  for (const one of opened) {
    const list = readRequirementsFile(posix.join(directory, one), context.read);
    project.requirements.push(...list.requirements);
    project.opaque ||= list.opaque;
  }
  if (given && given[1] === undefined && opened.length === 0) project.opaque = true;
}

/** Reads a Pipfile: https://github.com/pypa/pipfile */
export function readPipfile(context: BuildContext, directory: string): Project {
  const file = posix.join(directory, 'Pipfile');
  const text = context.read(file);
  const project: Project = { requirements: [], opaque: text === undefined, generates: false, spreads: false };
  const toml = parseToml(text ?? '');
  for (const part of [toml.packages, toml['dev-packages']]) readTableOfVersions(project, table(part), file);
  const asked = table(toml.requires).python_full_version ?? table(toml.requires).python_version;
  if (typeof asked === 'string') project.python = asked;
  return project;
}

function add(project: Project, spec: string, file: string): void {
  const read = readSpec(spec, evidenceOf(file, spec));
  if (read) project.requirements.push(read);
}

function evidenceOf(file: string, name: string): Evidence {
  return { file, note: `requires ${name}` };
}
