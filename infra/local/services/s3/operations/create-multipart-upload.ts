import { onObject } from '../access.ts';
import { algorithmOf, type ChecksumAlgorithm, type ChecksumType } from '../checksums.ts';
import { s3Error } from '../errors.ts';
import { type S3Operation, xmlAnswer } from '../s3-request.ts';
import { element } from '../xml.ts';
import { contentOf } from './object-headers.ts';

export const createMultipartUpload: S3Operation = {
  access: (request) => [
    ...onObject('PutObject')(request),
    ...(request.headers['x-amz-tagging'] ? onObject('PutObjectTagging')(request) : []),
  ],
  run: async ({ uploads }, { bucket, key, headers, caller }) => {
    const checksum = checksumOf(headers);
    const content = contentOf(headers);
    const { uploadId } = await uploads.create({ bucket, key, content, checksum, initiator: caller.principal });
    return xmlAnswer(
      element(
        'InitiateMultipartUploadResult',
        element('Bucket', bucket),
        element('Key', key),
        element('UploadId', uploadId),
      ),
      {
        'x-amz-server-side-encryption': 'AES256',
        ...(checksum ? { 'x-amz-checksum-algorithm': checksum.algorithm, 'x-amz-checksum-type': checksum.type } : {}),
      },
    );
  },
};

/** Which types each algorithm allows: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html */
function checksumOf(headers: Record<string, string>): { algorithm: ChecksumAlgorithm; type: ChecksumType } | undefined {
  const algorithm = algorithmOf(headers);
  const type = headers['x-amz-checksum-type']?.toUpperCase();
  if (algorithm === undefined) {
    if (type === undefined) return undefined;
    throw s3Error(
      'InvalidRequest',
      {},
      'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
    );
  }
  const isWholeOnly = algorithm === 'CRC64NVME';
  const isPartsOnly = algorithm === 'SHA1' || algorithm === 'SHA256';
  const chosen = type ?? (isWholeOnly ? 'FULL_OBJECT' : 'COMPOSITE');
  const isAllowed = chosen === 'COMPOSITE' ? !isWholeOnly : chosen === 'FULL_OBJECT' && !isPartsOnly;
  if (!isAllowed) {
    throw s3Error(
      'InvalidRequest',
      {},
      `The ${chosen} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    );
  }
  return { algorithm, type: chosen === 'COMPOSITE' ? 'COMPOSITE' : 'FULL_OBJECT' };
}
