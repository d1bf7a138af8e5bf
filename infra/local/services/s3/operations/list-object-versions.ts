import { onBucket } from '../access.ts';
import { s3Error } from '../errors.ts';
import { type ListEntry, listPage } from '../list-page.ts';
import type { ObjectVersion } from '../object-version.ts';
import { integerOf, type S3, type S3Operation, xmlAnswer } from '../s3-request.ts';
import type { Place } from '../version-index.ts';
import { element, optional, type XmlElement } from '../xml.ts';
import { commonPrefix, type Encode, encodingOf, isoTime, owner, quoted } from './answer-parts.ts';

const MAX_KEYS = 1000;

export const listObjectVersions: S3Operation = {
  access: onBucket('ListBucketVersions'),
  run: (s3, { bucket, query }) => {
    s3.store.buckets.get(bucket);
    const { encode, encodingType } = encodingOf(query);
    const maxKeys = Math.min(integerOf(query, 'max-keys', MAX_KEYS), MAX_KEYS);
    const { keyMarker, versionIdMarker } = markersOf(query);
    const { entries, next } = listPage<ObjectVersion>({
      prefix: query.get('prefix') ?? '',
      delimiter: query.get('delimiter') ?? '',
      limit: maxKeys,
      place: { after: keyMarker, version: versionIdMarker },
      read: (from: Place) => s3.store.versions.from(bucket, from),
      counts: () => true,
    });
    const nextVersion = next?.last.type === 'item' ? next.last.item.versionId : undefined;
    const delimiter = query.get('delimiter');
    return xmlAnswer(
      element(
        'ListVersionsResult',
        element('Name', bucket),
        element('Prefix', encode(query.get('prefix') ?? '')),
        element('KeyMarker', encode(keyMarker)),
        element('VersionIdMarker', versionIdMarker ?? ''),
        optional('NextKeyMarker', next && encode(next.after)),
        optional('NextVersionIdMarker', nextVersion),
        element('MaxKeys', maxKeys),
        optional('Delimiter', delimiter ? encode(delimiter) : undefined),
        element('IsTruncated', next !== undefined),
        entries.map((entry, i) => versionElement(s3, entry, entries[i - 1], encode)),
        optional('EncodingType', encodingType),
      ),
    );
  },
};

function markersOf(query: URLSearchParams): { keyMarker: string; versionIdMarker: string | undefined } {
  const keyMarker = query.get('key-marker') ?? '';
  const versionIdMarker = query.get('version-id-marker') || undefined;
  if (versionIdMarker !== undefined && keyMarker === '') {
    throw s3Error(
      'InvalidArgument',
      { ArgumentName: 'version-id-marker', ArgumentValue: versionIdMarker },
      'A version-id marker cannot be specified without a key marker.',
    );
  }
  return { keyMarker, versionIdMarker };
}

function versionElement(
  { ctx, store }: S3,
  entry: ListEntry<ObjectVersion>,
  before: ListEntry<ObjectVersion> | undefined,
  encode: Encode,
): XmlElement {
  if (entry.type === 'prefix') return commonPrefix(encode(entry.prefix));
  const { bucket, key, versionId, isDeleteMarker, lastModified, etag, size, storageClass, checksum } = entry.item;
  // The newest version of a key comes first; only a page may begin in the middle of a key's versions.
  const isLatest = before
    ? before.type === 'prefix' || before.item.key !== key
    : store.versions.latest(bucket, key)?.versionId === versionId;
  return element(
    isDeleteMarker ? 'DeleteMarker' : 'Version',
    element('Key', encode(key)),
    element('VersionId', versionId),
    element('IsLatest', isLatest),
    element('LastModified', isoTime(lastModified)),
    isDeleteMarker
      ? undefined
      : [
          element('ETag', quoted(etag)),
          checksum && [element('ChecksumAlgorithm', checksum.algorithm), element('ChecksumType', checksum.type)],
          element('Size', size),
          element('StorageClass', storageClass),
        ],
    owner(ctx.account),
  );
}
