import { posix } from 'node:path';
import type { Effect, ShellCommand, ShellWord } from '../../types.ts';
import { effect, hasOption, operands, optionValue, parseOptions, pathOf, valueOf, worksIn } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

const GEM_LONGS = '--version --install-dir --bindir --source --platform --file --document'.split(' ');

/** gem: installs into Ruby's own directories, compiling what has to be. */
const gem: CommandRule = (command) => {
  const { words, flags } = parseOptions(command.args, 'vinsPg', GEM_LONGS);
  const [verb, ...names] = words;
  if (
    !verb ||
    /^(list|env|environment|search|info|help|sources|source|which|specification|contents|outdated|check|cleanup|clean|query|owner|signin|fetch|--version)$/.test(
      verb.value,
    )
  )
    return effect('neutral', 'gem only looks');
  if (verb.value === 'build' || verb.value === 'unpack') return worksIn(command.cwd, 'packs a gem', 'compile');
  if (!/^(install|update|uninstall|pristine|i)$/.test(verb.value) || flags.has('--local')) return undefined;
  if (names.some((word) => /\.gem$/.test(word.value)))
    return effect('unknown', `installs a gem that the final stage does not have: ${names.map((word) => word.value).join(' ')}`);
  return effect('runtime', 'installs gems', { action: verb.value === 'update' ? 'gem-update' : 'gem-install', compiles: true });
};

const BUNDLE_LONGS = '--path --without --with --jobs --retry --gemfile --binstubs --standalone --shebang --trust-policy'.split(' ');

/** bundle: into a directory that is told, or as gem does. */
const bundle: CommandRule = (command) => {
  const parsed = parseOptions(
    command.args.filter((word) => !/^_[\d.]+_$/.test(word.value)),
    'j',
    BUNDLE_LONGS,
  );
  const [verb] = parsed.words;
  const name = verb?.value ?? (hasOption(command, '--version', '-v') ? 'version' : 'install');
  if (/^(version|check|show|list|info|outdated|help|env|doctor|platform|licenses|viz)$/.test(name)) return effect('neutral', 'bundle only looks');
  if (name === 'config' || name === 'plugin') return effect('runtime', 'configures bundle', { action: 'bundle-config' });
  if (/^(package|pack|cache|lock|binstubs|init|gem|inject|add|clean|remove)$/.test(name)) return worksIn(command.cwd, `runs bundle ${name}`, 'bundle-files');
  if (!/^(install|update)$/.test(name)) return undefined;
  return bundleInstall(command, valueOf(parsed, '--path') ?? (parsed.flags.has('--deployment') ? VENDOR : undefined));
};

const VENDOR = { text: 'vendor/bundle', value: 'vendor/bundle', known: true };

/** Gems in a directory of their own cross; others are installed again. What is told once is kept in `.bundle`. */
function bundleInstall(command: ShellCommand, told: ShellWord | undefined): Effect | undefined {
  const place = told ? pathOf(command, told) : command.env.BUNDLE_PATH;
  if (told && place === undefined) return undefined;
  if (place === undefined || !place.startsWith('/')) return effect('runtime', 'installs gems', { action: 'bundle-install', compiles: true });
  const kept = told ? (command.env.BUNDLE_APP_CONFIG ?? pathOf(command, { value: '.bundle', known: true })) : undefined;
  const also = kept === undefined || kept === place ? [] : [{ path: kept, kind: 'tree' as const }];
  return effect('build', 'installs gems', { action: 'bundle-install', writes: [{ path: place, kind: 'tree' }, ...also] });
}

/** Tasks that only make files of the project. */
const TASKS =
  /^(assets:.*|tmp:.*|build|compile|gen.*|doc.*|package|gem|clean|webpacker:.*|css:build|javascript:build|i18n:.*|-T|yarn:install|stats|about|bower:install.*|rdoc|yard)$/;

const rake: CommandRule = (command) => {
  const tasks = operands(command, ['-f', '-C', '-e', '-I']).filter((word) => !/^\w+=/.test(word.value));
  if (hasOption(command, '--version', '-T', '--tasks', '-V')) return effect('neutral', 'only prints');
  return tasks.length > 0 && tasks.every((word) => TASKS.test(word.value.replace(/\[.*$/, '')))
    ? worksIn(command.cwd, 'runs tasks of the project', 'rake')
    : undefined;
};

const rails: CommandRule = (command, scope) => {
  const [verb, name] = operands(command, ['-d', '--database', '-m']);
  if (hasOption(command, '--version', '-v')) return effect('neutral', 'only prints');
  if (verb?.value === 'new') return name && worksIn(pathOf(command, name), 'makes a project', 'rails-new');
  return rake(command, scope);
};

/** Static sites. */
const jekyll: CommandRule = (command) => {
  const [verb, name] = operands(command, ['-d', '--destination', '-s', '--source', '--config']);
  if (!/^(build|b|new|clean|doctor)$/.test(verb?.value ?? '')) return hasOption(command, '--version') ? effect('neutral', 'only prints') : undefined;
  const into = verb?.value === 'new' ? name : optionValue(command, '-d', '--destination');
  const path = into && pathOf(command, into);
  if (into && path === undefined) return undefined;
  return worksIn(verb?.value === 'new' ? path : command.cwd, 'builds a site', 'rake', path === undefined ? {} : { also: [{ path, kind: 'tree' }] });
};

/** ruby, where it only prints or configures an extension. */
const ruby: CommandRule = (command): Effect | undefined => {
  if (hasOption(command, '-v', '--version') && command.args.length === 1) return effect('neutral', 'only prints');
  const [file] = operands(command, ['-I', '-r', '-C', '-E']);
  if (posix.basename(file?.value ?? '') === 'extconf.rb') return worksIn(command.cwd, 'configures a build', 'configure');
  const text = optionText(command);
  return text !== undefined && !/\b(File|IO|FileUtils|Dir|system|exec|spawn|open|Gem|Kernel)\b|`|%x/.test(text) ? effect('neutral', 'only prints') : undefined;
};

function optionText(command: ShellCommand): string | undefined {
  const at = command.args.findIndex((word) => /^-\w*e$/.test(word.value));
  return at < 0 || command.args.some((word) => /^-i/.test(word.value)) ? undefined : command.args[at + 1]?.value;
}

export const rubyRules: Record<string, CommandRule> = {
  gem,
  bundle,
  bundler: bundle,
  rake,
  rails,
  jekyll,
  middleman: jekyll,
  ruby,
  yard: () => effect('neutral', 'makes documentation'),
};
