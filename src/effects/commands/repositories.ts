import { posix } from 'node:path';
import type { Effect, ShellCommand, ShellWord } from '../../types.ts';
import { effect, hasOption, parseOptions, pathOf, worksIn } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

const LOOKS = new Set(
  'describe log rev-parse status show diff rev-list shortlog name-rev merge-base version help var ls-remote ls-files ls-tree for-each-ref cat-file grep blame check-ignore count-objects credential bisect symbolic-ref verify-tag verify-commit whatchanged'.split(
    ' ',
  ),
);
/** What only the records of the repository change. */
const RECORDS = new Set('fetch remote branch tag gc prune repack update-index notes reflog worktree maintenance pack-refs'.split(' '));
const FILES = new Set(
  'checkout pull submodule apply am reset lfs merge rebase cherry-pick switch restore clean stash revert add commit rm mv init sparse-checkout filter-branch read-tree checkout-index review cola'.split(
    ' ',
  ),
);
const CLONE_LONGS =
  '--branch --depth --origin --jobs --reference --shallow-since --filter --separate-git-dir --template --config --upload-pack --server-option'.split(' ');

const git: CommandRule = (written) => {
  const command = atDirectory(written);
  if (!command) return undefined;
  const [verb, ...rest] = command.args;
  const name = verb?.value ?? '--version';
  if (name.startsWith('-') || LOOKS.has(name)) return effect('neutral', 'git only looks');
  if (name === 'config' || (name === 'lfs' && rest[0]?.value === 'install')) return effect('both', 'configures git', { action: 'git-config' });
  if (name === 'clone') return clone(command, rest);
  if (name === 'init' && rest.some((word) => !word.value.startsWith('-')))
    return fresh(
      command,
      rest.findLast((word) => !word.value.startsWith('-')),
    );
  if (name === 'stash' && rest[0]?.value === 'list') return effect('neutral', 'git only looks');
  if (command.cwd === undefined) return undefined;
  if (RECORDS.has(name))
    return effect('both', `git ${name} changes the records of a repository`, {
      action: 'git-records',
      writes: [{ path: posix.join(command.cwd, '.git'), kind: 'tree', edited: true }],
    });
  return FILES.has(name) ? worksIn(command.cwd, `git ${name} changes files of a repository`, 'download', { role: 'both' }) : undefined;
};

/** `git -C DIR -c a=b VERB`: VERB in DIR. */
function atDirectory(command: ShellCommand): ShellCommand | undefined {
  const [first, second] = command.args;
  if (!first?.value.startsWith('-')) return command;
  if (first.value === '-C') return second && atDirectory({ ...command, cwd: pathOf(command, second), args: command.args.slice(2) });
  if (first.value === '-c') return atDirectory({ ...command, args: command.args.slice(2) });
  if (/^--(git-dir|work-tree|namespace|exec-path)/.test(first.value)) return undefined;
  return first.value.startsWith('--version') || first.value === '--help' ? command : atDirectory({ ...command, args: command.args.slice(1) });
}

function clone(command: ShellCommand, args: ShellCommand['args']): Effect | undefined {
  const { words, flags } = parseOptions(args, 'bcoju', CLONE_LONGS);
  if (flags.has('--separate-git-dir')) return undefined;
  const [url, directory] = words;
  const bare = flags.has('--bare') || flags.has('--mirror');
  const base =
    url &&
    posix
      .basename(url.value.replace(/\/+$/, '').replace(/\/\.git$/, ''))
      .replace(/^.*:/, '')
      .replace(/\.git$/, '');
  // What is not known may stand before the last part of the address.
  const known = url && (url.known || (/^[\w.-]+$/.test(base ?? '') && url.value.includes('/')));
  return fresh(command, directory ?? (base ? { text: base, value: bare ? `${base}.git` : base, known: known === true } : undefined));
}

function fresh(command: ShellCommand, name: ShellWord | undefined): Effect | undefined {
  const path = name && pathOf(command, name);
  return path === undefined ? undefined : effect('both', 'clones a repository', { action: 'download', writes: [{ path, kind: 'tree' }] });
}

const SVN_LONGS = ['--revision', '--username', '--password', '--depth', '--config-dir', '--config-option'];

const subversion: CommandRule = (command) => {
  const { words } = parseOptions(command.args, 'r', SVN_LONGS);
  const [verb, url, directory] = words;
  switch (verb?.value ?? 'help') {
    case 'checkout':
    case 'co':
    case 'export':
      return fresh(command, directory ?? (url && { ...url, value: posix.basename(url.value.replace(/@\w+$/, '')) }));
    case 'update':
    case 'up':
    case 'switch':
    case 'revert':
      return worksIn(command.cwd, 'brings files up to date', 'download', { role: 'both' });
    default:
      return /^(info|log|help|list|ls|cat|status|diff|--version)$/.test(verb?.value ?? 'help') ? effect('neutral', 'svn only looks') : undefined;
  }
};

/** hg, bzr. */
const mercurial: CommandRule = (command) => {
  const { words } = parseOptions(command.args, 'rbuR', ['--rev', '--branch', '--updaterev', '--config', '--revision', '--repository']);
  const [verb, url, directory] = words;
  const name = verb?.value ?? 'version';
  if (/^(clone|branch|checkout)$/.test(name) && url)
    return fresh(command, directory ?? { ...url, value: posix.basename(url.value.replace(/\/$/, '')).replace(/^lp:/, '') });
  if (/^(pull|update|up|checkout|co|revert|purge|import)$/.test(name)) return worksIn(command.cwd, 'brings files up to date', 'download', { role: 'both' });
  return /^(version|id|identify|log|summary|parents|help|info|revno)$/.test(name) || hasOption(command, '--version')
    ? effect('neutral', `${command.name} only looks`)
    : undefined;
};

/** Android's repo, Chromium's gclient and fetch: they fill the directory that they run in. */
const checkout: CommandRule = (command) => worksIn(command.cwd, 'fetches sources', 'download', { role: 'both' });

/** rsync between places of the image. */
const rsync: CommandRule = (command) => {
  const { words, flags } = parseOptions(command.args, 'efTBM', [
    '--exclude',
    '--include',
    '--exclude-from',
    '--rsh',
    '--filter',
    '--chmod',
    '--chown',
    '--timeout',
  ]);
  const target = words.at(-1);
  const sources = words.slice(0, -1);
  const path = target && pathOf(command, target);
  if (path === undefined || sources.length === 0 || words.some((word) => /^[\w.@-]+:|^rsync:/.test(word.value) && word === target)) return undefined;
  const writes = sources.map((word) => (word.value.endsWith('/') ? path : posix.join(path, posix.basename(word.value.replace(/^[\w.@-]+:/, '')))));
  const remote = sources.some((word) => /^[\w.@-]+:|^rsync:/.test(word.value));
  if (writes.some((write) => write === '/') || flags.has('--remove-source-files')) return undefined;
  const reads = remote ? [] : sources.map((word) => pathOf(command, word)).filter((read) => read !== undefined);
  return effect('both', remote ? 'downloads files' : 'copies files', {
    action: remote ? 'download' : 'copy',
    writes: writes.map((write) => ({ path: write, kind: 'tree' })),
    reads,
  });
};

/** Repositories of sources, and trees brought from elsewhere. */
export const repositories: Record<string, CommandRule> = {
  ...{ git, svn: subversion, hg: mercurial, bzr: mercurial, rsync },
  ...{ repo: checkout, gclient: checkout },
};
