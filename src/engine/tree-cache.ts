import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import writeFileAtomic from 'write-file-atomic';
import type { ImageFile, Tree } from './image.ts';
import type { Session } from './session.ts';
import { readTree } from './tree.ts';

/** Goes up when what is kept changes. */
const FORMAT = 1;
const KEPT = 60;
const read = new Map<string, Tree>();

/**
 * The files of an image without their content, kept from run to run: base images are the same for many projects, and an id never
 * means another image. `id` is the image's, as the engine tells it.
 */
export async function baseTree(session: Session, image: string, id: string): Promise<Tree> {
  const known = read.get(id) ?? kept(id);
  const tree = known ?? (await readTree(session, image, () => false));
  if (!known) keep(id, tree);
  read.set(id, tree);
  return tree;
}

function folder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'restage', `trees-${FORMAT}`);
}

function place(id: string): string {
  return join(folder(), `${id.replace(/[^\w.-]/g, '-')}.json.gz`);
}

function kept(id: string): Tree | undefined {
  try {
    const files = JSON.parse(gunzipSync(readFileSync(place(id))).toString('utf8')) as ImageFile[];
    return new Map(files.map((file) => [file.path, file]));
  } catch {
    // Not there, or not whole: it is read from the image again.
    return undefined;
  }
}

function keep(id: string, tree: Tree): void {
  const files = [...tree.values()].map(({ elf: _elf, content: _content, ...file }) => file);
  try {
    mkdirSync(folder(), { recursive: true });
    writeFileAtomic.sync(place(id), gzipSync(JSON.stringify(files), { level: 1 }));
    const all = readdirSync(folder()).map((name) => join(folder(), name));
    const byAge = all.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
    for (const old of byAge.slice(KEPT)) rmSync(old, { force: true });
  } catch {
    // A home that cannot be written to only costs time.
  }
}
