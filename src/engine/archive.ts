import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { readElf } from './elf.ts';
import type { ImageFile } from './image.ts';

/** What a `docker save` archive holds: layers and JSON documents by their name in it. */
export interface Archive {
  layers: Map<string, ImageFile[]>;
  documents: Map<string, unknown>;
}

/** Whether the content of a file is wanted. */
export type Wanted = (file: ImageFile) => boolean;

const GZIP = Buffer.from([0x1f, 0x8b]);
const DOCUMENT_LIMIT = 8 * 1024 * 1024;
/** Larger files than this are known by name only. */
const CONTENT_LIMIT = 512 * 1024 * 1024;
const HEAD_BYTES = 256;

/**
 * Reads an archive in the layout of any engine: layers are tar files within, gzipped or not, under names that only the manifest
 * tells. https://github.com/moby/docker-image-spec and https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */
export async function readArchive(stream: AsyncIterable<Uint8Array>, wanted: Wanted): Promise<Archive> {
  const found: Archive = { layers: new Map(), documents: new Map() };
  const links = new Map<string, string>();
  for await (const entry of tarEntries(stream)) {
    const { name, type, linkname } = entry.header;
    if (type === 'symlink' && linkname) links.set(name, new URL(linkname, `file:///${name}`).pathname.slice(1));
    else if (type === 'file') await readPart(name, entry, wanted, found);
    entry.resume();
  }
  for (const [name, target] of links) found.layers.set(name, found.layers.get(target) ?? []);
  return found;
}

type Entry = AsyncIterable<Uint8Array> & { header: Header; resume(): void };

function tarEntries(stream: AsyncIterable<Uint8Array>): AsyncIterable<Entry> {
  const unpacking = extract();
  const source = Readable.from(stream, { objectMode: false });
  source.on('error', (error) => unpacking.destroy(error));
  source.pipe(unpacking as unknown as NodeJS.WritableStream);
  return unpacking as unknown as AsyncIterable<Entry>;
}

async function readPart(name: string, entry: Entry, wanted: Wanted, found: Archive): Promise<void> {
  const parts = entry[Symbol.asyncIterator]();
  const first = await parts.next();
  const head = first.done ? Buffer.alloc(0) : Buffer.from(first.value);
  const whole = rejoin(head, parts);
  if (/^\s*[{[]/.test(head.toString('latin1', 0, 16))) {
    if (entry.header.size <= DOCUMENT_LIMIT) found.documents.set(name, parseJson(await bufferOf(whole)));
  } else if (head.length > HEAD_BYTES) {
    found.layers.set(
      name,
      await readLayer(head.subarray(0, 2).equals(GZIP) ? Readable.from(whole, { objectMode: false }).pipe(createGunzip()) : whole, wanted),
    );
  }
}

async function* rejoin(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** Reads one tar file: a layer, or all files of a container. */
export async function readLayer(stream: AsyncIterable<Uint8Array>, wanted: Wanted): Promise<ImageFile[]> {
  const files: ImageFile[] = [];
  for await (const entry of tarEntries(stream)) {
    const file = describe(entry.header);
    if (file.kind === 'file' && file.size > 0) await look(file, entry, wanted);
    files.push(file);
    entry.resume();
  }
  return files;
}

function describe({ name, type, mode = 0, uid = 0, gid = 0, size = 0, mtime, linkname, pax }: Header): ImageFile {
  const kinds: Record<string, ImageFile['kind']> = { file: 'file', 'contiguous-file': 'file', directory: 'directory', symlink: 'link', link: 'hard-link' };
  return {
    ...{ path: `/${name.replace(/^\.?\//, '').replace(/\/$/, '')}`, kind: kinds[type ?? 'file'] ?? 'other', mode: mode & 0o7777, uid, gid, size },
    time: mtime?.getTime() ?? 0,
    ...(linkname && { target: linkname }),
    ...((pax as Record<string, string> | undefined)?.['SCHILY.xattr.security.capability'] !== undefined && { capable: true }),
  };
}

/** Reads of a file what its use depends on; programs are read whole, for what they link to stands anywhere in them. */
async function look(file: ImageFile, entry: Entry, wanted: Wanted): Promise<void> {
  const isWanted = file.size <= CONTENT_LIMIT && wanted(file);
  if (!isWanted && !mayBeProgram(file)) return;
  const content = await bufferOf(entry);
  if (isWanted) file.content = content;
  if (content.subarray(0, 2).toString('latin1') === '#!') file.interpreter = content.toString('utf8', 2, HEAD_BYTES).split('\n')[0]?.trim() ?? '';
  const elf = readElf(content);
  if (elf) file.elf = elf;
}

export function mayBeProgram({ path, mode, size }: Pick<ImageFile, 'path' | 'mode' | 'size'>): boolean {
  return size <= CONTENT_LIMIT && ((mode & 0o111) !== 0 || /\.so(\.|$)|\.node$/.test(path));
}

async function bufferOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function parseJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch {
    return undefined;
  }
}
