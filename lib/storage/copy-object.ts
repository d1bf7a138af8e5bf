import 'server-only';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  type S3Client,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { withLimit } from '@/lib/aws/with-limit';

/** CopyObject takes no more: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
const COPY_MAX_BYTES = 5 * 1024 ** 3;
/** Ten thousand of them hold the largest object there is (50 TB are not reached by any file of ours). */
const PART_BYTES = 1024 ** 3;
const PARTS_AT_ONCE = 8;

export interface ObjectPlace {
  bucket: string;
  key: string;
}

export interface CopyRequest {
  from: ObjectPlace & { versionId?: string | undefined };
  to: ObjectPlace;
  /** Only if the target still is this object: its ETag; or only if there is none. Else PreconditionFailed. */
  ifMatch?: string | undefined;
  ifNoneMatch?: '*' | undefined;
}

/** Copies an object, or one version of it, without its bytes coming by; metadata and tags go along. Returns the copy's version. */
export async function copyObject(s3: S3Client, request: CopyRequest, maxBytes = COPY_MAX_BYTES): Promise<string> {
  const { from, to, ifMatch, ifNoneMatch } = request;
  const source = await s3.send(
    new HeadObjectCommand({ Bucket: from.bucket, Key: from.key, VersionId: from.versionId }),
  );
  if ((source.ContentLength ?? 0) > maxBytes) return copyInParts(s3, request, source, Math.min(PART_BYTES, maxBytes));
  const { VersionId } = await s3.send(
    new CopyObjectCommand({
      Bucket: to.bucket,
      Key: to.key,
      CopySource: copySource(from),
      IfMatch: ifMatch,
      IfNoneMatch: ifNoneMatch,
    }),
  );
  // A bucket without versions gives none.
  return VersionId ?? 'null';
}

async function copyInParts(
  s3: S3Client,
  { from, to, ifMatch, ifNoneMatch }: CopyRequest,
  source: HeadObjectCommandOutput,
  partBytes: number,
): Promise<string> {
  const { UploadId } = await s3.send(
    new CreateMultipartUploadCommand({
      Bucket: to.bucket,
      Key: to.key,
      ContentType: source.ContentType,
      ContentEncoding: source.ContentEncoding,
      Metadata: source.Metadata,
    }),
  );
  const upload = { Bucket: to.bucket, Key: to.key, UploadId };
  try {
    const size = source.ContentLength ?? 0;
    const numbers = Array.from({ length: Math.ceil(size / partBytes) }, (_, index) => index + 1);
    const Parts = await withLimit(numbers, PARTS_AT_ONCE, async (PartNumber) => {
      const start = (PartNumber - 1) * partBytes;
      const CopySourceRange = `bytes=${start}-${Math.min(start + partBytes, size) - 1}`;
      const copied = await s3.send(
        new UploadPartCopyCommand({ ...upload, PartNumber, CopySource: copySource(from), CopySourceRange }),
      );
      return { PartNumber, ETag: copied.CopyPartResult?.ETag };
    });
    const { VersionId } = await s3.send(
      new CompleteMultipartUploadCommand({
        ...upload,
        MultipartUpload: { Parts },
        IfMatch: ifMatch,
        IfNoneMatch: ifNoneMatch,
      }),
    );
    return VersionId ?? 'null';
  } catch (error) {
    await s3.send(new AbortMultipartUploadCommand(upload));
    throw error;
  }
}

function copySource({ bucket, key, versionId }: CopyRequest['from']): string {
  const path = `${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
  return versionId === undefined ? path : `${path}?versionId=${encodeURIComponent(versionId)}`;
}
