import type { Answer, Answers } from './browse.ts';
import type { Comparison } from './comparison.ts';
import { masked, numberless, unlike } from './mask.ts';
import type { Seen } from './run.ts';

/** Lines that build tools print around a program that they start. */
const CHATTER =
  /^(> .*|npm (notice|warn|info|error).*|yarn run v.*|\$ .*|Done in .*|info Visit .*|go: (downloading|finding|extracting) .*|\s*(Compiling|Finished|Running|Updating|Locking) .*|\[(INFO|WARNING)\].*|Picked up JAVA_.*|make(\[\d+\])?: .*|\s*)$/i;
const COMPLAINT =
  /\b(error|fatal|panic|exception|traceback|cannot|can't|could ?n[o']t|failed|failure|not found|no such file|denied|undefined symbol|unable to|x509|unknown time zone)/i;
const TAIL = 4;
const COMPLAINTS = 5;

/** The first image runs twice: what its own two runs do not agree on is nothing to hold against the second. */
export interface Runs {
  first: Seen;
  again: Seen;
  other: Seen;
}

/** Compares what was seen of running images. */
export function compareRuns(runs: Runs, found: Comparison): void {
  const { first, again, other } = runs;
  found.checked.push(`state: ${first.state}${first.state === 'ended' ? ` with ${first.exitCode}` : ''}`);
  if (first.state !== again.state) {
    found.change(`the first image itself was ${first.state} once and ${again.state} once`);
    return;
  }
  if (first.state !== other.state) {
    found.differ('state', 'state', `${first.state} became ${other.state}${endOf(other)}`);
    return;
  }
  if (first.state === 'not-started') return;
  if (first.state === 'ended') compareEnds(runs, found);
  if (first.state === 'ended' || first.idle) compareOutput(runs, found);
  if (first.state === 'running') compareServers(runs, found);
  compareWrites(runs, found);
}

function endOf({ state, problem, exitCode, outOfMemory, stdout, stderr }: Seen): string {
  if (state === 'running') return '';
  const last = (stderr.length > 0 ? stderr : stdout).slice(-TAIL).join(' | ');
  return state === 'not-started' ? `: ${problem}` : ` with ${exitCode}${outOfMemory ? ', out of memory' : ''}: ${last}`;
}

function compareEnds({ first, again, other }: Runs, found: Comparison): void {
  if (first.exitCode === again.exitCode && first.exitCode !== other.exitCode) {
    found.differ('state', 'exit', `exit code ${first.exitCode} became ${other.exitCode}${endOf(other)}`);
  }
}

function compareOutput({ first, again, other }: Runs, found: Comparison): void {
  if (first.endless === again.endless && first.endless !== other.endless) {
    found.differ('output', 'amount', `it prints ${other.endless ? 'without end' : 'far less than it did'}`);
    return;
  }
  if (first.endless || again.endless || other.endless) {
    found.change('output: there is too much of it to be compared');
    return;
  }
  for (const stream of ['stdout', 'stderr'] as const) {
    const difference = unlike(said(first, stream), said(again, stream), said(other, stream));
    if (difference === undefined) continue;
    // What has not ended may have come further the one time than the other.
    if (first.state === 'ended' || !startsAlike(first[stream], other[stream])) found.differ('output', stream, `${stream}: ${difference}`);
  }
  found.checked.push('output');
}

function startsAlike(first: readonly string[], other: readonly string[]): boolean {
  const common = Math.min(first.length, other.length);
  return common > 0 && first.slice(0, common).every((line, index) => numberless(line) === numberless(other[index] ?? ''));
}

function said(seen: Seen, stream: 'stdout' | 'stderr'): string {
  return seen[stream].filter((line) => !CHATTER.test(masked(line))).join('\n');
}

function compareServers(runs: Runs, found: Comparison): void {
  const { first, again, other } = runs;
  comparePorts(runs, found);
  for (const [port, answers] of Object.entries(first.http)) {
    if (other.http[port]) compareAnswers(port, { first: answers, again: again.http[port] ?? {}, other: other.http[port] }, found);
  }
  if (first.healthy !== undefined) found.checked.push(`healthcheck: ${first.healthy ? 'passes' : 'fails'}`);
  if (first.healthy && other.healthy === false) found.differ('health', 'healthcheck', 'the HEALTHCHECK passed in the first image and fails in the second');
  if (first.stops && again.stops && other.stops === false) found.differ('state', 'stop', 'it no longer ends when it is asked to (docker stop), and is killed');
  compareComplaints(runs, found);
}

