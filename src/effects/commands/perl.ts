import type { Effect, ShellCommand } from '../../types.ts';
import { effect, fillsTree, hasOption, looks, operands, parseOptions, pathOf, valueOf, worksIn, writesOf } from '../effect.ts';
import type { CommandRule } from '../rule.ts';
import { edits } from './text.ts';

/** perl: a piece of code that edits files, one that only prints, an installer of modules. Scripts are not looked into. */
const perl: CommandRule = (command) => {
  const code = command.args.findIndex((word) => /^-[a-zA-Z0-9]*e$/.test(word.value));
  const flags = command.args.filter((word) => word.value.startsWith('-')).map((word) => word.value);
  const text = command.args[code + 1]?.value ?? '';
  if (flags.some((flag) => /^-MCPAN/.test(flag)) || /\bCPAN\b/.test(text))
    return effect('runtime', 'installs Perl modules', { action: 'cpan-install', compiles: true });
  if (code < 0) return flags.some((flag) => /^(-v|-V.*|--version|-c|-h)$/.test(flag)) ? effect('neutral', 'only prints') : script(command);
  if (flags.some((flag) => /^-[a-z0-9]*i/.test(flag) && !/^-[IMm]/.test(flag)))
    return edits(writesOf(command, operands({ ...command, args: command.args.slice(code + 2) }), 'file', { edited: true }));
  return /\b(open|unlink|system|exec|rename|mkdir|rmdir|symlink|copy|move)\b|`|qx/.test(text) ? undefined : effect('neutral', 'only prints');
};

/** `perl Makefile.PL`, `perl Configure`; a pipe from the address of cpanm. */
function script(command: ShellCommand) {
  const [file] = operands(command);
  if (/(^|\/)(Makefile|Build)\.PL$|(^|\/)Configure$/.test(file?.value ?? '')) return worksIn(command.cwd, `runs ${file?.value}`, 'configure');
  return file?.value === '-' && operands(command).some((word) => /^[A-Z]\w*(::\w+)*$/.test(word.value))
    ? effect('runtime', 'installs Perl modules', { action: 'cpan-install', compiles: true })
    : undefined;
}

/** cpanm: into Perl's own directories, or a library of the project's. */
function cpanminus(command: ShellCommand): Effect | undefined {
  if (hasOption(command, '--version', '-V', '--info', '--help')) return looks(command);
  const parsed = parseOptions(command.args, 'lL', ['--local-lib', '--local-lib-contained', '--mirror', '--cpanfile', '--from']);
  const told = valueOf(parsed, '-l', '-L', '--local-lib', '--local-lib-contained');
  if (!told) return effect('runtime', 'installs Perl modules', { action: 'cpan-install', compiles: true });
  return fillsTree(pathOf(command, told), 'installs Perl modules', 'cpan-install');
}

/** Perl's modules. */
export const perlRules: Record<string, CommandRule> = {
  carton: (command) => (hasOption(command, 'install') ? worksIn(command.cwd, 'installs Perl modules', 'carton-install') : undefined),
  cpan: (command) => (hasOption(command, '-v', '-h') ? looks(command) : effect('runtime', 'installs Perl modules', { action: 'cpan-install', compiles: true })),
  perl,
  cpanm: cpanminus,
  cpanminus,
};
