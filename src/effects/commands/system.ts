import type { ShellCommand } from '../../types.ts';
import { effect, hasOption, operands, optionValue, pathOf, writesOf } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

function runtime(why: string, action?: string): CommandRule {
  return () => effect('runtime', why, action === undefined ? {} : { action });
}

/** The files that an alternative or a diversion names have to be there. */
const alternatives: CommandRule = (command) => {
  if (hasOption(command, '--display', '--list', '--query', '--get-selections', '--version')) return effect('neutral', 'only looks');
  const at = command.args.findIndex((word) => word.value === '--install');
  const path = at < 0 ? optionValue(command, '--set') && operands(command).at(-1) : command.args.slice(at + 1).filter((word) => !word.value.startsWith('-'))[2];
  const read = path?.known && path.value.startsWith('/') ? [path.value] : [];
  return effect('runtime', 'chooses among programs of the system', { action: 'alternatives', reads: read });
};

/** keytool: a certificate for all of Java, or a file of keys. */
const keytool: CommandRule = (command) => {
  const has = (...names: string[]) => hasOption(command, ...names);
  const valueAfter = (name: string) => (has(name) ? command.args[command.args.findIndex((one) => one.value === name) + 1] : undefined);
  if (has('-list', '-printcert', '-help') || (has('-exportcert', '-export') && !has('-file'))) return effect('neutral', 'only looks');
  const store = valueAfter('-keystore');
  const file = valueAfter('-file');
  const read = file && pathOf(command, file);
  if (has('-cacerts') || /\/(cacerts|jssecacerts)$/.test(store?.value ?? ''))
    return effect('runtime', 'takes a certificate for Java', { action: 'certificates', reads: read === undefined ? [] : [read] });
  const out = has('-export', '-exportcert', '-certreq') ? file : (valueAfter('-destkeystore') ?? store);
  const writes = out && writesOf(command, [out], 'file');
  return writes && effect('both', 'makes keys and certificates', { action: 'copy', writes, reads: [] });
};

const ldconfig: CommandRule = (command) =>
  hasOption(command, '-p', '--print-cache', '-V') ? effect('neutral', 'only looks') : effect('runtime', 'refreshes the list of shared libraries');

/** A list that programs read, made anew from what is there. */
const INDEXES =
  'fc-cache mkfontscale mkfontdir update-mime-database glib-compile-schemas gtk-update-icon-cache update-desktop-database gdk-pixbuf-query-loaders texhash mktexlsr updmap-sys fmtutil-sys update-texmf update-icon-caches gio-querymodules install-info mandb update-pciids updatedb depmod'.split(
    ' ',
  );

/** Commands that change the system as a whole. */
export const system: Record<string, CommandRule> = {
  ldconfig,
  ...{
    'locale-gen': runtime('makes locales'),
    localedef: runtime('makes a locale'),
    'update-locale': runtime('sets the locale'),
    localectl: runtime('sets the locale'),
  },
  ...{
    'locale-compile': runtime('makes locales'),
    'dpkg-divert': runtime('moves a file of a package aside'),
    'dpkg-statoverride': runtime('changes the owner of a file of a package'),
  },
  'dpkg-trigger': runtime('configures a package of the system'),
  ...Object.fromEntries(
    ['update-ca-certificates', 'update-ca-trust', 'c_rehash', 'certctl', 'trust'].map((name) => [name, runtime('refreshes the certificates', 'certificates')]),
  ),
  ...{ 'update-alternatives': alternatives, alternatives, 'update-java-alternatives': alternatives, keytool },
  ...Object.fromEntries(INDEXES.map((name) => [name, runtime('makes a list of what is there', 'index')])),
  ...{ timedatectl: runtime('sets the time zone'), 'setup-timezone': runtime('sets the time zone'), authconfig: runtime('sets how users are known') },
  setcap: () => effect('unknown', 'gives a capability to a program, which a copy may not keep'),
  setfacl: (command: ShellCommand) => effect('unknown', `${command.name} sets rights that a copy does not keep`),
};
