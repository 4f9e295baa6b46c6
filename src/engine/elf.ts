/** What an ELF file asks for when it is loaded, and what it takes from others. */
export interface Elf {
  /** Its program loader (PT_INTERP). */
  loader?: string;
  /** Names of shared libraries (DT_NEEDED). */
  needed: string[];
  /** Directories it looks into first (DT_RPATH, DT_RUNPATH). */
  runPath: string[];
  /** Functions and variables that it expects of its libraries. */
  imports: string[];
}

const [PT_LOAD, PT_DYNAMIC, PT_INTERP] = [1, 2, 3];
const [DT_NEEDED, DT_STRTAB, DT_SYMTAB, DT_RPATH, DT_STRSZ, DT_RUNPATH] = [1n, 5n, 6n, 15n, 10n, 29n];
const SYMBOL_BYTES = 24;

interface Segment {
  type: number;
  offset: number;
  address: number;
  size: number;
}

/** Reads a 64-bit little-endian ELF file; undefined where it is none or broken. https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.dynamic.html */
export function readElf(file: Buffer): Elf | undefined {
  if (file.length < 64 || file.readUInt32BE(0) !== 0x7f454c46 || file[4] !== 2 || file[5] !== 1) return undefined;
  try {
    return readDynamic(file, segmentsOf(file));
  } catch (error) {
    // Cut short, or numbers that lead out of it: what is wrong with it is not ours to say.
    if ((error as Error).name === 'RangeError') return undefined;
    throw error;
  }
}

function segmentsOf(file: Buffer): Segment[] {
  const [start, size, count] = [Number(file.readBigUInt64LE(32)), file.readUInt16LE(54), file.readUInt16LE(56)];
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * size;
    const [offset, address, bytes] = [8, 16, 32].map((field) => Number(file.readBigUInt64LE(at + field))) as [number, number, number];
    return { type: file.readUInt32LE(at), offset, address, size: bytes };
  });
}

function readDynamic(file: Buffer, segments: Segment[]): Elf {
  const entries = segments.filter(({ type }) => type === PT_DYNAMIC).flatMap(({ offset, size }) => pairs(file, offset, size));
  const placed = (tag: bigint) => fileOffset(segments, Number(entries.find(([name]) => name === tag)?.[1] ?? -1n));
  const strings = placed(DT_STRTAB);
  const text = (index: bigint) => (strings === undefined ? '' : stringAt(file, strings + Number(index)));
  const named = (...tags: bigint[]) => entries.filter(([tag]) => tags.includes(tag)).map(([, value]) => text(value));
  const loader = segments.find(({ type }) => type === PT_INTERP);
  return {
    ...(loader && { loader: stringAt(file, loader.offset) }),
    needed: named(DT_NEEDED),
    runPath: named(DT_RPATH, DT_RUNPATH).flatMap((path) => path.split(':')),
    imports: importsOf(file, placed(DT_SYMTAB), strings, Number(entries.find(([tag]) => tag === DT_STRSZ)?.[1] ?? 0n)),
  };
}

function pairs(file: Buffer, offset: number, size: number): [bigint, bigint][] {
  const count = Math.floor(Math.min(size, file.length - offset) / 16);
  return Array.from({ length: Math.max(0, count) }, (_, index) => [file.readBigUInt64LE(offset + index * 16), file.readBigUInt64LE(offset + index * 16 + 8)]);
}

/** The symbol table has no length of its own; linkers put the strings right behind it. */
function importsOf(file: Buffer, symbols: number | undefined, strings: number | undefined, stringBytes: number): string[] {
  if (symbols === undefined || strings === undefined || strings <= symbols) return [];
  const count = Math.floor((strings - symbols) / SYMBOL_BYTES);
  const found: string[] = [];
  for (let index = 1; index < count; index++) {
    const at = symbols + index * SYMBOL_BYTES;
    const name = file.readUInt32LE(at);
    if (file.readUInt16LE(at + 6) !== 0 || name === 0 || name >= stringBytes) continue;
    found.push(stringAt(file, strings + name));
  }
  return found;
}

function fileOffset(segments: Segment[], address: number): number | undefined {
  const holder = segments.find((segment) => segment.type === PT_LOAD && address >= segment.address && address < segment.address + segment.size);
  return holder && address - holder.address + holder.offset;
}

function stringAt(file: Buffer, start: number): string {
  const end = file.indexOf(0, start);
  return file.toString('latin1', start, end < 0 ? file.length : end);
}
