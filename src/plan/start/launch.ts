import { posix } from 'node:path';
import { plainCommand } from '../../effects/run.ts';
import type { ShellCommand, ShellWord } from '../../types.ts';

/** How a program that starts the command behind its own words is called. */
interface Launcher {
  /** Options that take the next word. */
  valued?: string;
  /** Words of its own that are no options: a user, a directory, a duration. */
  skip?: number;
  /** The command stands behind `--` and nowhere else. */
  dashes?: boolean;
  /** It takes `NAME=value` before the command. */
  sets?: boolean;
}

const PLAIN: Launcher = {};
const USER: Launcher = { skip: 1 };
const DASHED: Launcher = { dashes: true };

const LAUNCHERS: Record<string, Launcher> = {
  exec: { valued: '-a' },
  command: PLAIN,
  builtin: PLAIN,
  time: { valued: '-f -o --format --output' },
  env: { valued: '-u -C --unset --chdir', sets: true },
  sudo: { valued: '-u -g -h -p -C -r -t -D -R -U -T --user --group', sets: true },
  doas: { valued: '-u -C' },
  tini: { valued: '-p -e' },
  'tini-static': { valued: '-p -e' },
  'dumb-init': { valued: '-r --rewrite' },
  catatonit: PLAIN,
  pid1: { valued: '-u -g -w -t' },
  gosu: USER,
  'su-exec': USER,
  setuidgid: USER,
  's6-setuidgid': USER,
  's6-envdir': USER,
  envdir: USER,
  's6-applyuidgid': { valued: '-u -g -G' },
  's6-softlimit': { valued: '-a -c -d -f -h -l -m -o -p -r -s -t' },
  softlimit: { valued: '-a -c -d -f -h -l -m -o -p -r -s -t' },
  chpst: { valued: '-u -U -b -e -/ -n -l -L -m -d -o -p -f -c -r -t -C' },
  setpriv: { valued: '--reuid --regid --groups --ambient-caps --inh-caps --bounding-set --securebits --pdeathsig' },
  'with-contenv': PLAIN,
  fdmove: { skip: 2 },
  nohup: PLAIN,
  setsid: PLAIN,
  chronic: PLAIN,
  unbuffer: PLAIN,
  eatmydata: PLAIN,
  fakeroot: PLAIN,
  'dbus-launch': PLAIN,
  'dbus-run-session': { valued: '--config-file --dbus-daemon' },
  'ddtrace-run': PLAIN,
  'opentelemetry-instrument': PLAIN,
  'newrelic-admin': USER,
  nice: { valued: '-n --adjustment' },
  ionice: { valued: '-c -n --class --classdata' },
  stdbuf: { valued: '-i -o -e --input --output --error' },
  timeout: { valued: '-k -s --kill-after --signal', skip: 1 },
  taskset: USER,
  chrt: USER,
  flock: { valued: '-w -E --timeout --wait', skip: 1 },
  chroot: USER,
  numactl: { valued: '-N -C -m -i -p' },
  'xvfb-run': { valued: '-s -n -e -f -p -w --server-args --server-num --error-file --auth-file --xauth-protocol --wait' },
  strace: { valued: '-o -e -p -s -P -u -E' },
  watch: { valued: '-n --interval' },
  xargs: { valued: '-n -P -I -d -L -s -a -E' },
  busybox: PLAIN,
  dockerize: { valued: '-wait -timeout -template -stdout -stderr -wait-retry-interval -wait-http-header -delims -env' },
  doppler: DASHED,
  infisical: DASHED,
  chamber: DASHED,
  'aws-vault': DASHED,
  wait4x: DASHED,
  waitforit: DASHED,
  scl: DASHED,
  'start-stop-daemon': DASHED,
};

/** Builtins, which are no programs: only what they start counts. */
const TRANSPARENT = new Set(['exec', 'command', 'builtin', 'time']);

/** The command without `exec`, `command` and the like before it; undefined where nothing is left to run. */
export function withoutBuiltins(command: ShellCommand): ShellCommand | undefined {
  if (!TRANSPARENT.has(command.name)) return command;
  if (command.name === 'command' && command.args.some((word) => /^-[vV]/.test(word.value))) return undefined;
  const inner = behind(command, LAUNCHERS[command.name] ?? PLAIN);
  return inner && withoutBuiltins(inner);
}

