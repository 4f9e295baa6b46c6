/** A program that a Go source starts. */
export interface Started {
  /** Undefined where the name is computed. */
  program: string | undefined;
  /** The literal arguments after it; undefined where one of them is computed. */
  args: string[] | undefined;
  line: number;
}

interface Literal {
  value: string;
  start: number;
}

const CALLS = /\b(?:exec\.(Command|CommandContext|LookPath)|syscall\.(Exec|ForkExec)|os\.(StartProcess))\(/g;
const STRUCT = /\bexec\.Cmd\{[^}]*?\bPath:\s*/g;

/**
 * The programs that a source starts, by https://pkg.go.dev/os/exec, syscall and os. `code` is the source with comments and the
 * content of its literals blanked, `strings` are these literals.
 */
export function executesOf(code: string, strings: readonly Literal[], lineOf: (at: number) => number): Started[] {
  const calls = [...code.matchAll(CALLS)].map((match) => {
    const open = match.index + match[0].length;
    const [first, ...rest] = argumentsAt(code, open, match[1] === 'CommandContext' ? 1 : 0);
    const values = rest.map((argument) => literalAt(argument, strings));
    const program = first && (literalAt(first, strings) ?? constantOf(first.text.trim(), code, strings));
    return { program, args: values.every((value) => value !== undefined) ? values : undefined, line: lineOf(match.index) };
  });
  const structs = [...code.matchAll(STRUCT)].map((match) => {
    const start = match.index + match[0].length;
    return { program: strings.find((one) => one.start === start)?.value, args: undefined, line: lineOf(match.index) };
  });
  return [...calls, ...structs];
}

interface Argument {
  start: number;
  text: string;
}

function argumentsAt(code: string, open: number, skip: number): Argument[] {
  const found: Argument[] = [];
  let depth = 0;
  let start = open;
  for (let at = open; at < Math.min(code.length, open + 4000); at++) {
    const character = code[at] as string;
    if ('([{'.includes(character)) depth++;
    const closes = ')]}'.includes(character) && depth-- === 0;
    if (!closes && !(character === ',' && depth === 0)) continue;
    found.push({ start, text: code.slice(start, at) });
    start = at + 1;
    if (closes) break;
  }
  return found.slice(skip).filter(({ text }) => text.trim() !== '');
}

function literalAt({ start, text }: Argument, strings: readonly Literal[]): string | undefined {
  if (!/^\s*"\s*"\s*$/.test(text)) return undefined;
  return strings.find((one) => one.start >= start && one.start < start + text.length)?.value;
}

/** The value of a constant whose declaration is nothing but a literal. */
function constantOf(name: string, code: string, strings: readonly Literal[]): string | undefined {
  if (!/^\w+$/.test(name)) return undefined;
  const declared = new RegExp(`(?:^|\\n)\\s*(?:const\\s+)?${name}(?:\\s+string)?\\s*=\\s*(?="[^"]*"\\s*(?:\\n|$|\\)))`, 'g');
  const given = [...code.matchAll(new RegExp(`\\b${name}\\b[^\\n=!<>]*?(?::=|=(?!=))`, 'g'))];
  const [only] = [...code.matchAll(declared)];
  return only && given.length === 1 ? strings.find(({ start }) => start === only.index + only[0].length)?.value : undefined;
}
