import type { CommandRule } from '../../types.ts';
import { effect } from '../effect.ts';

const nothing: CommandRule = (command) => effect('neutral', `${command.name} leaves nothing behind`);

const QUIET = [
  ...[':', '[', 'alias', 'basename', 'break', 'cat', 'cd', 'command', 'cmp', 'continue', 'cut', 'date', 'df', 'diff', 'dirname', 'du', 'echo', 'env', 'exit', 'export'],
  ...['false', 'file', 'grep', 'egrep', 'fgrep', 'free', 'getconf', 'head', 'hostname', 'id', 'jq', 'ldd', 'let', 'local', 'ls', 'lsb_release', 'md5sum', 'nproc', 'popd', 'printenv'],
  ...['printf', 'ps', 'pushd', 'pwd', 'read', 'readlink', 'readonly', 'realpath', 'return', 'set', 'sha1sum', 'sha256sum', 'sha512sum', 'shift', 'shopt', 'sleep', 'sort'],
  ...['stat', 'sync', 'tail', 'test', 'tr', 'trap', 'tree', 'true', 'type', 'ulimit', 'umask', 'uname', 'uniq', 'unset', 'wait', 'wc', 'which', 'whoami', 'yes'],
];

/** Commands that only look, or that steer the shell; what they print into a file is the redirect's effect. */
export const control: Record<string, CommandRule> = Object.fromEntries(QUIET.map((name) => [name, nothing]));
