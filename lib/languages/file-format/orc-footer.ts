/** The footer of an ORC file: https://orc.apache.org/specification/ORCv1/ */
// Its build for Node is the same with worker threads added, which nothing here needs.
import { inflateSync } from 'fflate/browser';
import { snappyUncompress } from 'hyparquet/src/snappy.js';
import { findSignature } from './media-type.ts';
import { type ProtobufFields, packedNumbers, readProtobuf } from './protobuf-reader.ts';

export interface OrcType {
  kind: number;
  /** Their places in the list of types. */
  subtypes: number[];
  fieldNames: string[];
  precision: number;
  scale: number;
}

export interface OrcFooter {
  /** The first is the row. */
  types: OrcType[];
  rows: number;
}

const compressions = ['NONE', 'ZLIB', 'SNAPPY', 'LZO', 'LZ4', 'ZSTD'];
/** No writer makes larger blocks; what says it has is broken, or means harm. */
const blockBytesMax = 16 * 1024 * 1024;

export const isOrc = (head: Uint8Array): boolean => findSignature(head)?.mediaType === 'application/orc';

interface Postscript {
  footerBytes: number;
  compression: string;
  blockBytes: number;
  sizeBytes: number;
}

/** The last byte is the size of what stands before it, which is never compressed. */
function readPostscript(tail: Uint8Array): Postscript | undefined {
  const sizeBytes = tail.at(-1) ?? 0;
  if (sizeBytes === 0 || tail.length <= sizeBytes) return undefined;
  try {
    const fields = readProtobuf(tail.subarray(-1 - sizeBytes, -1));
    const number = (field: number) => Number(fields.get(field)?.[0] ?? 0);
    const [footerBytes, compression, blockBytes] = [number(1), compressions[number(2)] ?? '?', number(3)];
    return footerBytes > 0 && blockBytes <= blockBytesMax
      ? { footerBytes, compression, blockBytes, sizeBytes }
      : undefined;
  } catch {
    return undefined;
  }
}

/** How many of the file's last bytes its footer takes; 0 where they are not the end of an ORC file. */
export function orcFooterBytes(tail: Uint8Array): number {
  const postscript = readPostscript(tail);
  return postscript ? postscript.footerBytes + postscript.sizeBytes + 1 : 0;
}

/** Undefined where the last bytes hold no sound footer; the name of a compression that is not read here. */
export function readOrcFooter(tail: Uint8Array): OrcFooter | { compression: string } | undefined {
  const postscript = readPostscript(tail);
  const footerBytes = orcFooterBytes(tail);
  if (!postscript || footerBytes > tail.length) return undefined;
  const { compression } = postscript;
  if (!['NONE', 'ZLIB', 'SNAPPY'].includes(compression)) return { compression };
  try {
    const packed = tail.subarray(tail.length - footerBytes, tail.length - postscript.sizeBytes - 1);
    const fields = readProtobuf(unpacked(packed, postscript));
    const types = (fields.get(4) ?? []).map((bytes) => typeOf(readProtobuf(bytes as Uint8Array)));
    return types.length > 0 ? { types, rows: Number(fields.get(6)?.[0] ?? 0) } : undefined;
  } catch {
    return undefined;
  }
}

/** Blocks, each with its size in three bytes before it, whose last bit says that it is not compressed after all. */
function unpacked(packed: Uint8Array, { compression, blockBytes }: Postscript): Uint8Array {
  if (compression === 'NONE') return packed;
  const chunks: Uint8Array[] = [];
  for (let at = 0; at + 3 <= packed.length; ) {
    const header = (packed[at] as number) | ((packed[at + 1] as number) << 8) | ((packed[at + 2] as number) << 16);
    const chunk = packed.subarray(at + 3, at + 3 + (header >> 1));
    chunks.push(header & 1 ? chunk : unpackedBlock(chunk, compression, blockBytes));
    at += 3 + (header >> 1);
  }
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function unpackedBlock(chunk: Uint8Array, compression: string, blockBytes: number): Uint8Array {
  // What unpacks to more than a block throws.
  if (compression === 'ZLIB') return inflateSync(chunk, { out: new Uint8Array(blockBytes) });
  const output = new Uint8Array(snappyBytes(chunk, blockBytes));
  snappyUncompress(chunk, output);
  return output;
}

/** Snappy says first how much it unpacks to. */
function snappyBytes(chunk: Uint8Array, most: number): number {
  let size = 0;
  for (let index = 0; index < 5; index++) {
    const byte = chunk[index] ?? 0;
    size += (byte & 0x7f) * 128 ** index;
    if (byte < 0x80) break;
  }
  if (size > most) throw new RangeError('The block is larger than the file says.');
  return size;
}

function typeOf(fields: ProtobufFields): OrcType {
  const number = (field: number) => Number(fields.get(field)?.[0] ?? 0);
  return {
    kind: number(1),
    subtypes: packedNumbers(fields.get(2)),
    fieldNames: (fields.get(3) ?? []).map((bytes) => new TextDecoder().decode(bytes as Uint8Array)),
    precision: number(5),
    scale: number(6),
  };
}
