import { posix } from 'node:path';
import type { Effect, ShellCommand } from '../../types.ts';
import { caches, effect, hasOption, operands, optionValue, parseOptions, pathOf, placeOf, type RunScope, valueOf, worksIn } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

const COMPOSER_LONGS = '--working-dir --prefer-install --repository --stability --ignore-platform-req --dir --format'.split(' ');
const COMPOSER_QUIET =
  /^(--version|-V|about|show|validate|diagnose|licenses|outdated|why|depends|search|status|check-platform-reqs|help|list|audit|info|clear-cache|clearcache|cc|fund)$/;
const COMPOSER_FILLS =
  /^(install|update|upgrade|require|remove|dump-?autoload|create-project|run-script|run|archive|i|u|init|reinstall|exec|post-.*|build.*|bump)$/;

/** composer: vendor/, and whatever plugins and scripts of the project do below its directory. */
const composer: CommandRule = (command) => {
  const parsed = parseOptions(command.args, 'ds', COMPOSER_LONGS);
  const [verb, ...rest] = parsed.words;
  const name = verb?.value ?? '--version';
  if (COMPOSER_QUIET.test(name)) return effect('neutral', 'composer only looks');
  if (name === 'self-update' || name === 'selfupdate') return effect('runtime', 'brings composer up to date', { action: 'composer-global' });
  if (name === 'global' || (name === 'config' && (parsed.flags.has('-g') || parsed.flags.has('--global'))))
    return effect('runtime', 'installs packages for all projects', { action: 'composer-global' });
  const into = valueOf(parsed, '-d', '--working-dir');
  const directory = into ? pathOf(command, into) : command.cwd;
  if (name === 'create-project') {
    const target = rest[1] ?? (rest[0] && { ...rest[0], value: posix.basename(rest[0].value) });
    return target && worksIn(pathOf({ ...command, cwd: directory }, target), 'installs PHP packages', 'composer-install');
  }
  if (name !== 'config' && !COMPOSER_FILLS.test(name)) return undefined;
  return worksIn(directory, 'installs PHP packages', 'composer-install', { also: caches(placeOf(command, 'COMPOSER_CACHE_DIR', '.composer/cache')) });
};

/** The installer of composer, wherever it was put. */
function composerSetup(command: ShellCommand): Effect | undefined {
  const into = optionValue(command, '--install-dir');
  const name = optionValue(command, '--filename') ?? { value: 'composer.phar', known: true };
  const directory = into ? pathOf(command, into) : command.cwd;
  const path = directory === undefined || !name.known ? undefined : posix.join(directory, name.value);
  return path === undefined ? undefined : effect('both', 'installs composer', { action: 'download', writes: [{ path, kind: 'file' }] });
}

