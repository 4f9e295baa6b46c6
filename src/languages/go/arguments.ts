/** A string literal of a source. */
export interface Literal {
  value: string;
  start: number;
}

/** An argument of a call: its text, and where it starts in the code. */
export interface Argument {
  start: number;
  text: string;
}

/** The arguments of a call or a composite value, whose bracket ends before `open`; the first `skip` are left out. */
export function argumentsAt(code: string, open: number, skip: number): Argument[] {
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

/** The value of an argument that is nothing but a literal. */
export function literalAt({ start, text }: Argument, strings: readonly Literal[]): string | undefined {
  if (!/^\s*"\s*"\s*$/.test(text)) return undefined;
  return strings.find((one) => one.start >= start && one.start < start + text.length)?.value;
}
