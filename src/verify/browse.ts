import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** What a server answered to a GET. */
export interface Answer {
  status: number;
  /** Lower-case names; several of one name are joined by line ends. */
  headers: Record<string, string>;
  body: string;
}

/** Answers by path; a path without an answer has status 0. */
export type Answers = Record<string, Answer>;

export interface Server {
  address: string;
  port: number;
  secure: boolean;
}

const ANSWER_MS = 8000;
const TRIES = 3;
const PAUSE_MS = 700;
const BODY_LIMIT = 2_000_000;
const LINKS = 30;
const NONE: Answer = { status: 0, headers: {}, body: '' };

/** Speaks to whatever listens on a port: HTTP, else HTTPS; undefined where it answers neither. */
export async function findServer(address: string, port: number): Promise<{ server: Server; first: Answer } | undefined> {
  const plain = { address, port, secure: false };
  const first = await ask(plain, '/');
  if (first && !(first.status === 400 && /https/i.test(first.body))) return { server: plain, first };
  const secure = { address, port, secure: true };
  const second = await ask(secure, '/');
  return second ? { server: secure, first: second } : first && { server: plain, first };
}

/** Asks for the root, for `paths`, and for what the page at the root links to on the same server. */
export async function browse(address: string, port: number, paths: readonly string[]): Promise<Answers> {
  const found = await findServer(address, port);
  if (!found) return {};
  const answers: Answers = { '/': found.first };
  for (const path of new Set([...paths, ...linksIn(found.first)])) answers[path] ??= (await ask(found.server, path)) ?? NONE;
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

async function ask(server: Server, path: string): Promise<Answer | undefined> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const answer = await get(server, path);
    if (answer !== 'unreachable') return answer;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return undefined;
}

/** undefined where what comes back is no HTTP. */
function get({ address, port, secure }: Server, path: string): Promise<Answer | 'unreachable' | undefined> {
  return new Promise((resolve) => {
    const headers = { host: 'localhost', accept: 'text/html,*/*', 'user-agent': 'restage', connection: 'close' };
    const options = { host: address, port, path, headers, timeout: ANSWER_MS, agent: false };
    // Its certificate is its own affair: what counts is that it answers as before.
    const request = secure ? requestHttps({ ...options, rejectUnauthorized: false }) : requestHttp(options);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      const end = () => resolve({ status: response.statusCode ?? 0, headers: headersOf(response.headers), body: Buffer.concat(chunks).toString('utf8') });
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= BODY_LIMIT) chunks.push(chunk);
        else response.destroy();
      });
      response.on('close', end);
      response.on('error', end);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', (error: NodeJS.ErrnoException) => resolve(/^(ECONN|EHOST|ENET|ETIMEDOUT)/.test(error.code ?? '') ? 'unreachable' : undefined));
    request.end();
  });
}

function headersOf(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join('\n')]));
}
