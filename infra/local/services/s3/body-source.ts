import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { linkOrCopy, syncFile } from './blobs.ts';
import { DEFAULT_ALGORITHM } from './checksums.ts';
import { FileSink } from './file-sink.ts';
import type { ObjectContent } from './object-version.ts';
import type { Payload } from './payload.ts';
import { receive, type Source } from './receive.ts';

/** Bytes in memory, a stream of them, or a finished file to take over. */
export type BodySource = Uint8Array | AsyncIterable<Uint8Array> | { adopt: string };

// Reading a big file again only for an MD5 would cost as much as making it.
const HASHED_WHEN_ADOPTED_BYTES = 16 << 20;

type Filled = Pick<ObjectContent, 'size' | 'etag' | 'checksum'>;

/** Makes the file at `path` from a source inside the lake; durable when it resolves. */
export async function fillBlob(path: string, body: BodySource): Promise<Filled> {
  if ('adopt' in body) return adopt(path, body.adopt);
  const bytes = body instanceof Uint8Array ? once(body) : body;
  return receiveToFile(path, { bytes }, {});
}

/**
 * Streams a body into a new file; durable when it resolves. Who promises no checksum gets S3's own:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export async function receiveToFile(path: string, source: Source, promised: Payload): Promise<Filled> {
  const handle = await open(path, 'wx');
  try {
    const computes = promised.checksum ? undefined : DEFAULT_ALGORITHM;
    const { sizeBytes, md5, checksum } = await receive(source, new FileSink(handle), promised, computes);
    return { size: sizeBytes, etag: md5, checksum: checksum && { ...checksum, type: 'FULL_OBJECT' } };
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
