import type { WireResponse } from '../../../service.ts';
import type { Bucket } from '../bucket.ts';
import { checksumHeader } from '../checksums.ts';
import { s3Error } from '../errors.ts';
import { expiryOf } from '../lifecycle/due.ts';
import { rulesOf } from '../lifecycle/rules.ts';
import { DEFAULT_CONTENT_TYPE, type ObjectContent, type ObjectVersion, wholeSeconds } from '../object-version.ts';
import { tagsOfHeader } from '../tags.ts';
import { quoted } from './answer-parts.ts';

type Headers = NonNullable<WireResponse['headers']>;

const KEPT_HEADERS = ['cache-control', 'content-disposition', 'content-encoding', 'content-language', 'expires'];
const META = 'x-amz-meta-';
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
const MAX_METADATA_BYTES = 2048;

const STORAGE_CLASSES = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER_IR',
];
const ARCHIVES = ['GLACIER', 'DEEP_ARCHIVE', 'SNOW', 'OUTPOSTS', 'EXPRESS_ONEZONE'];

/** What a writing request says of its object, beside the bytes. */
export function contentOf(
  headers: Record<string, string>,
): Pick<ObjectContent, 'contentType' | 'metadata' | 'headers' | 'tags' | 'storageClass'> {
  screen(headers);
  return {
    contentType: headers['content-type'] || DEFAULT_CONTENT_TYPE,
    metadata: metadataOf(headers),
    headers: keptHeaders(headers),
    tags: tagsOfHeader(headers['x-amz-tagging']),
    storageClass: storageClassOf(headers['x-amz-storage-class']),
  };
}

/** Refuses what would change the meaning of the write and is not there. */
function screen(headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) {
    const isRefused =
      name.startsWith('x-amz-server-side-encryption-') ||
      name.startsWith('x-amz-object-lock-') ||
      name === 'x-amz-website-redirect-location' ||
      name === 'x-amz-write-offset-bytes' ||
      (name === 'x-amz-server-side-encryption' && value !== 'AES256');
    if (isRefused) throw s3Error('NotImplemented', { Header: name });
    const isGrant = name.startsWith('x-amz-grant-');
    if (isGrant || (name === 'x-amz-acl' && value !== 'private' && value !== 'bucket-owner-full-control')) {
      throw s3Error('AccessControlListNotSupported');
    }
  }
}

function metadataOf(headers: Record<string, string>): Record<string, string> {
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith(META) ? [[name.slice(META.length), value] as const] : [],
  );
  const size = pairs.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (size > MAX_METADATA_BYTES) {
    throw s3Error('MetadataTooLarge', { Size: size, MaxSizeAllowed: MAX_METADATA_BYTES });
  }
  return Object.fromEntries(pairs);
}

function keptHeaders(headers: Record<string, string>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = name === 'content-encoding' ? withoutFraming(headers[name]) : headers[name];
    if (value) kept[name] = value;
  }
  return kept;
}

/** `aws-chunked` is how the body travelled, not what the object is. */
const withoutFraming = (encoding: string | undefined): string | undefined =>
  encoding
    ?.split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== 'aws-chunked')
    .join(', ');

function storageClassOf(header: string | undefined): string {
  if (header === undefined || STORAGE_CLASSES.includes(header)) return header ?? 'STANDARD';
  if (ARCHIVES.includes(header)) throw s3Error('NotImplemented', { Header: 'x-amz-storage-class' });
  throw s3Error('InvalidStorageClass', { StorageClassRequested: header });
}

/** When the object that is current expires, by the bucket's own rules. */
export function expirationHeader(version: ObjectVersion, bucket: Bucket): Headers {
  const document = bucket.configurations.lifecycle;
  const expiry = document && expiryOf(rulesOf(document), version);
  if (!expiry) return {};
  const date = new Date(expiry.at).toUTCString();
  return { 'x-amz-expiration': `expiry-date="${date}", rule-id="${encodeURIComponent(expiry.ruleId)}"` };
}

/** The headers of an object that is read. */
export function objectHeaders(version: ObjectVersion, bucket: Bucket): Headers {
  const tags = Object.keys(version.tags).length;
  return {
    ...versionHeaders(version, bucket),
    ...version.headers,
    ...Object.fromEntries(Object.entries(version.metadata).map(([name, value]) => [META + name, value])),
    etag: quoted(version.etag),
    'content-type': version.contentType,
    'last-modified': new Date(wholeSeconds(version.lastModified)).toUTCString(),
    'accept-ranges': 'bytes',
    'x-amz-server-side-encryption': 'AES256',
    ...(version.storageClass === 'STANDARD' ? {} : { 'x-amz-storage-class': version.storageClass }),
    ...(tags > 0 ? { 'x-amz-tagging-count': tags } : {}),
  };
}

/** The headers of an object that was just written. */
export function writtenHeaders(version: ObjectVersion, bucket: Bucket): Headers {
  return {
    ...versionHeaders(version, bucket),
    ...checksumHeaders(version),
    ...expirationHeader(version, bucket),
    etag: quoted(version.etag),
    'x-amz-server-side-encryption': 'AES256',
  };
}

/** A bucket that never was versioned says nothing of versions. */
export const versionHeaders = ({ versionId }: { versionId: string }, bucket: Bucket): Headers =>
  bucket.versioning ? { 'x-amz-version-id': versionId } : {};

export const checksumHeaders = ({ checksum }: Pick<ObjectVersion, 'checksum'>): Headers =>
  checksum ? { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type } : {};
