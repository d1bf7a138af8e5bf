import { createHash } from 'node:crypto';
import { CHECKSUM_ALGORITHMS, type Checksum, type ChecksumAlgorithm, checksumOfParts } from '../checksums.ts';
import { s3Error } from '../errors.ts';
import { MIN_PART_BYTES } from './slots.ts';
import type { Part, Upload } from './upload-index.ts';

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
    if (value === undefined) continue;
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
  if (!upload.checksum) return undefined;
  const { algorithm, type } = upload.checksum;
  return checksumOfParts(
    algorithm,
    type,
    parts.map((part) => ({ size: part.size, checksum: part.checksum?.value })),
  );
}
