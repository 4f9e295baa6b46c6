import { posix } from 'node:path';
import type { Effect, PathWrite, ShellCommand } from '../../types.ts';
import { caches, effect, hasOption, operands, optionValue, parseOptions, pathOf, placeOf, valueOf, worksIn, writesOf } from '../effect.ts';
import type { CommandRule } from '../rule.ts';
import { unpacked } from './archives.ts';
import { fills } from './compile.ts';

const QUIET = /^(-v|-V|--version|-version|--help|-help|-h|help|version|about|--stop|--status)$/;
/** Goals that start the program or hand it to others. */
const RUNS =
  /^(run|bootRun|exec:.*|spring-boot:run|jetty:run.*|tomcat\d?:run.*|quarkus:dev|deploy.*|publish|release.*|.*[Rr]epl|ring|trampoline|console|test:run|runMain.*|~.*)$/;

/** Directories that properties name: `-DoutputDirectory=/app/lib`. */
function placesNamed(command: ShellCommand): PathWrite[] {
  return command.args.flatMap((word) => {
    const [, path] = /^-[DP][\w.-]*(?:[dD]ir(?:ectory)?|[oO]utput|[dD]est(?:ination)?)=(\/.+)$/.exec(word.value) ?? [];
    return path === undefined || !word.known ? [] : [{ path, kind: 'tree' as const }];
  });
}

interface Tool {
  name: string;
  letters: string;
  longs: readonly string[];
  /** Options that name the project, a file or directory. */
  project: readonly string[];
  /** Home directories: the variable, and what stands below the home. */
  homes: readonly (readonly [string | undefined, string])[];
}

/** Build tools that fill the project's directory and keep what they fetched at home. */
function tool({ name, letters, longs, project, homes }: Tool): CommandRule {
  return (command) => {
    if (command.args.length > 0 && command.args.every((word) => QUIET.test(word.value))) return effect('neutral', `${name} only prints`);
    const parsed = parseOptions(command.args, letters, longs);
    if (parsed.words.some((word) => RUNS.test(word.value))) return undefined;
    const named = valueOf(parsed, ...project);
    const path = named && pathOf(command, named);
    if (named && path === undefined) return undefined;
    const directory = path === undefined ? command.cwd : /\.(xml|gradle|kts)$/.test(path) ? posix.dirname(path) : path;
    const fetched = caches(...homes.map(([variable, below]) => placeOf(command, variable, below)));
    return worksIn(directory, `builds with ${name}`, 'compile', { also: [...placesNamed(command), ...fetched] });
  };
}

const MAVEN_LONGS = '--file --settings --activate-profiles --define --projects --threads --global-settings -pl -gs -rf --log-file --resume-from'.split(' ');
const GRADLE_LONGS =
  '--project-dir --build-file --settings-file --init-script --gradle-user-home --exclude-task --console --project-cache-dir --max-workers --warning-mode --gradle-version --distribution-type --tests --configuration'.split(
    ' ',
  );

const maven = tool({ name: 'maven', letters: 'fsDPTl', longs: MAVEN_LONGS, project: ['-f', '--file'], homes: [['MAVEN_USER_HOME', '.m2']] });
const gradle = tool({
  name: 'gradle',
  letters: 'pbcIgxDP',
  longs: GRADLE_LONGS,
  project: ['-p', '--project-dir', '-b', '--build-file'],
  homes: [['GRADLE_USER_HOME', '.gradle']],
});
const ant = tool({
  name: 'ant',
  letters: 'fD',
  longs: ['-buildfile', '-file', '-lib', '-logger', '-propertyfile'],
  project: ['-f', '-buildfile', '-file'],
  homes: [['IVY_HOME', '.ivy2']],
});
const sbt = tool({
  name: 'sbt',
  letters: 'D',
  longs: ['-mem', '-ivy', '-sbt-dir', '-java-home', '-sbt-boot', '-jvm-debug'],
  project: [],
  homes: [
    [undefined, '.sbt'],
    ['IVY_HOME', '.ivy2'],
    ['COURSIER_CACHE', '.cache/coursier'],
  ],
});
const clojure = tool({ name: 'clojure', letters: '', longs: ['-Sdeps'], project: [], homes: [['MAVEN_USER_HOME', '.m2']] });

