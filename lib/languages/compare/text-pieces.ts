import { findUtf16 } from '../file-format/decode-text.ts';

/** Characters that are decoded before they are read: a record of ordinary length then seldom goes over two pieces. */
const pieceLength = 256 * 1024;

/** What TextDecoder calls an encoding of ours. */
export function encodingLabel(encoding: string, head: Uint8Array): string {
  if (encoding === 'utf-16') return findUtf16(head) ?? 'utf-16le';
  return encoding === 'latin-1' ? 'latin1' : encoding;
}

/**
 * Decodes bytes piece by piece, without their byte order mark. Throws a TypeError where they are not text in that
 * encoding. No piece but the last ends in a carriage return, whose line feed would come in the next one.
 */
export async function* textPieces(bytes: AsyncIterable<Uint8Array>, label: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(label, { fatal: true });
  let text = '';
  for await (const chunk of bytes) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length < pieceLength) continue;
    const end = text.endsWith('\r') ? text.length - 1 : text.length;
    yield text.slice(0, end);
    text = text.slice(end);
  }
  yield text + decoder.decode();
}

/** Unpacks gzip on the way; throws where the archive is damaged or cut off. */
export function gunzipped(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  const source = new ReadableStream<BufferSource>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value as Uint8Array<ArrayBuffer>);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return source.pipeThrough(new DecompressionStream('gzip'));
}
