import type { Checksum } from './checksums.ts';
import type { ObjectVersion } from './object-version.ts';

/**
 * A version as it lies in the index. The index's key says bucket, key and place; the rest is a list and not named
 * fields, since a page of a list reads a thousand of them. What few versions have is named, in the last element.
 */
export type VersionRecord = [
  versionId: string,
  isDeleteMarker: boolean,
  size: number,
  etag: string,
  lastModified: number,
  contentType: string,
  storageClass: string,
  blob: string | null,
  checksum: [Checksum['algorithm'], Checksum['type'], string] | null,
  details: Details | null,
];

type Details = Partial<
  Pick<ObjectVersion, 'metadata' | 'headers' | 'tags' | 'partSizes' | 'partChecksums' | 'uploadId'>
>;

export function packVersion(version: ObjectVersion): VersionRecord {
  const { checksum } = version;
  return [
    version.versionId,
    version.isDeleteMarker,
    version.size,
    version.etag,
    version.lastModified,
    version.contentType,
    version.storageClass,
    version.blob ?? null,
    checksum ? [checksum.algorithm, checksum.type, checksum.value] : null,
    detailsOf(version),
  ];
}

function detailsOf({ metadata, headers, tags, partSizes, partChecksums, uploadId }: ObjectVersion): Details | null {
  const all = { metadata, headers, tags, partSizes, partChecksums, uploadId };
  const present = Object.entries(all).filter(([, value]) => value !== undefined && Object.keys(value).length > 0);
  return present.length > 0 ? Object.fromEntries(present) : null;
}

/** `record` is a version with named fields where an older lake wrote it. */
export function unpackVersion(
  record: VersionRecord | ObjectVersion,
  bucket: string,
  key: string,
  sequencer: string,
): ObjectVersion {
  if (!Array.isArray(record)) return record;
  const [versionId, isDeleteMarker, size, etag, lastModified, contentType, storageClass, blob, checksum, details] =
    record;
  return {
    bucket,
    key,
    versionId,
    isDeleteMarker,
    size,
    etag,
    lastModified,
    contentType,
    storageClass,
    sequencer,
    metadata: details?.metadata ?? {},
    headers: details?.headers ?? {},
    tags: details?.tags ?? {},
    blob: blob ?? undefined,
    checksum: checksum ? { algorithm: checksum[0], type: checksum[1], value: checksum[2] } : undefined,
    partSizes: details?.partSizes,
    partChecksums: details?.partChecksums,
    uploadId: details?.uploadId,
  };
}
