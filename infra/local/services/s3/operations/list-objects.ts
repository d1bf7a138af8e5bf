import { onBucket } from '../access.ts';
import { s3Error } from '../errors.ts';
import { type ListPage, listPage } from '../list-page.ts';
import type { ObjectVersion } from '../object-version.ts';
import { integerOf, type S3, type S3Operation, type S3Request, xmlAnswer } from '../s3-request.ts';
import type { Place } from '../version-index.ts';
import { element, optional, type XmlElement } from '../xml.ts';
import { commonPrefix, type Encode, encodingOf, isoTime, owner, quoted } from './answer-parts.ts';

const MAX_KEYS = 1000;

export const listObjectsV2: S3Operation = {
  access: onBucket('ListBucket'),
  run: (s3, request) => {
    const { query } = request;
    const { encode, encodingType } = encodingOf(query);
    const token = query.get('continuation-token') ?? undefined;
    const startAfter = query.get('start-after') ?? undefined;
    const place = token === undefined ? { after: startAfter ?? '' } : placeOfToken(token);
    const { page, maxKeys } = pageOf(s3, request, place);
    return xmlAnswer(
      element(
        'ListBucketResult',
        element('Name', request.bucket),
        element('Prefix', encode(query.get('prefix') ?? '')),
        optional('ContinuationToken', token),
        optional('StartAfter', startAfter && encode(startAfter)),
        optional('NextContinuationToken', page.next && tokenOf(page.next)),
        element('KeyCount', page.entries.length),
        element('MaxKeys', maxKeys),
        optional('Delimiter', delimiterOf(query, encode)),
        element('IsTruncated', page.next !== undefined),
        contents(page, encode, query.get('fetch-owner') === 'true' ? s3.ctx.account : undefined),
        optional('EncodingType', encodingType),
      ),
    );
  },
};

/** The first version of listing, whose marker is a key or a common prefix. */
export const listObjects: S3Operation = {
  access: onBucket('ListBucket'),
  run: (s3, request) => {
    const { query } = request;
    const { encode, encodingType } = encodingOf(query);
    const marker = query.get('marker') ?? '';
    const { page, maxKeys } = pageOf(s3, request, { after: marker });
    // Without a delimiter the last key of the page says where to go on.
    const nextMarker = query.get('delimiter') ? page.next?.after : undefined;
    return xmlAnswer(
      element(
        'ListBucketResult',
        element('Name', request.bucket),
        element('Prefix', encode(query.get('prefix') ?? '')),
        element('Marker', encode(marker)),
        optional('NextMarker', nextMarker && encode(nextMarker)),
        element('MaxKeys', maxKeys),
        optional('Delimiter', delimiterOf(query, encode)),
        element('IsTruncated', page.next !== undefined),
        contents(page, encode, s3.ctx.account),
        optional('EncodingType', encodingType),
      ),
    );
  },
};

function pageOf({ store }: S3, { bucket, query }: S3Request, place: { after: string }) {
  store.buckets.get(bucket);
  const maxKeys = Math.min(integerOf(query, 'max-keys', MAX_KEYS), MAX_KEYS);
  const page = listPage<ObjectVersion>({
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    limit: maxKeys,
    place,
    read: function* (from: Place) {
      for (const version of store.versions.latestFrom(bucket, from)) yield version;
    },
    counts: (version) => !version.isDeleteMarker,
  });
  return { page, maxKeys };
}

const delimiterOf = (query: URLSearchParams, encode: Encode): string | undefined => {
  const delimiter = query.get('delimiter');
  return delimiter ? encode(delimiter) : undefined;
};

function contents(
  { entries }: ListPage<ObjectVersion>,
  encode: Encode,
  ownerAccount: string | undefined,
): XmlElement[] {
  return entries.map((entry) => {
    if (entry.type === 'prefix') return commonPrefix(encode(entry.prefix));
    const { key, lastModified, etag, size, storageClass, checksum } = entry.item;
    return element(
      'Contents',
      element('Key', encode(key)),
      element('LastModified', isoTime(lastModified)),
      element('ETag', quoted(etag)),
      checksum && [element('ChecksumAlgorithm', checksum.algorithm), element('ChecksumType', checksum.type)],
      element('Size', size),
      ownerAccount === undefined ? undefined : owner(ownerAccount),
      element('StorageClass', storageClass),
    );
  });
}

// Clients must not read anything out of a token, so that we may change it.
const tokenOf = ({ after }: { after: string }): string => Buffer.from(`1${after}`).toString('base64url');

function placeOfToken(token: string): { after: string } {
  const text = Buffer.from(token, 'base64url').toString();
  if (text.startsWith('1')) return { after: text.slice(1) };
  throw s3Error(
    'InvalidArgument',
    { ArgumentName: 'continuation-token' },
    'The continuation token provided is incorrect',
  );
}
