import { call, demand } from './call.ts';
import type { ImageConfig } from './image.ts';
import type { Session } from './session.ts';

export interface Inspected {
  id: string;
  config: ImageConfig;
}

interface Document {
  Id: string;
  Config?: ImageConfig | null;
  /** Podman's place for it. */
  Healthcheck?: ImageConfig['Healthcheck'];
}

/** Id and configuration of an image. */
export async function inspectImage(session: Session, image: string): Promise<Inspected> {
  const [found] = JSON.parse(await demand(session, ['image', 'inspect', image])) as [Document];
  return { id: found.Id, config: { ...(found.Healthcheck && { Healthcheck: found.Healthcheck }), ...found.Config } };
}

/** The layers of an image, the lowest first, with the instruction that made each and its bytes; those without content are left out. */
export async function imageLayers(session: Session, image: string): Promise<{ madeBy: string; bytes: number }[]> {
  const { code, stdout } = await call(session, ['history', '--no-trunc', '--human=false', '--format', '{{.Size}}\t{{.CreatedBy}}', image]);
  if (code !== 0) return [];
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  const layers = rows.map(([bytes = '0', ...words]) => ({ madeBy: wordsOf(words.join(' ')), bytes: bytesIn(bytes) }));
  return layers.filter(({ bytes }) => bytes > 0).reverse();
}

/** Podman gives sizes in units, whatever is asked for. */
function bytesIn(text: string): number {
  const [, number = '0', unit = 'B'] = /^([\d.]+) ?(\w*)$/.exec(text.trim()) ?? [];
  return Math.round(Number(number) * (UNITS[unit] ?? 1));
}

const UNITS: Record<string, number> = { kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/** As the Dockerfile has it, without what the engine writes around it. */
function wordsOf(createdBy: string): string {
  return createdBy
    .replace(/^\/bin\/sh -c (#\(nop\) +)?/, '')
    .replace(/^RUN (\|\d+ (?:\S+=\S* )*)?\/bin\/sh -c /, 'RUN ')
    .replace(/ # buildkit$/, '');
}
