import { onObject } from '../access.ts';
import { integerOf, type S3Operation, xmlAnswer } from '../s3-request.ts';
import { element, optional } from '../xml.ts';
import { checksumElements, isoTime, owner, quoted } from './answer-parts.ts';
import { findUpload } from './upload-part.ts';

const MAX_PARTS = 1000;

export const listParts: S3Operation = {
  access: onObject('ListMultipartUploadParts'),
  run: ({ ctx, store, uploads }, request) => {
    const { bucket, key, query } = request;
    store.buckets.get(bucket);
    const { uploadId, checksum, content, initiator } = findUpload({ uploads }, request);
    const marker = integerOf(query, 'part-number-marker', 0);
    const maxParts = Math.min(integerOf(query, 'max-parts', MAX_PARTS), MAX_PARTS);
    const behind = uploads.index.parts(uploadId).filter(({ partNumber }) => partNumber > marker);
    const shown = behind.slice(0, maxParts);
    return xmlAnswer(
      element(
        'ListPartsResult',
        element('Bucket', bucket),
        element('Key', key),
        element('UploadId', uploadId),
        element(
          'Initiator',
          element('ID', initiator.arn),
          element('DisplayName', initiator.sessionName ?? initiator.userId),
        ),
        owner(ctx.account),
        element('StorageClass', content.storageClass),
        element('PartNumberMarker', marker),
        element('NextPartNumberMarker', shown.at(-1)?.partNumber ?? 0),
        element('MaxParts', maxParts),
        element('IsTruncated', shown.length < behind.length),
        optional('ChecksumAlgorithm', checksum?.algorithm),
        optional('ChecksumType', checksum?.type),
        shown.map((part) =>
          element(
            'Part',
            element('PartNumber', part.partNumber),
            element('LastModified', isoTime(part.lastModified)),
            element('ETag', quoted(part.etag)),
            element('Size', part.size),
            checksumElements(part.checksum),
          ),
        ),
      ),
    );
  },
};
