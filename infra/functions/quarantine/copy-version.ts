import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  type S3Client,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import type { FileSource } from '../../../lib/languages/contract/verdict.ts';

/** CopyObject takes no more. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
const copySizeMaxBytes = 5 * 1024 ** 3;
/** Ten thousand of them hold the largest object there is (5 TiB). */
const partSizeBytes = 1024 ** 3;
const partsAtOnce = 8;

export interface CopyTarget {
  bucket: string;
  metadata: Record<string, string>;
  contentType: string | undefined;
}

/** Copies one version to the same key of another bucket, without its bytes coming by; answers the copy's version. */
export async function copyVersion(
  s3: S3Client,
  source: FileSource,
  target: CopyTarget,
  sizeMaxBytes = copySizeMaxBytes,
): Promise<string | undefined> {
  if (source.size > sizeMaxBytes) return copyInParts(s3, source, target, Math.min(partSizeBytes, sizeMaxBytes));
  const command = new CopyObjectCommand({
    ...objectOf(source, target),
    CopySource: copySourceOf(source),
    MetadataDirective: 'REPLACE',
  });
  return (await s3.send(command)).VersionId;
}

async function copyInParts(
  s3: S3Client,
  source: FileSource,
  target: CopyTarget,
  partBytes: number,
): Promise<string | undefined> {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(objectOf(source, target)));
  const upload = { Bucket: target.bucket, Key: source.key, UploadId };
  try {
    const Parts = await copyParts(s3, source, upload, partBytes);
    const { VersionId } = await s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
    return VersionId;
  } catch (error) {
    await s3.send(new AbortMultipartUploadCommand(upload));
    throw error;
  }
}

type Upload = Pick<CreateMultipartUploadCommandInput, 'Bucket' | 'Key'> & { UploadId: string | undefined };

async function copyParts(s3: S3Client, source: FileSource, upload: Upload, partBytes: number) {
  const count = Math.ceil(source.size / partBytes);
  const parts: { PartNumber: number; ETag: string | undefined }[] = [];
  for (let first = 1; first <= count; first += partsAtOnce) {
    const numbers = Array.from({ length: Math.min(partsAtOnce, count - first + 1) }, (_, index) => first + index);
    parts.push(...(await Promise.all(numbers.map((number) => copyPart(s3, source, upload, number, partBytes)))));
  }
  return parts;
}

async function copyPart(s3: S3Client, source: FileSource, upload: Upload, number: number, partBytes: number) {
  const start = (number - 1) * partBytes;
  const end = Math.min(start + partBytes, source.size) - 1;
  const command = new UploadPartCopyCommand({
    ...upload,
    PartNumber: number,
    CopySource: copySourceOf(source),
    CopySourceRange: `bytes=${start}-${end}`,
  });
  const { CopyPartResult } = await s3.send(command);
  return { PartNumber: number, ETag: CopyPartResult?.ETag };
}

function objectOf(source: FileSource, { bucket, metadata, contentType }: CopyTarget) {
  return { Bucket: bucket, Key: source.key, Metadata: metadata, ContentType: contentType };
}

function copySourceOf({ bucket, key, versionId }: FileSource): string {
  const encodedKey = key.split('/').map(encodeURIComponent).join('/');
  return `${bucket}/${encodedKey}?versionId=${encodeURIComponent(versionId)}`;
}
