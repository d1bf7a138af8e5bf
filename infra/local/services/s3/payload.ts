import type { WireRequest } from '../../service.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import { CHECKSUM_ALGORITHMS, type ChecksumAlgorithm, checksumHeader, isChecksum } from './checksums.ts';
import { chunkSignaturesOf } from './chunk-signatures.ts';
import { s3Error } from './errors.ts';
import type { Source } from './receive.ts';

/** The most that one PUT may carry: https://docs.aws.amazon.com/general/latest/gr/s3.html */
const MAX_BYTES = 5 * 1024 ** 3;

/** What a request promises about the bytes it sends. */
export interface Payload {
  /** Bytes of the content, without any framing. */
  sizeBytes?: number;
  /** Base64. */
  contentMd5?: string;
  /** The value is missing where it comes in a trailer, behind the content. */
  checksum?: { algorithm: ChecksumAlgorithm; value?: string };
}

/** Reads those promises from the headers, refusing what contradicts itself before a byte is read. */
export function payloadOf(headers: Record<string, string>): Payload {
  const length = headers[isAwsChunked(headers) ? 'x-amz-decoded-content-length' : 'content-length'];
  const sizeBytes = length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : undefined;
  return { sizeBytes, contentMd5: contentMd5Of(headers), checksum: checksumOf(headers) };
}

/** Those of a request that stores what it sends: without a size S3 does not begin. */
export function sizedPayloadOf(headers: Record<string, string>): Payload & { sizeBytes: number } {
  const payload = payloadOf(headers);
  const { sizeBytes } = payload;
  if (sizeBytes === undefined) throw s3Error('MissingContentLength');
  if (sizeBytes > MAX_BYTES) {
    throw s3Error('EntityTooLarge', { ProposedSize: sizeBytes, MaxSizeAllowed: MAX_BYTES });
  }
  return { ...payload, sizeBytes };
}

/** A request's content without its framing; chunk signatures are checked on the way where there are any. */
export function contentOf(wire: WireRequest): Source {
  if (!isAwsChunked(wire.headers)) return { bytes: wire.body };
  const trailers = new Map<string, string>();
  const signatures = chunkSignaturesOf(wire, trailers);
  return { bytes: decodeAwsChunked(wire.body, trailers, signatures), trailers };
}

function isAwsChunked(headers: Record<string, string>): boolean {
  if ((headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-')) return true;
  return (headers['content-encoding'] ?? '').split(',').some((coding) => coding.trim() === 'aws-chunked');
}

function contentMd5Of(headers: Record<string, string>): string | undefined {
  const value = headers['content-md5'];
  if (value === undefined) return undefined;
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length !== 16 || bytes.toString('base64') !== value)
    throw s3Error('InvalidDigest', { 'Content-MD5': value });
  return value;
}

function checksumOf(headers: Record<string, string>): Payload['checksum'] {
  const [given, second] = CHECKSUM_ALGORITHMS.filter((algorithm) => headers[checksumHeader(algorithm)] !== undefined);
  if (second) {
    throw invalid('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  }
  if (given) {
    const value = headers[checksumHeader(given)] ?? '';
    if (!isChecksum(given, value)) throw invalid(`Value for ${checksumHeader(given)} header is invalid.`);
    return { algorithm: given, value };
  }
  const trailer = headers['x-amz-trailer'];
  if (trailer !== undefined) {
    const algorithm = CHECKSUM_ALGORITHMS.find((each) => checksumHeader(each) === trailer.trim().toLowerCase());
    if (!algorithm) throw invalid('The value specified in the x-amz-trailer header is not supported');
    return { algorithm };
  }
  if (headers['x-amz-sdk-checksum-algorithm'] !== undefined) {
    throw invalid(
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
    );
  }
  return undefined;
}

const invalid = (message: string) => s3Error('InvalidRequest', {}, message);