/** Pieces of PHP as the instructions of composer have them. */
function code(text: string, command: ShellCommand): Effect | undefined {
  const parts = text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean);
  const [, from, to] = /^copy\(\s*['"](.*?)['"]\s*,\s*['"](.*?)['"]\s*\)$/.exec(parts[0] ?? '') ?? [];
  if (parts.length === 1 && from !== undefined && to !== undefined) {
    const path = pathOf(command, { value: to, known: !to.includes('$') });
    return path === undefined ? undefined : effect('both', 'downloads a file', { action: 'download', writes: [{ path, kind: 'file' }] });
  }
  const [, gone] = /^unlink\(\s*['"](.*?)['"]\s*\)$/.exec(parts.length === 1 ? (parts[0] ?? '') : '') ?? [];
  if (gone !== undefined) {
    const path = pathOf(command, { value: gone, known: true });
    return path === undefined ? undefined : effect('both', 'removes files', { action: 'remove', writes: [{ path, kind: 'tree', edited: true }] });
  }
  if (/hash_file|hash\(/.test(text) && /composer-setup\.php|installer/.test(text)) return effect('neutral', 'checks a file');
  return /\b(file_put_contents|fopen|copy|rename|unlink|mkdir|symlink|exec|system|passthru|shell_exec|touch|chmod|require|include|eval)\b/.test(text)
    ? undefined
    : effect('neutral', 'only prints');
}

const FRAMEWORK = /^(artisan|console|think|yii|spark|bin\/cake|hyperf\.php|easyswoole)$/;
const CONSOLE_FILLS =
  /^(cache:.*|config:(cache|clear)|route:(cache|clear)|view:(cache|clear)|event:cache|optimize.*|key:generate|storage:link|vendor:publish|package:discover|assets?:.*|assetic:dump|importmap:install|octane:install|di:init-proxy|ckeditor:install|about|list|clear-compiled|horizon:(install|publish)|nova:publish|ide-helper:.*|sass:build|tailwind:build|asset-map:compile|lint:.*)$/;

/** php: the installer of composer, composer itself, a framework's console, a piece of code. */
const php: CommandRule = (command, scope: RunScope) => {
  const { args } = command;
  const at = args.findIndex((word, index) => !word.value.startsWith('-') && !/^-[dcz]$/.test(args[index - 1]?.value ?? ''));
  const run = args.findIndex((word) => word.value === '-r');
  const phrase = args[run + 1];
  if (run >= 0) return phrase && code(phrase.value, command);
  const fromPipe = scope.input?.some((one) => one.args.some((word) => /getcomposer\.org\/installer/.test(word.value)));
  if (fromPipe || /composer-setup(\.php)?$|^composer-installer|(^|\/)composer_?installer/.test(args[at]?.value ?? '')) return composerSetup(command);
  if (args.every((word) => /^(-v|-m|-i|--version|-l|--ini|--info|--modules)$/.test(word.value)) || hasOption(command, '-l'))
    return effect('neutral', 'only prints');
  const file = args[at];
  if (!file) return undefined;
  const name = posix.basename(file.value);
  const inner = { ...command, name: file.value, args: args.slice(at + 1) };
  if (/^composer(\.phar)?$/.test(name)) return composer(inner, scope);
  return FRAMEWORK.test(name) ? framework(inner) : undefined;
};

function framework(command: ShellCommand): Effect | undefined {
  const [verb] = operands(command);
  if (!verb || !CONSOLE_FILLS.test(verb.value) || command.cwd === undefined) return undefined;
  const own = posix.dirname(posix.resolve(command.cwd, command.name));
  const project = /\/(bin|app)$/.test(own) ? posix.dirname(own) : own;
  return worksIn(project, `runs ${verb.value}`, 'php-console');
}

const console: CommandRule = (command) => framework(command);

/** PECL and PEAR install into PHP's own directories. */
const pecl: CommandRule = (command) => {
  const [verb] = operands(command, ['-d', '-D', '-R']);
  if (
    /^(list|info|search|version|clear-cache|remote-.*|config-(get|show)|channel-info|update-channels|channel-update|help|package-validate)$/.test(
      verb?.value ?? 'help',
    )
  )
    return effect('neutral', `${command.name} only looks`);
  if (verb?.value === 'download' || verb?.value === 'bundle') return worksIn(command.cwd, 'downloads sources', 'download');
  return effect('runtime', 'installs extensions of PHP', { action: 'pecl-install', compiles: true });
};

const extension =
  (why: string, compiles: boolean): CommandRule =>
  (command) =>
    effect('runtime', why, { action: posix.basename(command.name), ...(compiles && { compiles }) });

export const phpRules: Record<string, CommandRule> = {
  ...{ php, composer, 'composer.phar': composer, artisan: console, console, pecl, pear: pecl, pickle: pecl },
  ...{ 'docker-php-ext-install': extension('installs extensions of PHP', true), 'docker-php-ext-configure': extension('configures extensions of PHP', true) },
  ...{ 'docker-php-ext-enable': extension('enables extensions of PHP', false), 'docker-php-source': extension('unpacks the sources of PHP', true) },
  ...{ 'install-php-extensions': extension('installs extensions of PHP', true) },
  ...{
    phpenmod: extension('enables extensions of PHP', false),
    phpdismod: extension('disables extensions of PHP', false),
    php5enmod: extension('enables extensions of PHP', false),
    php5dismod: extension('disables extensions of PHP', false),
  },
  ...{ phpunit: () => effect('neutral', 'runs tests'), phpcs: () => effect('neutral', 'checks sources'), phpstan: () => effect('neutral', 'checks sources') },
};
