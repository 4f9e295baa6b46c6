import { posix } from 'node:path';
import { pathOf } from '../../effects/effect.ts';
import type { ShellCommand, ShellWord } from '../../types.ts';

/** What an installing command asks for. Paths are those of the image. */
export interface InstallRequest {
  /** Requirements as written on the command line: `flask==3.0`, `git+https://…`. */
  specs: string[];
  /** Requirement files. */
  files: string[];
  /** Directories of projects that are installed themselves. */
  projects: { path: string; editable: boolean }[];
  /** Names of repositories that are checked out and installed in place. */
  checkouts: string[];
  /** Where `--target`, `--prefix` or `--root` puts everything. */
  target?: string;
  /** Directory of the checkouts, if named. */
  sources?: string;
  user: boolean;
  /** Packages that are built from source: names, or `:all:`. */
  compiled: string[];
  /** Nothing but what is named is installed. */
  closed: boolean;
  /** Some of it is not known: a variable, a file that is not in the context. */
  opaque: boolean;
}

const VALUED = new Set(
  [
    '-c --constraint -b --build-constraint --overrides -i --index-url --extra-index-url --default-index --index -f',
    '--find-links --timeout --default-timeout --retries --trusted-host --cert --client-cert --proxy --log --cache-dir',
    '--progress-bar --global-option --install-option --config-settings -C --platform --python-version --implementation --abi',
    '--only-binary --no-binary --upgrade-strategy --root-user-action --python -p --exists-action --link-mode --resolution',
    '--prerelease --index-strategy --extra --group --keyring-provider --use-feature --use-deprecated --src -t --target',
    '--prefix --root --build --torch-backend --reinstall-package -P --upgrade-package',
  ].flatMap((line) => line.split(' ')),
);

/** Reads `pip install …` (and `uv pip install …`, which takes the same words): https://pip.pypa.io/en/stable/cli/pip_install/ */
export function readPipInstall(command: ShellCommand, words: readonly ShellWord[]): InstallRequest {
  const request: InstallRequest = {
    specs: [],
    files: [],
    projects: [],
    checkouts: [],
    compiled: (command.env.PIP_NO_BINARY ?? '').split(/[\s,]+/).filter(Boolean),
    user: false,
    closed: false,
    opaque: false,
  };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as ShellWord;
    const { name, inline } = splitOption(word);
    const value = inline ?? words[at + 1];
    if (takeOption(request, command, name, value) || VALUED.has(name)) at += inline ? 0 : 1;
    else if (!name.startsWith('-')) takeOperand(request, command, word);
  }
  return request;
}

/** `--target=/x` and `-t/x` → the option's name and its value. */
function splitOption(word: ShellWord): { name: string; inline?: ShellWord } {
  const [, name, value] = /^(--[\w-]+)=(.*)$/s.exec(word.value) ?? /^(-[recti])(.+)$/s.exec(word.value) ?? [];
  return name === undefined || value === undefined ? { name: word.value } : { name, inline: { ...word, value } };
}

/** Whether the option is one that says what is installed where, and takes a value. */
function takeOption(request: InstallRequest, command: ShellCommand, name: string, value: ShellWord | undefined): boolean {
  if (name === '--user') request.user = true;
  if (name === '--no-deps' || name === '--require-hashes') request.closed = true;
  const path = value && pathOf(command, value);
  switch (name) {
    case '-r':
    case '--requirement':
    case '--requirements':
      if (path === undefined) request.opaque = true;
      else request.files.push(path);
      return true;
    case '-e':
    case '--editable':
      if (value) takeEditable(request, command, value);
      return true;
    case '-t':
    case '--target':
    case '--prefix':
    case '--root':
      if (path === undefined) request.opaque = true;
      else request.target = path;
      return true;
    case '--no-binary':
    case '--no-binary-package':
      request.compiled.push(...(value?.value ?? '').split(','));
      return true;
    case '--src':
      if (path !== undefined) request.sources = path;
      return true;
    default:
      return false;
  }
}

function takeEditable(request: InstallRequest, command: ShellCommand, word: ShellWord): void {
  if (!word.known) request.opaque = true;
  else if (/^(git|hg|svn|bzr)\+/.test(word.value)) {
    request.specs.push(word.value);
    request.checkouts.push(checkoutName(word.value));
  } else takeProject(request, command, word.value, true);
}

function takeOperand(request: InstallRequest, command: ShellCommand, word: ShellWord): void {
  const { value } = word;
  if (!word.known) request.opaque = true;
  else if (value.includes('://') || value.includes(' @ ')) request.specs.push(value);
  else if (/\.(whl|tar\.gz|zip|tar\.bz2|tgz)$/.test(value)) request.opaque = true;
  else if (/^[./~]|\//.test(value)) takeProject(request, command, value, false);
  else request.specs.push(value);
}

function takeProject(request: InstallRequest, command: ShellCommand, value: string, editable: boolean): void {
  const path = pathOf(command, { value: value.replace(/^file:(\/\/)?/, '').replace(/\[[^\]]*\]$/, ''), known: true });
  if (path === undefined || /[*?]/.test(value)) request.opaque = true;
  else request.projects.push({ path, editable });
}

/** `git+https://host/me/tool.git@v1#egg=tool` → `tool`: the directory that pip checks it out into. */
export function checkoutName(url: string): string {
  const egg = /[#&]egg=([\w.-]+)/.exec(url)?.[1];
  return egg ?? posix.basename(url.replace(/[#?].*$/, '').replace(/@[^/@]*$/, '')).replace(/\.git$/, '');
}
