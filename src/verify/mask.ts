/** What differs from run to run though nothing has changed, and the word that stands for it. */
const VOLATILE: [RegExp, string][] = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is looked for
  [/\u001b\[[\d;]*[A-Za-z]/g, ''],
  [/\b[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}\b/gi, '<id>'],
  [/\b0x[\da-f]+\b/gi, '<id>'],
  [/\b(?=[\da-f]*\d)(?=[\da-f]*[a-f])[\da-f]{7,}\b/gi, '<id>'],
  [/\b(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{16,}\b/g, '<id>'],
  [/\b\d{4}[-/]\d\d[-/]\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?)?(?: ?(?:Z|[+-]\d\d:?\d\d))?/g, '<time>'],
  [/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? [\w ,:]*\d(?: ?(?:GMT|UTC|[+-]\d{4}))*/g, '<time>'],
  [/\b\d\d?[/ -](?:\d\d|[A-Z][a-z]{2,8})[/ -]\d{4}\b/g, '<time>'],
  [/\b\d\d?:\d\d(?::\d\d)?(?:[.,]\d+)?(?: ?[AP]M)?\b/g, '<time>'],
  [/\b\d+(?:[.,]\d+)? ?(?:ns|µs|us|ms|s|sec|secs|seconds?|minutes?)\b/g, '<time>'],
  [/\b\d{10,}(?:\.\d+)?\b/g, '<time>'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '<address>'],
  [/\b\d+(?:[.,]\d+)? ?(?:[KMG]i?B|kB|bytes)\b/g, '<size>'],
  [/\b(\w*(?:bytes|seconds|memory|rss|heap|cpu|uptime|elapsed|duration|latency)\w*)(["']?[ :=]+)[\d.]+(?:e[+-]?\d+)?/gi, '$1$2<measure>'],
  [/\b(pid|process|worker|thread|goroutine)([ =:[#-]*)\d+/gi, '$1$2<number>'],
  [/\[\d+\]/g, '[<number>]'],
];

/** Times, addresses, ids and sizes replaced by words for them. */
export function masked(text: string): string {
  return VOLATILE.reduce((current, [pattern, word]) => current.replace(pattern, word), text);
}

/** All numbers replaced as well. */
export function numberless(text: string): string {
  return masked(text).replace(/\d+(\.\d+)?/g, '#');
}

type View = (text: string) => string;

const sortedLines: View = (text) => text.split('\n').sort().join('\n');
const sortedWords: View = (text) => wordsOf(text).sort().join('');
/** From the strictest to the mildest; threads and hash tables change the order. What is the same twice within seconds may still be a time. */
const ORDERED: View[] = [masked, (text) => sortedLines(masked(text)), (text) => sortedWords(masked(text))];
const NUMBERLESS: View[] = [numberless, (text) => sortedLines(numberless(text)), (text) => sortedWords(numberless(text))];

/**
 * How a text differs from one that was seen twice, `first` and `again`; undefined where it does not. Two looks at the same thing
 * settle how closely a third can be looked at: by the strictest view under which the first two agree. Where they never do,
 * nothing can be said.
 */
export function unlike(first: string, again: string, other: string): string | undefined {
  if (first === other || again === other) return undefined;
  const agrees = (view: View) => view(first) === view(again);
  const strict = ORDERED.find(agrees);
  const byWord = strict === undefined || (strict === masked && first !== again) ? unlikeByWord(first, again, other) : undefined;
  if (byWord === '' || (byWord !== undefined && !strict)) return byWord || undefined;
  const view = strict ?? NUMBERLESS.find(agrees);
  return !view || view(first) === view(other) ? undefined : excerpt(view(first), view(other));
}

/** Compares the words that stayed; '' where they agree, undefined where the texts are not made of the same words. */
function unlikeByWord(first: string, again: string, other: string): string | undefined {
  const [a, b, c] = [wordsOf(first), wordsOf(again), wordsOf(other)];
  if (a.length !== b.length || a.length !== c.length) return undefined;
  const isSame = a.every((word, index) => word !== b[index] || masked(word) === masked(c[index] ?? ''));
  return isSame ? '' : excerpt(first, other);
}

function wordsOf(text: string): string[] {
  return text.match(/[^\s"'`<>()[\]{},;]+|[\s"'`<>()[\]{},;]/g) ?? [];
}

const [LEAD, SHOWN] = [30, 150];

function excerpt(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const part = (text: string) => JSON.stringify(text.slice(Math.max(0, at - LEAD), at + SHOWN));
  return `${part(a)} became ${part(b)}`;
}
