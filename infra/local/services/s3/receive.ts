import { createHash } from 'node:crypto';
import { AwsError } from '../../service.ts';
import { type ChecksumAlgorithm, checksumHeader, digest, isChecksum } from './checksums.ts';
import { chunkIsDone } from './collect-chunks.ts';
import { s3Error } from './errors.ts';
import type { Payload } from './payload.ts';

export interface Received {
  sizeBytes: number;
  /** Hexadecimal. */
  md5: string;
  checksum?: { algorithm: ChecksumAlgorithm; value: string };
}

/** Where a body goes; `FileSink` says what the methods promise. */
export interface Sink {
  collect(chunk: Uint8Array): boolean;
  write(chunk: Uint8Array): Promise<void>;
  finish(): Promise<void>;
  settle(): Promise<void>;
}

/** A body, and the headers that may follow it. */
export interface Source {
  bytes: AsyncIterable<Uint8Array>;
  trailers?: Map<string, string>;
}

/**
 * Streams a body into a sink and holds it to its promises; resolves when it is whole, right and on disk.
 * Computes MD5, which is the ETag, and beside it the checksum that is to be kept: the promised one, unless `computes`
 * names another.
 */
export async function receive(
  source: Source,
  sink: Sink,
  promised: Payload,
  computes?: ChecksumAlgorithm,
): Promise<Received> {
  const md5 = createHash('md5');
  const algorithm = computes ?? promised.checksum?.algorithm;
  const sum = algorithm && digest(algorithm);
  const held = promised.checksum?.algorithm;
  const heldSum = held === undefined || held === algorithm ? sum : digest(held);
  const limit = promised.sizeBytes ?? Number.POSITIVE_INFINITY;
  let sizeBytes = 0;
  try {
    for await (const bytes of whole(source.bytes)) {
      sizeBytes += bytes.length;
      // Before the bytes are written: they could reach into a neighbour's place in the file.
      if (sizeBytes > limit) throw s3Error('IncompleteBody');
      md5.update(bytes);
      sum?.update(bytes);
      if (heldSum !== sum) heldSum?.update(bytes);
      if (!sink.collect(bytes)) await sink.write(bytes);
      chunkIsDone(bytes.length);
    }
    if (promised.sizeBytes !== undefined && sizeBytes < limit) throw s3Error('IncompleteBody');
    const hash = md5.digest();
    checkMd5(promised.contentMd5, hash);
    const checksum = algorithm && { algorithm, value: sum?.value() ?? '' };
    if (held && heldSum) {
      const value = promised.checksum?.value ?? source.trailers?.get(checksumHeader(held));
      checkChecksum({ algorithm: held, value: heldSum.value() }, value);
    }
    await sink.finish();
    return { sizeBytes, md5: hash.toString('hex'), checksum };
  } finally {
    await sink.settle();
  }
}

/** The body's bytes; a sender that goes away in the middle is S3's IncompleteBody, whatever Node calls it. */
async function* whole(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw error instanceof AwsError ? error : s3Error('IncompleteBody', {}, undefined, error);
  }
}

function checkMd5(promised: string | undefined, found: Buffer): void {
  const calculated = found.toString('base64');
  if (promised === undefined || promised === calculated) return;
  throw s3Error('BadDigest', { ExpectedDigest: promised, CalculatedDigest: calculated });
}

function checkChecksum({ algorithm, value }: { algorithm: ChecksumAlgorithm; value: string }, promised?: string): void {
  if (promised === undefined) {
    throw s3Error('InvalidRequest', {}, `The trailer ${checksumHeader(algorithm)} was announced but not sent.`);
  }
  if (!isChecksum(algorithm, promised)) {
    throw s3Error('InvalidRequest', {}, `Value for ${checksumHeader(algorithm)} trailing header is invalid.`);
  }
  if (promised !== value) {
    throw s3Error('BadDigest', {}, `The ${algorithm} you specified did not match the calculated checksum.`);
  }
}
