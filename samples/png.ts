import { crc32 } from 'node:zlib';

export type Colour = [red: number, green: number, blue: number];

/** A PNG of a colour for each point. Stored, not compressed: what zlib makes of the same bytes differs between versions. */
export function png(size: number, colourAt: (x: number, y: number) => Colour): Uint8Array {
  const lines = Array.from({ length: size }, (_, y) => [
    0,
    ...Array.from({ length: size }, (_, x) => colourAt(x, y)).flat(),
  ]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // 8 bits a channel, RGB.
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = store(Buffer.from(lines.flat()));
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type), data]);
  return Buffer.concat([uint32(data.length), typed, uint32(crc32(typed))]);
}

/** A zlib stream of one stored block, which holds 64 KiB less one byte. https://www.rfc-editor.org/rfc/rfc1951#page-11 */
function store(data: Buffer): Buffer {
  const lengths = Buffer.alloc(4);
  lengths.writeUInt16LE(data.length, 0);
  lengths.writeUInt16LE(data.length ^ 0xffff, 2);
  return Buffer.concat([Buffer.from([0x78, 0x01, 0x01]), lengths, data, uint32(adler32(data))]);
}

function adler32(data: Buffer): number {
  let low = 1;
  let high = 0;
  for (const byte of data) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return ((high << 16) | low) >>> 0;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
