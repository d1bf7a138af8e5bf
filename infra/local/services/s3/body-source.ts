import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { linkOrCopy, syncFile } from './blobs.ts';
import { FileSink } from './file-sink.ts';
import type { Payload } from './payload.ts';
import { type Received, receive, type Source } from './receive.ts';

/** Bytes in memory, a stream of them, or a finished file to take over. */
export type BodySource = Uint8Array | AsyncIterable<Uint8Array> | { adopt: string };

// Reading a big file again only for an MD5 would cost as much as making it.
const HASHED_WHEN_ADOPTED_BYTES = 16 << 20;

/** Makes the file at `path` from a source inside the lake; durable when it resolves. */
export async function fillBlob(path: string, body: BodySource): Promise<{ size: number; etag: string }> {
  if ('adopt' in body) return adopt(path, body.adopt);
  const bytes = body instanceof Uint8Array ? once(body) : body;
  const { sizeBytes, md5 } = await receiveToFile(path, { bytes }, {});
  return { size: sizeBytes, etag: md5 };
}

/** Streams a body into a new file; durable when it resolves. */
export async function receiveToFile(path: string, source: Source, promised: Payload): Promise<Received> {
  const handle = await open(path, 'wx');
  try {
    return await receive(source, new FileSink(handle), promised);
  } finally {
    await handle.close();
  }
}

/**
 * The ETag of a big adopted file is no MD5: like an object that was uploaded in one part, it has the form of one that
 * says so, and differs from write to write.
 */
async function adopt(path: string, file: string): Promise<{ size: number; etag: string }> {
  const { size } = await stat(file);
  await syncFile(file);
  await linkOrCopy(file, path);
  const hash = createHash('md5');
  if (size > HASHED_WHEN_ADOPTED_BYTES) return { size, etag: `${hash.update(path).digest('hex')}-1` };
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return { size, etag: hash.digest('hex') };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
