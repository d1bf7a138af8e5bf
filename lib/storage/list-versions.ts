import 'server-only';
import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { type FileVersion, ListVersions, type VersionPage } from './schemas';
import { orderOfVersions } from './version-order';
import { zoneBucket } from './zone-bucket';

/**
 * Returns versions and delete markers in S3's own order – by key, newest first – a page at a time: of every key that
 * begins with `prefix`, or of the one key that is it.
 */
export async function listVersions(ctx: Context, raw: ListVersions): Promise<VersionPage> {
  requirePermission(ctx, 'files:read');
  const { zone, prefix, isKey, next, pageSize } = ListVersions.parse(raw);
  const bucket = zoneBucket(await getLake(), zone);
  const command = new ListObjectVersionsCommand({
    Bucket: bucket,
    Prefix: prefix,
    MaxKeys: pageSize,
    KeyMarker: next?.key,
    VersionIdMarker: next?.versionId,
  });
  const order = orderOfVersions(command);
  const page = await ctx.aws.s3.send(command);
  const all = order(page.Versions ?? [], page.DeleteMarkers ?? []).map(fileVersion);
  // Keys that only begin like this one come behind all of its versions.
  const versions = isKey ? all.filter((version) => version.key === prefix) : all;
  const goesOn = page.IsTruncated && page.NextKeyMarker !== undefined && versions.length === all.length;
  return {
    bucket,
    versions,
    ...(goesOn ? { next: { key: page.NextKeyMarker ?? '', versionId: page.NextVersionIdMarker } } : {}),
  };
}

type Listed = ReturnType<ReturnType<typeof orderOfVersions>>[number];

function fileVersion({ version, isDeleteMarker }: Listed): FileVersion {
  return {
    key: version.Key ?? '',
    versionId: version.VersionId ?? 'null',
    isLatest: version.IsLatest ?? false,
    isDeleteMarker,
    modifiedAt: version.LastModified?.getTime() ?? 0,
    sizeBytes: version.Size ?? 0,
    etag: version.ETag ?? '',
    storageClass: version.StorageClass ?? '',
  };
}
