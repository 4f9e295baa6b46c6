import { posix } from 'node:path';
import type { BuildContext } from '../../types.ts';

/** At the top of a module: what surrounds the sources. */
const AROUND =
  /^(\.git|\.github|\.gitlab|\.idea|\.vscode|\.circleci|\.husky|\.devcontainer|vendor|testdata|node_modules)(\/|$)|^([^/]*\.[Dd]ockerfile|Dockerfile[^/]*|Containerfile|\.(dockerignore|editorconfig|travis\.yml|drone\.yml|gitlab-ci\.yml|goreleaser\.ya?ml|golangci\.(ya?ml|toml)|pre-commit-config\.yaml|air\.toml|mockery\.ya?ml)|docker-compose[^/]*|compose\.ya?ml|azure-pipelines\.yml|cloudbuild\.ya?ml|renovate\.json5?|codecov\.yml|Taskfile\.ya?ml|Jenkinsfile|Vagrantfile|Procfile|CODEOWNERS|buf(\.gen)?\.yaml|sqlc\.ya?ml)$/i;
/** Beside Go sources: what a build reads. */
const BESIDE = /^(Makefile|GNUmakefile|[^/]*\.(proto|mk|s|c|h|cc|cpp))$/i;
/** What tells of a package or a module: nobody but a program that opens whatever there is reads it. */
const TELLS = /^(LICENSE[^/]*|LICENCE[^/]*|COPYING|NOTICE|AUTHORS|(README|CHANGELOG|CONTRIBUTING|TODO|doc)[^/]*)$/i;
/** Anywhere. */
const NEVER =
  /\.go$|(^|\/)(go\.(mod|sum|work|work\.sum)|Gopkg\.(toml|lock)|glide\.(yaml|lock)|\.gitignore|\.gitattributes|\.gitmodules|\.DS_Store)$|(^|\/)\.git\//;

/** Whether a directory or file that the program names is worth taking: more than a package of Go sources. */
export function holdsData(context: BuildContext, path: string, opened: boolean): boolean {
  if (context.kind(path) !== 'directory') return !/\.go$|(^|\/)go\.(mod|sum)$/.test(path);
  const inside = (context.files() ?? []).filter((file) => file.startsWith(`${path}/`));
  const packages = packageDirectories(inside);
  return inside.some((file) => (opened ? !/\.go$/.test(file) : !NEVER.test(file) && !isBeside(file, packages)));
}

/** A file that a COPY names: only what the build alone reads is left out. */
export function isDataFile(path: string): boolean {
  const name = posix.basename(path);
  return !NEVER.test(name) && !AROUND.test(name) && !BESIDE.test(name);
}

/** The outermost files and directories below a directory that a program may read which opens whatever it is told to. */
export function dataEntries(context: BuildContext, directory: string): string[] {
  const prefix = directory === '' ? '' : `${directory}/`;
  const all = context.files() ?? [];
  const files = all.filter((file) => file.startsWith(prefix));
  const packages = packageDirectories(files);
  const modules = [directory, ...all.filter((file) => /(^|\/)go\.mod$/.test(file)).map((file) => posix.dirname(file).replace(/^\.$/, ''))];
  const tops = modules.map((module) => (module === '' ? '' : `${module}/`)).sort((one, other) => other.length - one.length);
  const below = new Set([...packages].filter((one) => !modules.includes(one.replace(/^\.$/, ''))));
  const data = files.filter((file) => !NEVER.test(file) && !isBeside(file, below) && !isAround(file, tops));
  return [...new Set(data.map((file) => `${prefix}${file.slice(prefix.length).split('/')[0]}`))];
}

function isAround(file: string, tops: readonly string[]): boolean {
  const below = file.slice(tops.find((top) => file.startsWith(top))?.length ?? 0);
  return AROUND.test(below) || BESIDE.test(below);
}

function isBeside(file: string, packages: ReadonlySet<string>): boolean {
  const directory = posix.dirname(file);
  const name = posix.basename(file);
  return (packages.has(directory) && (BESIDE.test(name) || TELLS.test(name))) || [...packages].some((one) => file.startsWith(`${one}/testdata/`));
}

function packageDirectories(files: readonly string[]): Set<string> {
  return new Set(files.filter((file) => file.endsWith('.go')).map((file) => posix.dirname(file)));
}
