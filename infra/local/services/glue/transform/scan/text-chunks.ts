import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { decodeText } from '../../../../../../lib/languages/file-format/decode-text.ts';

const chunkBytes = 4 * 1024 * 1024;

/**
 * Decodes a file piece by piece, without its byte order mark. Throws a TypeError (code ERR_ENCODING_INVALID_ENCODED_DATA)
 * where the bytes are not text in that encoding.
 */
export async function* textChunks(path: string, { encoding = 'utf-8', isGzip = false } = {}): AsyncGenerator<string> {
  const file = createReadStream(path, { highWaterMark: chunkBytes });
  const bytes = isGzip ? pipeline(file, createGunzip({ chunkSize: chunkBytes }), () => undefined) : file;
  let decoder: TextDecoder | undefined;
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    decoder ??= new TextDecoder(labelOf(encoding, chunk), { fatal: true });
    yield decoder.decode(chunk, { stream: true });
  }
  if (decoder) yield decoder.decode();
}

function labelOf(encoding: string, start: Buffer): string {
  if (encoding !== 'utf-16') return encoding === 'latin-1' ? 'latin1' : encoding;
  const isBigEndian =
    (start[0] === 0xfe && start[1] === 0xff) || (start[0] === 0 && decodeText(start, true).type === 'text');
  return isBigEndian ? 'utf-16be' : 'utf-16le';
}
