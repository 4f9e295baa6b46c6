import { type Argument, argumentsAt, type Literal, literalAt } from './arguments.ts';
import { type Code, isTold } from './told.ts';

/** A program that a Go source starts. */
export interface Started {
  /** Undefined where the name is computed. */
  program: string | undefined;
  /** The literal arguments after it; undefined where one of them is computed. */
  args: string[] | undefined;
  line: number;
  /** Nothing but the running program knows the name of the program, or the text of the shell. */
  open: boolean;
  /** Variables of the environment that they may come from. */
  variables: string[];
}

const CALLS = /\b(?:exec\.(Command|CommandContext|LookPath)|syscall\.(Exec|ForkExec)|os\.(StartProcess))\(/g;
const STRUCT = /\bexec\.Cmd\{[^}]*?\bPath:\s*/g;

/**
 * The programs that a source starts, by https://pkg.go.dev/os/exec, syscall and os. `code` is the source with comments and the
 * content of its literals blanked, `strings` are these literals.
 */
export function executesOf(source: Code, lineOf: (at: number) => number): Started[] {
  const { code, strings } = source;
  const calls = [...code.matchAll(CALLS)].map((match) => {
    const open = match.index + match[0].length;
    const [first, ...rest] = argumentsAt(code, open, match[1] === 'CommandContext' ? 1 : 0);
    const values = rest.map((argument) => literalAt(argument, strings));
    const program = first && (literalAt(first, strings) ?? constantOf(first.text.trim(), code, strings));
    const args = values.every((value) => value !== undefined) ? values : undefined;
    return { program, args, line: lineOf(match.index), ...opennessOf(program === undefined ? first : shellText(program, rest, values), source) };
  });
  const structs = [...code.matchAll(STRUCT)].map((match) => {
    const start = match.index + match[0].length;
    const program = strings.find((one) => one.start === start)?.value;
    return { program, args: undefined, line: lineOf(match.index), open: program === undefined, variables: [] };
  });
  return [...calls, ...structs];
}

/** The text that a shell is given after -c, where it is computed. */
function shellText(program: string, rest: readonly Argument[], values: readonly (string | undefined)[]): Argument | undefined {
  const at = SHELL.test(program) ? values.findIndex((value) => /^-\w*c$/.test(value ?? '')) + 1 : 0;
  return at > 0 && values[at] === undefined ? rest[at] : undefined;
}

export const SHELL = /^(\/bin\/|\/usr\/bin\/)?(sh|bash|ash|dash)$/;

function opennessOf(expression: Argument | undefined, source: Code): Pick<Started, 'open' | 'variables'> {
  const variables = new Set<string>();
  const open = expression !== undefined && !isTold(expression, source, variables);
  return { open, variables: [...variables] };
}

/** The value of a constant whose declaration is nothing but a literal. */
function constantOf(name: string, code: string, strings: readonly Literal[]): string | undefined {
  if (!/^\w+$/.test(name)) return undefined;
  const declared = new RegExp(`(?:^|\\n)\\s*(?:const\\s+)?${name}(?:\\s+string)?\\s*=\\s*(?="[^"]*"\\s*(?:\\n|$|\\)))`, 'g');
  const given = [...code.matchAll(new RegExp(`\\b${name}\\b[^\\n=!<>]*?(?::=|=(?!=))`, 'g'))];
  const [only] = [...code.matchAll(declared)];
  return only && given.length === 1 ? strings.find(({ start }) => start === only.index + only[0].length)?.value : undefined;
}
