/**
 * Replaces `$name`, `${name}`, `${name:-word}` and `${name:+word}` in a Dockerfile word by Docker's rules
 * (https://docs.docker.com/reference/dockerfile/#environment-replacement). A name without a known value stays as written,
 * and is reported in `unknown`.
 */
export function expand(text: string, values: Record<string, string | undefined>, escape: '\\' | '`' = '\\'): { text: string; unknown: string[] } {
  if (!text.includes('$')) return { text, unknown: [] };
  const unknown: string[] = [];
  const mark = escape === '`' ? '`' : '\\\\';
  const pattern = new RegExp(`${mark}\\$|\\$(?:(\\w+)|\\{(\\w+)(?:(:?[-+])((?:[^{}]|\\{[^}]*\\})*))?\\})`, 'g');
  const expanded = text.replace(
    pattern,
    (whole, plain: string | undefined, braced: string | undefined, operator: string | undefined, word: string | undefined) => {
      const name = plain ?? braced;
      if (name === undefined) return '$';
      const value = values[name];
      const other = () => {
        const inner = expand(word ?? '', values, escape);
        unknown.push(...inner.unknown);
        return inner.text;
      };
      const set = operator?.startsWith(':') ? Boolean(value) : value !== undefined;
      if (operator?.endsWith('+')) return set ? other() : '';
      if (operator && !set) return other();
      if (value === undefined) {
        unknown.push(name);
        return whole;
      }
      return value;
    },
  );
  return { text: expanded, unknown };
}

/** Splits the words of an instruction as Docker does: blanks separate, quotes and escapes hold together and are removed. */
export function splitWords(text: string, escape: '\\' | '`' = '\\'): string[] {
  const mark = escape === '`' ? '`' : '\\\\';
  const part = `"(?:${mark}[^]|[^"])*"?|'[^']*'?|${mark}[^]|[^\\s"']`;
  return [...text.matchAll(new RegExp(`(?:${part})+`, 'g'))].map(([word]) => word.replace(new RegExp(part, 'g'), (piece) => unquote(piece, escape)));
}

function unquote(piece: string, escape: '\\' | '`'): string {
  if (piece.startsWith("'")) return piece.replace(/^'|'$/g, '');
  if (piece.startsWith('"')) return piece.replace(/^"|"$/g, '').replace(escape === '`' ? /`(["`$])/g : /\\(["\\$])/g, '$1');
  return piece.length > 1 ? piece.slice(1) : piece;
}

/** The name=value pairs of ENV, LABEL or ARG; the old form `ENV name value` gives one pair, ARG without value an undefined one. */
export function splitPairs(value: string, escape: '\\' | '`' = '\\'): { name: string; value: string | undefined }[] {
  const first = /^\S+/.exec(value)?.[0] ?? '';
  if (!first.includes('=') && /\s/.test(value)) return [{ name: first, value: value.slice(first.length).trim() }];
  return splitWords(value, escape).map((word) => {
    const at = word.indexOf('=');
    return at < 0 ? { name: word, value: undefined } : { name: word.slice(0, at), value: word.slice(at + 1) };
  });
}
