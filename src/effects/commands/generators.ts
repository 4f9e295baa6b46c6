import { effect, operands, pathOf, writesOf } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

/** `--go_out=paths=source_relative:DIR`: https://protobuf.dev/reference/go/go-generated/#invocation */
const protoc: CommandRule = (command) => {
  const outputs = command.args.flatMap((word, at) => {
    const [, value] = /^--[\w-]+_out(?:=(.*))?$/.exec(word.value) ?? [];
    const text = value ?? (/^--[\w-]+_out$/.test(word.value) ? command.args[at + 1]?.value : undefined);
    return text === undefined ? [] : [{ value: text.replace(/^.*:/, ''), known: word.known }];
  });
  const paths = outputs.map((output) => pathOf(command, output));
  if (paths.some((path) => path === undefined)) return undefined;
  return effect('build', 'generates sources', { action: 'generate', writes: paths.map((path) => ({ path: path as string, kind: 'tree' })) });
};

/** The files that options name: `openssl req -keyout F -out F`, `ssh-keygen -f F`. */
const keys: CommandRule = (command) => {
  if (command.name === 'openssl' && command.args[0]?.value === 'rehash') return effect('runtime', 'refreshes the certificates', { action: 'certificates' });
  if (command.name === 'ssh-keygen' && command.args.some((word) => word.value === '-A'))
    return effect('runtime', 'makes the keys of the SSH server', { action: 'host-keys' });
  const named = ['-out', '-keyout', '-f'].flatMap((option) => command.args.flatMap((word, at) => (word.value === option ? (command.args[at + 1] ?? []) : [])));
  const paths = named.map((word) => pathOf(command, word));
  if (paths.some((path) => path === undefined)) return undefined;
  if (paths.length === 0) return command.name === 'openssl' ? effect('neutral', 'only prints') : undefined;
  const files = paths.flatMap((path) => (command.name === 'ssh-keygen' ? [path as string, `${path}.pub`] : [path as string]));
  return effect('both', 'makes keys and certificates', { action: 'copy', writes: files.map((path) => ({ path, kind: 'file' })) });
};

/** htpasswd: the first word is the file, unless it only prints. */
const passwords: CommandRule = (command) => {
  if (command.args.some((word) => /^-\w*n/.test(word.value))) return effect('neutral', 'only prints');
  const [file] = operands(command, ['-C']);
  const writes = file && writesOf(command, [file], 'file');
  return writes && effect('both', 'makes keys and certificates', { action: 'copy', writes });
};

/** `sqlite3 FILE SQL`: the file comes to hold what it is told. */
const sqlite: CommandRule = (command) => {
  const [file] = operands(command, ['-cmd', '-init', '-separator', '-newline', '-nullvalue', '-mmap', '-vfs']);
  if (!file || file.value === ':memory:' || command.args.some((word) => /^--?(version|help|readonly)$/.test(word.value)))
    return effect('neutral', 'only prints');
  const writes = writesOf(command, [file], 'file');
  return writes && effect('both', 'fills a database', { action: 'copy', writes });
};

/** Programs that write sources for a build, keys, and databases in a file. */
export const generators: Record<string, CommandRule> = { protoc, openssl: keys, 'ssh-keygen': keys, htpasswd: passwords, sqlite3: sqlite, sqlite };
