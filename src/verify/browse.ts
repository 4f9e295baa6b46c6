import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** What a server answered to a GET. */
export interface Answer {
  status: number;
  /** Lower-case names; several of one name are joined by line ends. */
  headers: Record<string, string>;
  body: string;
  /** The body was longer, or took longer, than anybody waits for; the part that came depends on the moment. */
  cut?: true;
}

/** Answers by path; a path without an answer has status 0. */
export type Answers = Record<string, Answer>;

/** Where to ask, and what ends the asking. */
export interface Place {
  address: string;
  port: number;
  signal: AbortSignal;
}

export interface Server extends Place {
  secure: boolean;
}

const ANSWER_MS = 8000;
const TRIES = 3;
const PAUSE_MS = 700;
const BODY_LIMIT = 2_000_000;
const LINKS = 30;
/** A server that let so many paths wait answers the others no better. */
const SILENCES = 3;
const NONE: Answer = { status: 0, headers: {}, body: '' };

/** Speaks to whatever listens on a port: HTTP, else HTTPS; undefined where it answers neither. */
export async function findServer(place: Place): Promise<{ server: Server; first: Answer } | undefined> {
  const plain = { ...place, secure: false };
  const first = await ask(plain, '/');
  // Who waits for TLS answers other words with an error at once.
  if (first === 'late') return undefined;
  if (first && !(first.status === 400 && /https/i.test(first.body))) return { server: plain, first };
  const secure = { ...place, secure: true };
  const second = await ask(secure, '/');
  if (second && second !== 'late') return { server: secure, first: second };
  return first && { server: plain, first };
}

/** Asks for the root, for `paths`, and for what the page at the root links to on the same server. */
export async function browse(place: Place, paths: readonly string[]): Promise<Answers> {
  const found = await findServer(place);
  if (!found) return {};
  const answers: Answers = { '/': found.first };
  let silences = 0;
  for (const path of new Set([...paths, ...linksIn(found.first)])) {
    if (answers[path] || silences === SILENCES) continue;
    const answer = await ask(found.server, path);
    silences += answer === 'late' ? 1 : 0;
    answers[path] = answer && answer !== 'late' ? answer : NONE;
  }
  return answers;
}

function linksIn({ headers, body }: Answer): string[] {
  if (!headers['content-type']?.startsWith('text/html')) return [];
  const links = [...body.matchAll(/(?:src|href|action)\s*=\s*["']?([^"'\s>]+)/gi)].map(([, link = '']) => link);
  const local = links.flatMap((link) => {
    if (/^(#|data:|mailto:|javascript:|tel:)/.test(link) || !URL.canParse(link, 'http://localhost/')) return [];
    const url = new URL(link, 'http://localhost/');
    return url.host === 'localhost' ? [`${url.pathname}${url.search}`] : [];
  });
  return [...new Set(local)].slice(0, LINKS);
}

/** undefined where what comes back is no HTTP. */
async function ask(server: Server, path: string): Promise<Answer | 'late' | undefined> {
  for (let attempt = 0; attempt < TRIES && !server.signal.aborted; attempt++) {
    const answer = await get(server, path);
    if (answer !== 'unreachable') return answer;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return undefined;
}

function get({ address, port, secure, signal }: Server, path: string): Promise<Answer | 'unreachable' | 'late' | undefined> {
  return new Promise((resolve) => {
    const headers = { host: 'localhost', accept: 'text/html,*/*', 'user-agent': 'restage', connection: 'close' };
    // A limit for all of it: a body that comes drop by drop is never late by itself.
    const late = AbortSignal.timeout(ANSWER_MS);
    const options = { host: address, port, path, headers, agent: false as const, signal: AbortSignal.any([signal, late]) };
    // Its certificate is its own affair: what counts is that it answers as before.
    const request = secure ? requestHttps({ ...options, rejectUnauthorized: false }) : requestHttp(options);
    let answered = false;
    request.on('response', (response) => {
      answered = true;
      receive(response, resolve);
    });
    request.on('error', ({ code = '' }: NodeJS.ErrnoException) => {
      if (!answered) resolve(late.aborted ? 'late' : UNREACHABLE.test(code) ? 'unreachable' : undefined);
    });
    request.end();
  });
}

const UNREACHABLE = /^(ECONN|EHOST|ENET|ETIMEDOUT)/;

function receive(response: IncomingMessage, resolve: (answer: Answer) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const end = () => {
    const body = Buffer.concat(chunks).toString('utf8');
    resolve({ status: response.statusCode ?? 0, headers: headersOf(response.headers), body, ...(!response.complete && { cut: true }) });
  };
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= BODY_LIMIT) chunks.push(chunk);
    else response.destroy();
  });
  response.on('close', end);
  response.on('error', end);
}

function headersOf(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join('\n')]));
}
