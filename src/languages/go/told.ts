import { type Argument, argumentsAt, type Literal, literalAt } from './arguments.ts';

/** A source as the questions after names need it. */
export interface Code {
  code: string;
  strings: readonly Literal[];
  /** The other sources of its package, as written. */
  siblings(): string;
}

/** Calls and names are followed no further than this. */
const DEPTH = 4;

/**
 * Whether the literals of a source tell all values that an expression may have. `variables` takes the names of variables of the
 * environment that it may come from.
 */
export function isTold(expression: Argument, source: Code, variables: Set<string>, depth = 0): boolean {
  const { code, strings } = source;
  const text = expression.text.trim().replace(/\.\.\.$/, '');
  if (literalAt(expression, strings) !== undefined || /^os\.(Args\[0\]|Executable\(\))$/.test(text)) return true;
  const inner = () => argumentsAt(code, expression.start + expression.text.search(/[({]/) + 1, 0);
  if (/^os\.Getenv\(/.test(text)) return isVariable(inner()[0], source, variables);
  if (/^fmt\.Sprintf\(/.test(text)) return startsPlainly(inner()[0], source);
  if (/^exec\.LookPath\(|^(\[\]|\[\.*\d*\])string\{/.test(text)) return inner().every((one) => isTold(one, source, variables, depth));
  const name = /^(\w+)(\[[\w\s:-]*\])*$/.exec(text)?.[1];
  return name !== undefined && depth < DEPTH && isToldName(name, expression.start, source, variables, depth + 1);
}

function isVariable(name: Argument | undefined, { strings }: Code, variables: Set<string>): boolean {
  const variable = name && literalAt(name, strings);
  if (variable !== undefined) variables.add(variable);
  return variable !== undefined;
}

/** The text of a shell whose first word stands there. */
function startsPlainly(format: Argument | undefined, { strings }: Code): boolean {
  return /^[\w./-]+(\s|$)/.test((format && literalAt(format, strings)) ?? '');
}

function isToldName(name: string, at: number, source: Code, variables: Set<string>, depth: number): boolean {
  const given = [...source.code.matchAll(new RegExp(`(?<![\\w.])${name}(?:\\s+string)?\\s*(?:,\\s*\\w+\\s*)*:?=(?!=)\\s*(?:range\\s)?`, 'g'))];
  const values = given.map((match) => valueAt(source.code, match.index + match[0].length));
  if (values.length > 0 && !new RegExp(`&${name}\\b`).test(source.code)) return values.every((value) => isTold(value, source, variables, depth));
  return values.length === 0 && isToldParameter(name, at, source, variables, depth);
}

/** Up to the end of the statement: gofmt sets a space before the brace of a block, and none before that of a value. */
function valueAt(code: string, start: number): Argument {
  const rest = code.slice(start, start + 4000);
  let depth = 0;
  for (let at = 0; at < rest.length; at++) {
    const character = rest[at] as string;
    if (depth === 0 && (character === '\n' || character === ';' || (character === '{' && rest[at - 1] === ' '))) return { start, text: rest.slice(0, at) };
    if ('([{'.includes(character)) depth++;
    if (')]}'.includes(character)) depth--;
  }
  return { start, text: rest };
}

/** The parameter of a function that is called from its own source alone. */
function isToldParameter(name: string, at: number, source: Code, variables: Set<string>, depth: number): boolean {
  const { code } = source;
  const own = [...code.slice(0, at).matchAll(/\bfunc\s+(?:\([^)]*\)\s*)?(\w+)\(([^)]*)\)/g)].at(-1);
  const [, called = '', parameters = ''] = own ?? [];
  const position = parameters.split(',').findIndex((one) => one.trim().split(/\s/)[0] === name);
  if (!own || position < 0 || (/^[A-Z]/.test(called) && !/^package main\b/m.test(code)) || new RegExp(`\\b${called}\\b`).test(source.siblings())) return false;
  const uses = [...code.matchAll(new RegExp(`\\b${called}\\b(\\()?`, 'g'))].filter(({ index }) => !isDeclaration(code, index));
  return uses.length > 0 && uses.every((use) => use[1] !== undefined && isToldAt(use.index + use[0].length, position, source, variables, depth));
}

function isDeclaration(code: string, at: number): boolean {
  return /\bfunc\s+(\([^)]*\)\s*)?$/.test(code.slice(Math.max(0, at - 200), at));
}

function isToldAt(open: number, position: number, source: Code, variables: Set<string>, depth: number): boolean {
  const value = argumentsAt(source.code, open, position)[0];
  return value !== undefined && isTold(value, source, variables, depth);
}
