import { createHash, createHmac, type Hash, timingSafeEqual } from 'node:crypto';
import { AwsError, type WireRequest } from '../../service.ts';
import type { ChunkHead, ChunkObserver } from './aws-chunked.ts';
import { s3Error } from './errors.ts';

const EMPTY_SHA256 = createHash('sha256').digest('hex');

/**
 * Checks the chain of signatures of an `aws-chunked` body whose chunks are signed: each one covers the one before.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export class ChunkSignatures implements ChunkObserver {
  readonly #signing: NonNullable<WireRequest['signing']>;
  readonly #trailers: Map<string, string>;
  #previous: string;
  #hash: Hash = createHash('sha256');

  constructor(signing: NonNullable<WireRequest['signing']>, trailers: Map<string, string>) {
    this.#signing = signing;
    this.#trailers = trailers;
    this.#previous = signing.signature;
  }

  data(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }

  end({ signature }: ChunkHead): void {
    this.#check('AWS4-HMAC-SHA256-PAYLOAD', [EMPTY_SHA256, this.#hash.digest('hex')], signature);
    this.#hash = createHash('sha256');
  }

  trailer(lines: string): void {
    if (lines === '') return;
    const hash = createHash('sha256').update(lines).digest('hex');
    this.#check('AWS4-HMAC-SHA256-TRAILER', [hash], this.#trailers.get('x-amz-trailer-signature'));
  }

  #check(algorithm: string, hashes: string[], found: string | undefined): void {
    const { key, date, scope } = this.#signing;
    const toSign = [algorithm, date, scope, this.#previous, ...hashes].join('\n');
    const expected = createHmac('sha256', key).update(toSign).digest('hex');
    if (found?.length !== expected.length || !timingSafeEqual(Buffer.from(found), Buffer.from(expected))) {
      throw new AwsError(
        'SignatureDoesNotMatch',
        'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
        403,
      );
    }
    this.#previous = expected;
  }
}

/** The signatures that this request's chunks must carry, if they must. */
export function chunkSignaturesOf(
  { headers, signing }: WireRequest,
  trailers: Map<string, string>,
): ChunkSignatures | undefined {
  const mode = headers['x-amz-content-sha256'] ?? '';
  if (!mode.startsWith('STREAMING-') || mode === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') return undefined;
  const isKnown =
    mode === 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' || mode === 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER';
  if (!isKnown || !signing) throw s3Error('NotImplemented', { Header: 'x-amz-content-sha256' });
  return new ChunkSignatures(signing, trailers);
}
