import type { CommandRule } from '../../types.ts';
import { effect, pathOf } from '../effect.ts';

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

/** Programs that write sources for a build. */
export const generators: Record<string, CommandRule> = { protoc };