/** lein; its own program, which `lein upgrade` and the first run of it fetch, stays needed. */
const lein: CommandRule = (command) => {
  const [verb] = operands(command);
  if (QUIET.test(verb?.value ?? 'version')) return effect('neutral', 'lein only prints');
  const home = placeOf(command, 'LEIN_HOME', '.lein');
  if (verb?.value === 'upgrade' || verb?.value === 'self-install' || verb?.value === 'downgrade')
    return home === undefined ? undefined : effect('build', 'installs lein', { action: 'lein-install', writes: [{ path: home, kind: 'tree' }] });
  if (RUNS.test(verb?.value ?? '')) return undefined;
  return worksIn(command.cwd, 'builds with lein', 'compile', { also: caches(placeOf(command, 'MAVEN_USER_HOME', '.m2')) });
};

/** jar packs and unpacks, in tar's old manner or with options. */
const jar: CommandRule = (command) => {
  const [mode, ...rest] = operands(command).length > 0 && !command.args[0]?.value.startsWith('--') ? command.args : [];
  const letters = mode?.value.replace(/^-/, '') ?? '';
  if (letters.includes('x')) return unpackedBy(command, rest.slice(letters.includes('f') ? 1 : 0));
  if (letters.includes('t')) return effect('neutral', 'only looks');
  const named = optionValue(command, '--file') ?? (letters.includes('m') && letters.indexOf('m') < letters.indexOf('f') ? rest[1] : rest[0]);
  const writes = named && writesOf(command, [named], 'file');
  return writes && effect('build', 'packs an archive', { action: 'compile', writes });
};

function unpackedBy(command: ShellCommand, members: ShellCommand['args']): Effect | undefined {
  const writes = members.length > 0 ? writesOf(command, members, 'tree') : undefined;
  return writes ? effect('both', 'unpacks an archive', { action: 'download', writes }) : unpacked(command.cwd);
}

/** java, where it only says what it is, or runs an installer that fills a directory of its own. */
const java: CommandRule = (command) => {
  if (command.args.every((word) => QUIET.test(word.value) || /^-Xshare|^-XX:/.test(word.value)) && command.args.length > 0)
    return effect('neutral', 'java only prints');
  return undefined;
};

const javac: CommandRule = (command) => {
  if (hasOption(command, '-version', '--version', '-help')) return effect('neutral', 'only prints');
  const parsed = parseOptions(command.args, 'dshgJ', [
    '-cp',
    '-classpath',
    '--class-path',
    '-sourcepath',
    '-source',
    '-target',
    '--release',
    '-encoding',
    '-processor',
    '--module-path',
    '-p',
  ]);
  const into = valueOf(parsed, '-d');
  const path = into ? pathOf(command, into) : command.cwd;
  if (into || path === undefined || path !== '/') return worksIn(path, 'compiles', 'compile');
  // Beside its sources, where they are named one by one.
  const sources = parsed.words.filter((word) => word.value.endsWith('.java'));
  return sources.every((word) => /\//.test(word.value)) && sources[0]
    ? worksIn(posix.dirname(pathOf(command, sources[0]) ?? '/'), 'compiles', 'compile')
    : worksIn(path, 'compiles', 'compile');
};

/** sdkmanager, android: they fill the SDK that the variable, the option or their own path names. */
const android: CommandRule = (command): Effect | undefined => {
  if (hasOption(command, '--list', '--version', '-h') || operands(command)[0]?.value === 'list') return effect('neutral', 'only looks');
  const told = optionValue(command, '--sdk_root');
  const own = /^(\/.*?)\/(tools|cmdline-tools)\/([\w.]+\/)*(sdkmanager|android)$/.exec(command.name)?.[1];
  const { ANDROID_SDK_ROOT, ANDROID_HOME, ANDROID_SDK } = command.env;
  const root = told ? pathOf(command, told) : (own ?? ANDROID_SDK_ROOT ?? ANDROID_HOME ?? ANDROID_SDK);
  return root === undefined ? undefined : effect('build', 'fills the Android SDK', { action: 'download', writes: [{ path: root, kind: 'tree' }] });
};

/** The tools of Java and its kin. */
export const jvm: Record<string, CommandRule> = {
  ...{ mvn: maven, mvnw: maven, gradle, gradlew: gradle, ant, sbt, activator: sbt, mill: sbt, clj: clojure, clojure, lein, boot: lein },
  ...{ jar, java, javac, kotlinc: fills(['-d']), scalac: fills(['-d']), groovyc: fills(['-d']), sdkmanager: android, android, 'native-image': fills([]) },
  ...{ jlink: linked, jdeps: () => effect('neutral', 'only looks') },
};

function linked(command: ShellCommand): Effect | undefined {
  const output = optionValue(command, '--output');
  const writes = output && writesOf(command, [output], 'tree');
  return writes && effect('build', 'makes a Java runtime', { action: 'compile', writes });
}
