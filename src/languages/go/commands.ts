import { posix } from 'node:path';
import { effect, hasOption, operands, optionValue, pathOf } from '../../effects/effect.ts';
import type { CommandRule, EffectScope } from '../../effects/rule.ts';
import type { PathWrite, ShellCommand } from '../../types.ts';
import { lastPart, moduleName, packagesBelow } from './modules.ts';

export const VALUED = [
  '-o',
  '-ldflags',
  '-tags',
  '-mod',
  '-p',
  '-gcflags',
  '-asmflags',
  '-buildmode',
  '-modfile',
  '-C',
  '-trimpath=',
  '-pkgdir',
  '-installsuffix',
  '-exec',
];
const QUIET = new Set(['mod', 'get', 'vet', 'test', 'fmt', 'env', 'version', 'clean', 'list', 'generate', 'work', 'tool', 'doc', 'help', 'fix']);

/** Settings that say where modules come from, and nothing of what is built. */
const FETCHING = /^(GOPROXY|GOSUMDB|GOPRIVATE|GONOPROXY|GONOSUMDB|GOINSECURE|GO111MODULE|GOTOOLCHAIN)=/;

/** The `go` command: https://pkg.go.dev/cmd/go */
const go: CommandRule = (command, scope) => {
  const [verb, ...rest] = operands(command, VALUED);
  if (verb?.value === 'build') return build(command, rest, scope);
  if (verb?.value === 'install') return install(command, rest, scope);
  if (verb?.value === 'env' && hasOption(command, '-w') && !rest.every((word) => FETCHING.test(word.value))) return undefined;
  return QUIET.has(verb?.value ?? '') ? effect('build', `go ${verb?.value} serves the build`, { action: 'go-tool' }) : undefined;
};

function build(command: ShellCommand, packages: ShellCommand['args'], scope: EffectScope) {
  const output = optionValue(command, '-o', '--o');
  if (output && pathOf(command, output) === undefined) return undefined;
  const names = binaryNames(command, packages, scope);
  const place = output ? (pathOf(command, output) as string) : command.cwd;
  if (place === undefined || names === undefined) return undefined;
  const many = packages.length > 1 && !packages.some((word) => word.value.endsWith('.go'));
  const several = names.length > 1 || many || packages.some((word) => word.value.includes('...'));
  const into =
    output === undefined ||
    output.value.endsWith('/') ||
    place === command.cwd ||
    (several && output !== undefined) ||
    (scope.sourceOf(`${place}/.`) !== undefined && scope.context.kind(scope.sourceOf(place) ?? '') === 'directory');
  // Without -o the outcome of several packages is thrown away.
  const writes: PathWrite[] =
    several && !output ? [] : into ? names.map((name) => ({ path: posix.join(place, name), kind: 'file' })) : [{ path: place, kind: 'file' }];
  return effect('build', 'builds a Go program', { action: 'go-build', writes, command });
}

function install(command: ShellCommand, packages: ShellCommand['args'], scope: EffectScope) {
  const bin = command.env.GOBIN ?? posix.join(command.env.GOPATH ?? '/root/go', 'bin');
  const tools = packages.filter((word) => word.value.includes('@'));
  const names = tools.length > 0 ? tools.map((word) => lastPart(word.value.replace(/@.*$/, ''))) : binaryNames(command, packages, scope);
  if (names === undefined) return undefined;
  const writes = names.map((name) => ({ path: posix.join(bin, name), kind: 'file' as const }));
  return effect('build', tools.length > 0 ? 'installs a Go tool' : 'builds a Go program', {
    action: tools.length > 0 ? 'go-install-tool' : 'go-build',
    writes,
    command,
  });
}

/** Names of the binaries, undefined where they cannot be told: https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies */
function binaryNames(command: ShellCommand, packages: ShellCommand['args'], scope: EffectScope): string[] | undefined {
  if (packages.some((word) => !word.known)) return undefined;
  const given = packages.length > 0 ? packages.map((word) => word.value) : ['.'];
  const [first = '.'] = given;
  if (first.endsWith('.go')) return [posix.basename(first, '.go')];
  return given.flatMap((one) => {
    if (one.includes('...')) return packagesBelow(command, one, scope);
    const directory = pathOf(command, { value: one, known: true });
    const isPath = one.startsWith('.') || one.startsWith('/');
    if (isPath && directory !== undefined && scope.sourceOf(`${directory}/go.mod`) === undefined && directory !== command.cwd)
      return [posix.basename(directory)];
    if (isPath) return [moduleName(directory ?? '/', scope) ?? posix.basename(directory ?? 'main')];
    return [lastPart(one)];
  });
}

export const goCommands: Record<string, CommandRule> = {
  go,
  gofmt: () => effect('neutral', 'formats sources'),
  gotestsum: () => effect('neutral', 'runs tests'),
  dep: (command) => (hasOption(command, 'ensure') ? effect('build', 'fetches dependencies', { action: 'go-tool' }) : undefined),
  glide: () => effect('build', 'fetches dependencies', { action: 'go-tool' }),
  swag: () => effect('build', 'generates sources', { action: 'go-tool' }),
  wire: () => effect('build', 'generates sources', { action: 'go-tool' }),
  templ: () => effect('build', 'generates sources', { action: 'go-tool' }),
  sqlc: () => effect('build', 'generates sources', { action: 'go-tool' }),
  'golangci-lint': () => effect('neutral', 'checks sources'),
  upx: (command) => {
    const paths = operands(command, ['-o']).map((word) => pathOf(command, word));
    return paths.every((path) => path !== undefined)
      ? effect('build', 'packs a program', { writes: paths.map((path) => ({ path: path as string, kind: 'file', edited: true })) })
      : undefined;
  },
};
goCommands['/usr/local/go/bin/go'] = go;
