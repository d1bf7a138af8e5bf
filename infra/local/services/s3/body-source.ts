import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, stat } from 'node:fs/promises';
import { linkOrCopy, syncFile } from './blobs.ts';
import { DEFAULT_ALGORITHM } from './checksums.ts';
import { FileSink } from './file-sink.ts';
import { MemorySink } from './memory-sink.ts';
import type { ObjectContent } from './object-version.ts';
import type { Payload } from './payload.ts';
import { receive, type Sink, type Source } from './receive.ts';

/** Bytes in memory, a stream of them, or a finished file to take over. */
export type BodySource = Uint8Array | AsyncIterable<Uint8Array> | { adopt: string };

// Reading a big file again only for an MD5 would cost as much as making it.
const HASHED_WHEN_ADOPTED_BYTES = 16 << 20;

type Filled = Pick<ObjectContent, 'size' | 'etag' | 'checksum'>;

/** Writes what a source inside the lake has; durable when it resolves. */
export function writeBody(handle: FileHandle, body: Exclude<BodySource, { adopt: string }>): Promise<Filled> {
  const bytes = body instanceof Uint8Array ? once(body) : body;
  return receiveToFile(handle, { bytes }, {});
}

export function takeBody(body: Uint8Array): Promise<Filled & { bytes: Uint8Array }> {
  return receiveToMemory({ bytes: once(body) }, { sizeBytes: body.length });
}

/** Streams a body into a new file; durable when it resolves. */
export function receiveToFile(handle: FileHandle, source: Source, promised: Payload): Promise<Filled> {
  return receiveTo(new FileSink(handle), source, promised);
}

/** Reads a body of a size that is known and small. */
export async function receiveToMemory(
  source: Source,
  promised: Payload & { sizeBytes: number },
): Promise<Filled & { bytes: Uint8Array }> {
  const sink = new MemorySink(promised.sizeBytes);
  return { ...(await receiveTo(sink, source, promised)), bytes: sink.bytes };
}

/**
 * Who promises no checksum gets S3's own:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
async function receiveTo(sink: Sink, source: Source, promised: Payload): Promise<Filled> {
  const computes = promised.checksum ? undefined : DEFAULT_ALGORITHM;
  const { sizeBytes, md5, checksum } = await receive(source, sink, promised, computes);
  return { size: sizeBytes, etag: md5, checksum: checksum && { ...checksum, type: 'FULL_OBJECT' } };
}

/**
 * Makes the file at `path` a second name of a finished file; durable when it resolves.
 *
 * The ETag of a big adopted file is no MD5: like an object that was uploaded in one part, it has the form of one that
 * says so, and differs from write to write.
 */
export async function adoptFile(path: string, file: string): Promise<{ size: number; etag: string }> {
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