/** A port that was open only in one of two runs is not one that anybody relies on. */
function comparePorts({ first, again, other }: Runs, found: Comparison): void {
  if (!first.ports || !other.ports) return;
  const was = first.ports.filter((port) => again.ports?.includes(port));
  const lost = was.filter((port) => !other.ports?.includes(port));
  const added = other.ports.filter((port) => !first.ports?.includes(port) && !again.ports?.includes(port));
  const list = (ports: readonly string[]) => ports.join(' ') || 'nothing';
  if (lost.length > 0 || (added.length > 0 && was.length === first.ports.length)) {
    found.differ('ports', 'listening', `listening on ${list(was)} became ${list(other.ports)}`);
  }
  found.checked.push(`listening: ${list(was)}`);
}

function compareComplaints({ first, again, other }: Runs, found: Comparison): void {
  const known = new Set([first, again].flatMap(({ stdout, stderr }) => [...stdout, ...stderr]).map(numberless));
  const complaints = [...other.stdout, ...other.stderr].filter((line) => COMPLAINT.test(line) && !known.has(numberless(line)));
  for (const line of [...new Set(complaints)].slice(0, COMPLAINTS)) found.differ('output', 'complaint', `it complains: ${line.slice(0, 300)}`);
}

interface Asked {
  first: Answers;
  again: Answers;
  other: Answers;
}

function compareAnswers(port: string, { first, again, other }: Asked, found: Comparison): void {
  if (Object.keys(first).length === 0) {
    found.checked.push(`HTTP ${port}: no answer`);
    return;
  }
  if (Object.keys(other).length === 0) {
    found.differ('http', 'http', `port ${port} no longer speaks HTTP`);
    return;
  }
  found.checked.push(`HTTP ${port}: ${Object.keys(first).length} paths`);
  for (const [path, was] of Object.entries(first)) {
    const [twice, is] = [again[path], other[path]];
    if (!twice || twice.status !== was.status) found.change(`HTTP ${port} ${path}: the first image itself answers now so, now so`);
    else if (is) compareAnswer(`HTTP ${port} ${path}`, { was, twice, is }, found);
    else found.differ('http', 'link', `HTTP ${port} ${path}: no longer linked to`);
  }
}

function compareAnswer(place: string, { was, twice, is }: { was: Answer; twice: Answer; is: Answer }, found: Comparison): void {
  if (was.status !== is.status) {
    found.differ('http', 'status', `${place}: status ${was.status} became ${is.status || 'no answer'}`);
    return;
  }
  for (const name of new Set([...Object.keys(was.headers), ...Object.keys(is.headers)])) {
    if (VOLATILE_HEADERS.test(name) || (was.headers[name] === undefined) !== (twice.headers[name] === undefined)) continue;
    const [old, again, now] = [was, twice, is].map(({ headers }) => headerValue(name, headers[name] ?? '')) as [string, string, string];
    const difference = unlike(old, again, now);
    if (difference !== undefined) found.differ('http', 'header', `${place}: header ${name}: ${difference}`);
  }
  const isWhole = was.status < 500 && ![was, twice, is].some(({ cut }) => cut);
  const difference = isWhole ? unlike(was.body, twice.body, is.body) : undefined;
  if (difference !== undefined) found.differ('http', 'body', `${place}: body: ${difference}`);
}

/** What they say is of this answer, this connection or this build, not of what a client may do with it. */
const VOLATILE_HEADERS =
  /^(date|age|etag|expires|last-modified|content-length|connection|keep-alive|transfer-encoding|server|x-powered-by|via|x-runtime|x-response-time|server-timing|.*(request|trace|correlation)-?id|traceparent)$/;

/** Of cookies, their names and attributes: values are for one client. Media types of JavaScript are one: https://www.rfc-editor.org/rfc/rfc9239 */
function headerValue(name: string, value: string): string {
  if (name === 'set-cookie')
    return value
      .split('\n')
      .map((cookie) => cookie.replace(/=[^;]*/, '=').replace(/expires=[^;]*/i, 'expires'))
      .sort()
      .join('\n');
  return name === 'content-type' ? value.toLowerCase().replace('application/javascript', 'text/javascript').replaceAll(' ', '') : value;
}

/** Kept for their own use by interpreters and package managers. */
const CACHES = /(^|\/)(__pycache__|\.cache|\.npm|_logs|\.config|\.local|\.pki|\.java|hsperfdata_[^/]*|\.node_repl_history|\.python_history)(\/|$)|\.pyc$/;

function compareWrites({ first, again, other }: Runs, found: Comparison): void {
  const names = ({ made }: Seen) => new Set(made.filter((path) => !CACHES.test(path)).map(numberless));
  const [was, twice, is] = [names(first), names(again), names(other)];
  const lost = [...was].filter((path) => twice.has(path) && !is.has(path) && ![...is].some((made) => path.startsWith(`${made}/`)));
  if (was.size > 0) found.checked.push(`files written: ${was.size}`);
  if (lost.length > 0) found.differ('writes', 'written', `no longer written: ${lost.slice(0, 3).join(', ')}`);
}
