import { readFile } from 'node:fs/promises';
import { type Container, execute, startContainer } from './container.ts';
import type { Session } from './session.ts';

/** Gives the ports that a container listens on, as `8080/tcp`, sorted; undefined where they cannot be seen. */
export type Listener = (pid: number) => Promise<string[] | undefined>;

const TABLES = ['tcp', 'tcp6', 'udp', 'udp6'];
const EXEC_MS = 20_000;
const LISTENING: Record<string, string> = { tcp: '0A', udp: '07' };
/** From here on the kernel hands out numbers by itself: https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html */
const FIRST_EPHEMERAL = 32_768;

/**
 * A way to see the ports of a container: its tables in /proc of this machine where the engine runs here, else through a second
 * container, made of `helper`, on the same network.
 */
export async function listenerOf(session: Session, container: Container, role: string, helper: string): Promise<Listener> {
  let beside: Container | undefined;
  return async (pid) => {
    const here = await localTables(pid, container.id);
    if (here) return portsIn(here);
    beside ??= await besideOf(session, container, role, helper);
    if (!beside) return undefined;
    const { code, stdout } = await execute(session, beside, ['cat', ...TABLES.map((table) => `/proc/net/${table}`)], EXEC_MS);
    return code === undefined || stdout === '' ? undefined : portsIn(stdout);
  };
}

async function besideOf(session: Session, container: Container, role: string, helper: string): Promise<Container | undefined> {
  const limits = { memory: '256m', processes: 32 };
  const started = await startContainer(session, {
    image: helper,
    role: `${role}-beside`,
    beside: container,
    entrypoint: 'sleep',
    command: ['3600'],
    ...limits,
  });
  return 'id' in started ? started : undefined;
}

/** A process of that number may be another one, where the engine runs on another machine. */
async function localTables(pid: number, container: string): Promise<string | undefined> {
  try {
    const group = await readFile(`/proc/${pid}/cgroup`, 'utf8');
    if (!group.includes(container.slice(0, 12))) return undefined;
    return (await Promise.all(TABLES.map((table) => readFile(`/proc/${pid}/net/${table}`, 'utf8').catch(() => ''))))
      .map((text, index) => `${TABLES[index]}\n${text}`)
      .join('\n');
  } catch {
    return undefined;
  }
}

/** https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html; which table a row is of shows in its state. */
function portsIn(text: string): string[] {
  const rows = text.split('\n').map((line) => line.trim().split(/\s+/));
  const found = rows.flatMap(([number = '', address = '', , state = '']) => {
    if (!/^\d+:$/.test(number)) return [];
    const [ip = '', port = ''] = address.split(':');
    const protocol = Object.keys(LISTENING).find((name) => LISTENING[name] === state);
    const value = Number.parseInt(port, 16);
    return protocol && !isLoopback(ip) && value < FIRST_EPHEMERAL ? [`${value}/${protocol}`] : [];
  });
  return [...new Set(found)].sort();
}

function isLoopback(ip: string): boolean {
  return ip === '00000000000000000000000001000000' || (ip.endsWith('7F') && (ip.length === 8 || ip.startsWith('0000000000000000FFFF0000')));
}
