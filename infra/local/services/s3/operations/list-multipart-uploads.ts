import { onBucket } from '../access.ts';
import { type ListEntry, listPage } from '../list-page.ts';
import type { Upload } from '../multipart/upload-index.ts';
import { integerOf, type S3Operation, xmlAnswer } from '../s3-request.ts';
import { element, optional, type XmlElement } from '../xml.ts';
import { commonPrefix, type Encode, encodingOf, isoTime, owner } from './answer-parts.ts';

const MAX_UPLOADS = 1000;

export const listMultipartUploads: S3Operation = {
  access: onBucket('ListBucketMultipartUploads'),
  run: ({ ctx, store, uploads }, { bucket, query }) => {
    store.buckets.get(bucket);
    const { encode, encodingType } = encodingOf(query);
    const maxUploads = Math.min(integerOf(query, 'max-uploads', MAX_UPLOADS), MAX_UPLOADS);
    const keyMarker = query.get('key-marker') ?? '';
    const uploadIdMarker = keyMarker === '' ? undefined : query.get('upload-id-marker') || undefined;
    const delimiter = query.get('delimiter') ?? '';
    const { entries, next } = listPage<Upload>({
      prefix: query.get('prefix') ?? '',
      delimiter,
      limit: maxUploads,
      place: { after: keyMarker, version: uploadIdMarker },
      read: (from) => uploads.index.from(bucket, from),
      counts: () => true,
    });
    return xmlAnswer(
      element(
        'ListMultipartUploadsResult',
        element('Bucket', bucket),
        element('KeyMarker', encode(keyMarker)),
        element('UploadIdMarker', uploadIdMarker ?? ''),
        optional('NextKeyMarker', next && encode(next.after)),
        optional('NextUploadIdMarker', next?.last.type === 'item' ? next.last.item.uploadId : undefined),
        optional('Delimiter', delimiter ? encode(delimiter) : undefined),
        element('Prefix', encode(query.get('prefix') ?? '')),
        element('MaxUploads', maxUploads),
        element('IsTruncated', next !== undefined),
        entries.map((entry) => uploadElement(entry, encode, ctx.account)),
        optional('EncodingType', encodingType),
      ),
    );
  },
};

function uploadElement(entry: ListEntry<Upload>, encode: Encode, account: string): XmlElement {
  if (entry.type === 'prefix') return commonPrefix(encode(entry.prefix));
  const { key, uploadId, initiator, initiatedAt, content, checksum } = entry.item;
  return element(
    'Upload',
    element('Key', encode(key)),
    element('UploadId', uploadId),
    element(
      'Initiator',
      element('ID', initiator.arn),
      element('DisplayName', initiator.sessionName ?? initiator.userId),
    ),
    owner(account),
    element('StorageClass', content.storageClass),
    element('Initiated', isoTime(initiatedAt)),
    optional('ChecksumAlgorithm', checksum?.algorithm),
    optional('ChecksumType', checksum?.type),
  );
}
