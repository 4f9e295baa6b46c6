/** A character, or what stands for any one (`?`: no text) or any number of them (`*`). */
interface Token {
  many: boolean;
  text?: string;
}

/** A value with what the pattern matches taken out or replaced: `#` at its start, `%` at its end, `/` anywhere; doubled: the most of it. */
export function matchesPattern(value: string, pattern: string, operator: string, word: string): string {
  const tokens = tokensOf(pattern);
  const most = operator.length === 2;
  if (operator.startsWith('/')) return replaced(value, tokens, word, most);
  const atEnd = operator.startsWith('%');
  const ends = atEnd ? endsOf([...value].toReversed(), tokens.toReversed(), 0) : endsOf([...value], tokens, 0);
  const end = most ? ends.at(-1) : ends[0];
  if (end === undefined) return value;
  const characters = [...value];
  return (atEnd ? characters.slice(0, characters.length - end) : characters.slice(end)).join('');
}

function replaced(value: string, tokens: readonly Token[], word: string, all: boolean): string {
  const characters = [...value];
  const parts: string[] = [];
  for (let at = 0; at < characters.length; ) {
    const end = endsOf(characters, tokens, at).at(-1);
    if (end === undefined || end === at) {
      parts.push(characters[at++] ?? '');
      continue;
    }
    parts.push(word);
    at = end;
    if (!all) return [...parts, ...characters.slice(at)].join('');
  }
  return parts.join('');
}

/** Where a match that starts at `from` may end, shortest first; in time that grows with text times pattern, whatever they are. */
function endsOf(characters: readonly string[], tokens: readonly Token[], from: number): number[] {
  const ends: number[] = [];
  let states = passed(new Set([0]), tokens);
  for (let at = from; states.size > 0; at++) {
    if (states.has(tokens.length)) ends.push(at);
    const character = characters[at];
    if (character === undefined) break;
    states = passed(new Set([...states].flatMap((state) => after(state, tokens[state], character))), tokens);
  }
  return ends;
}

function after(state: number, token: Token | undefined, character: string): number[] {
  if (token?.many) return [state];
  return token && (token.text === undefined || token.text === character) ? [state + 1] : [];
}

/** `*` may stand for nothing. */
function passed(states: Set<number>, tokens: readonly Token[]): Set<number> {
  for (const state of states) if (tokens[state]?.many) states.add(state + 1);
  return states;
}

function tokensOf(pattern: string): Token[] {
  return [...pattern.matchAll(/\\?[\s\S]/gu)].map(([one]) => {
    if (one === '*' || one === '?') return { many: one === '*' };
    return { many: false, text: one.length > 1 && one.startsWith('\\') ? one.slice(1) : one };
  });
}