/** What `tini -- prog`, `gosu user prog`, `wait-for-it.sh host:port -- prog` and the like start. */
export function launched(command: ShellCommand): ShellCommand | undefined {
  const name = posix.basename(command.name);
  if (name === 'su' || name === 'runuser') return asUser(command);
  if (name === 'start-stop-daemon') return byDaemonTool(command);
  if (name === 'scl' && !command.args.some((word) => word.value === '--')) return inCollection(command);
  const launcher = LAUNCHERS[name] ?? (/wait|entrypoint/.test(name) ? DASHED : undefined);
  return launcher && behind(command, launcher);
}

/** Whether a program is known by its name to do nothing of its own but start another one. */
export function isLauncher(name: string): boolean {
  return Object.hasOwn(LAUNCHERS, name);
}

function behind(command: ShellCommand, launcher: Launcher): ShellCommand | undefined {
  const dashes = command.args.findIndex((word) => word.value === '--');
  if (launcher.dashes) return dashes < 0 ? undefined : from(command, dashes + 1, command.env);
  const takes = new Set(launcher.valued?.split(' '));
  const words = command.args.flatMap((word, at) => (isOwn(word.value, command.args[at - 1]?.value, takes) ? [] : [{ word, at }]));
  const set = launcher.sets
    ? words.slice(
        0,
        words.findIndex(({ word }) => !ASSIGNMENT.test(word.value)),
      )
    : [];
  const target = words[set.length + (launcher.skip ?? 0)];
  const env = { ...command.env, ...Object.fromEntries(set.map(({ word }) => assignment(word))) };
  return target && from(command, target.at, env);
}

const ASSIGNMENT = /^\w+=/;

function assignment({ value, known }: ShellWord): [string, string | undefined] {
  const at = value.indexOf('=');
  return [value.slice(0, at), known ? value.slice(at + 1) : undefined];
}

/** An option, or the value of one. */
function isOwn(word: string, before: string | undefined, takes: ReadonlySet<string>): boolean {
  return /^-./.test(word) || (before !== undefined && takes.has(before));
}

function from(command: ShellCommand, at: number, env: ShellCommand['env']): ShellCommand | undefined {
  const word = command.args[at];
  return word && { ...command, name: word.value, args: command.args.slice(at + 1), env };
}

/** `su user -c text`, `runuser -u user -- prog` */
function asUser(command: ShellCommand): ShellCommand | undefined {
  const at = command.args.findIndex((word) => word.value === '-c' || word.value === '--command');
  const text = at < 0 ? undefined : command.args[at + 1];
  if (text) return { ...command, name: shellOf(command), args: [{ text: '-c', value: '-c', known: true }, text] };
  const plain = posix.basename(command.name) === 'runuser' && command.args.some((word) => word.value === '-u');
  return behind(command, plain ? { valued: '-u -g -G' } : DASHED);
}

/** `scl enable collection 'text'` */
function inCollection(command: ShellCommand): ShellCommand | undefined {
  const text = command.args[0]?.value === 'enable' && command.args.length > 2 ? command.args.at(-1) : undefined;
  return text && { ...command, name: '/bin/sh', args: [{ text: '-c', value: '-c', known: true }, text] };
}

function shellOf(command: ShellCommand): string {
  const at = command.args.findIndex((word) => word.value === '-s' || word.value === '--shell');
  return (at < 0 ? undefined : command.args[at + 1]?.value) ?? '/bin/sh';
}

/** `start-stop-daemon --start --exec prog -- args` */
function byDaemonTool(command: ShellCommand): ShellCommand | undefined {
  const words = command.args.map((word) => word.value);
  const at = words.findIndex((word) => ['--exec', '-x', '--startas', '-a'].includes(word));
  const name = words.find((word) => /^--(exec|startas)=/.test(word))?.replace(/^[^=]*=/, '') ?? (at < 0 ? undefined : words[at + 1]);
  const dashes = words.indexOf('--');
  if (name === undefined || words.includes('--stop') || words.includes('-K')) return undefined;
  return plainCommand(name, dashes < 0 ? [] : words.slice(dashes + 1), command.cwd, command.env);
}
