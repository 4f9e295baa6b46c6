import type { Word, WordPart } from 'unbash';
import type { ShellWord } from '../types.ts';

/** Variables of a shell; undefined is a value that nobody knows. */
type Variables = Record<string, string | undefined>;

/** A word as the shell would see it: quotes removed, variables of `env` expanded; an unknown part stays as written. */
export function resolveWord(word: Word, env: Variables): ShellWord {
  if (!word.parts) return { text: word.text, value: word.value, known: true };
  let known = true;
  const value = word.parts
    .map((part) => {
      const text = partValue(part, env);
      if (text === undefined) known = false;
      return text ?? unknownText(part, env);
    })
    .join('');
  return { text: word.text, value, known };
}

/** An unknown part as written, but for the quotes around it. */
function unknownText(part: WordPart, env: Variables): string {
  return part.type === 'DoubleQuoted' ? part.parts.map((child) => partValue(child, env) ?? child.text).join('') : part.text;
}

function partValue(part: WordPart, env: Variables): string | undefined {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return part.value;
    case 'Glob':
    case 'BraceExpansion':
    case 'ExtendedGlob':
      return part.text;
    case 'DoubleQuoted':
    case 'LocaleString': {
      const values = part.parts.map((child) => partValue(child, env));
      return values.every((value) => value !== undefined) ? values.join('') : undefined;
    }
    case 'SimpleExpansion':
      return env[part.text.slice(1)];
    case 'ParameterExpansion':
      return expandParameter(part, env);
    case 'CommandExpansion':
      // `# …` is how some comment on the words of a list.
      return part.script?.commands.length === 0 ? '' : undefined;
    default:
      return undefined;
  }
}

function expandParameter(part: Extract<WordPart, { type: 'ParameterExpansion' }>, env: Variables): string | undefined {
  const value = env[part.parameter];
  if (part.prefix || part.index) return undefined;
  if (!part.operation) return value;
  if (part.operation.type !== 'Default' || (part.parameter in env && value === undefined)) return undefined;
  const { operator, operand } = part.operation;
  const word = resolveWord(operand, env);
  const other = word.known ? word.value : undefined;
  const set = operator.startsWith(':') ? Boolean(value) : value !== undefined;
  if (operator.endsWith('+')) return set ? other : '';
  return set ? value : other;
}
