import { createHash } from 'node:crypto';
import { CHECKSUM_ALGORITHMS, type Checksum, type ChecksumAlgorithm, checksumOfParts } from '../checksums.ts';
import { s3Error } from '../errors.ts';
import { MIN_PART_BYTES } from './slots.ts';
import { checksumOf, type Part, type Upload } from './upload-index.ts';

/** One part as CompleteMultipartUpload lists it. */
export interface ChosenPart {
  partNumber: number;
  /** Without quotes. */
  etag: string;
  checksums: Partial<Record<ChecksumAlgorithm, string>>;
}

/** The parts that a request chose, or what AWS says about its choice. */
export function chooseParts(upload: Upload, acknowledged: Part[], chosen: ChosenPart[]): Part[] {
  const byNumber = new Map(acknowledged.map((part) => [part.partNumber, part]));
  const parts = chosen.map((choice, i) => {
    if (i > 0 && choice.partNumber <= (chosen[i - 1]?.partNumber ?? 0)) {
      throw s3Error('InvalidPartOrder', { UploadId: upload.uploadId });
    }
    const part = byNumber.get(choice.partNumber);
    if (part?.etag !== choice.etag) throw invalidPart(upload, choice);
    checkChecksums(upload, choice, part);
    return part;
  });
  for (const part of parts.slice(0, -1)) {
    if (part.size >= MIN_PART_BYTES) continue;
    throw s3Error('EntityTooSmall', {
      ProposedSize: part.size,
      MinSizeAllowed: MIN_PART_BYTES,
      PartNumber: part.partNumber,
      ETag: part.etag,
    });
  }
  return parts;
}

function checkChecksums(upload: Upload, choice: ChosenPart, part: Part): void {
  for (const algorithm of CHECKSUM_ALGORITHMS) {
    const value = choice.checksums[algorithm];
    // Where the upload has no algorithm of its choice, parts were held to any one, and the default was kept.
    if (value === undefined || (!upload.checksum && algorithm !== part.checksum?.algorithm)) continue;
    if (part.checksum?.algorithm !== algorithm || part.checksum.value !== value) throw invalidPart(upload, choice);
  }
  const { checksum } = upload;
  if (checksum?.type !== 'COMPOSITE' || choice.checksums[checksum.algorithm] !== undefined) return;
  throw s3Error(
    'InvalidRequest',
    {},
    `The upload was created using a ${checksum.algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${choice.partNumber} in the request.`,
  );
}

const invalidPart = (upload: Upload, choice: ChosenPart) =>
  s3Error('InvalidPart', { UploadId: upload.uploadId, PartNumber: choice.partNumber, ETag: choice.etag });

/** `<MD5 of the parts' MD5s>-<number of parts>`, as every S3 client knows it. */
export function etagOfParts(parts: Part[]): string {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part.etag, 'hex');
  return `${hash.digest('hex')}-${parts.length}`;
}

export function checksumOfUpload(upload: Upload, parts: Part[]): Checksum | undefined {
  const { algorithm, type } = checksumOf(upload);
  const sums = parts.map(({ size, checksum }) => ({
    size,
    checksum: checksum?.algorithm === algorithm ? checksum.value : undefined,
  }));
  return checksumOfParts(algorithm, type, sums);
}

/** The object that a client expects, by the headers of its CompleteMultipartUpload. */
export interface Expectation {
  sizeBytes?: number;
  checksum?: { algorithm: ChecksumAlgorithm; value: string };
  checksumType?: string;
}

export function checkExpectation(upload: Upload, expected: Expectation, size: number, made?: Checksum): void {
  const { sizeBytes, checksum, checksumType } = expected;
  const { algorithm, type } = checksumOf(upload);
  if (sizeBytes !== undefined && sizeBytes !== size) {
    throw invalid(
      `The provided 'x-amz-mp-object-size' header value ${sizeBytes} does not match what was computed: ${size}.`,
    );
  }
  if (checksumType !== undefined && checksumType !== type) {
    throw invalid(
      `The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`,
    );
  }
  if (!checksum) return;
  if (checksum.algorithm !== algorithm) {
    throw invalid(
      `Checksum Type mismatch occurred, expected checksum Type: ${algorithm.toLowerCase()}, actual checksum Type: ${checksum.algorithm.toLowerCase()}`,
    );
  }
  // A composite value may be sent with or without its number of parts.
  if (checksum.value === made?.value || (type === 'COMPOSITE' && checksum.value === made?.value.split('-')[0])) return;
  throw s3Error('BadDigest', {}, `The ${algorithm} you specified did not match the calculated checksum.`);
}

const invalid = (words: string) => s3Error('InvalidRequest', {}, words);
