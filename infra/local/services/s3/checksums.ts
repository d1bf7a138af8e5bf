import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { crc, crcOfPieces } from './crc.ts';
import { s3Error } from './errors.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html */
export const CHECKSUM_ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** `FULL_OBJECT`: over all bytes. `COMPOSITE`: over the parts' checksums, written `…-<number of parts>`. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

/** What S3 computes for itself where the client sends none. */
export const DEFAULT_ALGORITHM = 'CRC64NVME';

/** A checksum that S3 keeps beside an object; `value` is base64. */
export interface Checksum {
  algorithm: ChecksumAlgorithm;
  type: ChecksumType;
  value: string;
}

export const checksumHeader = (algorithm: ChecksumAlgorithm): string => `x-amz-checksum-${algorithm.toLowerCase()}`;

/** The algorithm that a request names, for a checksum that S3 is to compute. */
export function algorithmOf(headers: Record<string, string>): ChecksumAlgorithm | undefined {
  const name = headers['x-amz-checksum-algorithm']?.toUpperCase();
  const algorithm = CHECKSUM_ALGORITHMS.find((each) => each === name);
  if (algorithm || name === undefined) return algorithm;
  throw s3Error(
    'InvalidRequest',
    {},
    `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${CHECKSUM_ALGORITHMS.join(', ')}]`,
  );
}

/** Computes one checksum over bytes that arrive in pieces. */
export interface Digest {
  update(bytes: Uint8Array): void;
  /** Base64, as it stands in headers. */
  value(): string;
}

const LENGTHS: Record<ChecksumAlgorithm, number> = { CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32 };

/** Whether `value` is base64 of as many bytes as the algorithm makes. */
export function isChecksum(algorithm: ChecksumAlgorithm, value: string): boolean {
  const bytes = Buffer.from(value, 'base64');
  return bytes.length === LENGTHS[algorithm] && bytes.toString('base64') === value;
}

export function digest(algorithm: ChecksumAlgorithm): Digest {
  switch (algorithm) {
    case 'CRC32':
      return crcDigest(4, (bytes, before) => BigInt(crc32(bytes, Number(before))));
    case 'CRC32C':
    case 'CRC64NVME':
      return crcDigest(LENGTHS[algorithm], (bytes, before) => crc(algorithm, bytes, before));
    case 'SHA1':
    case 'SHA256':
      return hashDigest(algorithm.toLowerCase());
  }
}

function crcDigest(length: number, next: (bytes: Uint8Array, before: bigint) => bigint): Digest {
  let value = 0n;
  return {
    update: (bytes) => {
      value = next(bytes, value);
    },
    value: () => toBase64(value, length),
  };
}

function hashDigest(name: string): Digest {
  const hash = createHash(name);
  let value: string | undefined;
  return {
    update: (bytes) => void hash.update(bytes),
    value: () => {
      value ??= hash.digest('base64');
      return value;
    },
  };
}

/** The checksum of an object made of parts, from theirs; `undefined` where a part has none of this algorithm. */
export function checksumOfParts(
  algorithm: ChecksumAlgorithm,
  type: ChecksumType,
  parts: { size: number; checksum?: string }[],
): Checksum | undefined {
  const values = parts.map((part) => part.checksum);
  if (parts.length === 0 || values.some((value) => value === undefined)) return undefined;
  const value = type === 'COMPOSITE' ? composite(algorithm, values as string[]) : whole(algorithm, parts);
  return { algorithm, type, value };
}

function composite(algorithm: ChecksumAlgorithm, values: string[]): string {
  const all = digest(algorithm);
  for (const value of values) all.update(Buffer.from(value, 'base64'));
  return `${all.value()}-${values.length}`;
}

function whole(algorithm: ChecksumAlgorithm, parts: { size: number; checksum?: string }[]): string {
  if (algorithm === 'SHA1' || algorithm === 'SHA256') throw new Error(`${algorithm} of parts cannot be combined`);
  const pieces = parts.map(({ size, checksum = '' }) => ({ sizeBytes: size, crc: fromBase64(checksum) }));
  return toBase64(crcOfPieces(algorithm, pieces), LENGTHS[algorithm]);
}

const toBase64 = (value: bigint, length: number): string =>
  Buffer.from(value.toString(16).padStart(length * 2, '0'), 'hex').toString('base64');

const fromBase64 = (value: string): bigint => BigInt(`0x${Buffer.from(value, 'base64').toString('hex')}`);
