import type { ByteFile } from './row-source.ts';

/** A file in memory, handed out in chunks of a size that cuts records, characters and line ends in two. */
export function memoryFile(content: string | Uint8Array, { name = 'a.csv', chunkBytes = 64 * 1024 } = {}): ByteFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    name,
    sizeBytes: bytes.length,
    read: async (start, end) => bytes.slice(start, end),
    async *stream() {
      for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.slice(at, at + chunkBytes);
    },
  };
}
