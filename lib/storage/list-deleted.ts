import 'server-only';
import { type CommonPrefix, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { type DeletedFile, type DeletedPage, ListDeleted } from './change-schemas';
import { listVersions } from './list-versions';
import { type ListedVersion, orderOfVersions } from './version-order';
import { zoneBucket } from './zone-bucket';

/** A page ends when so many were found, or so many pages of S3's were looked through: most versions are of files that are there. */
const FOUND_MAX = 200;
const PAGES_MAX = 10;

/**
 * Returns the deleted files one level below a prefix – those whose newest version is a delete marker – with the version
 * each would come back as, and the folders that hold versions at all.
 */
export async function listDeleted(ctx: Context, raw: ListDeleted): Promise<DeletedPage> {
  requirePermission(ctx, 'files:read');
  const { zone, prefix, search, after } = ListDeleted.parse(raw);
  const bucket = zoneBucket(await getLake(), zone);
  const folders: CommonPrefix[] = [];
  const found: Found[] = [];
  let marker: Marker = after === undefined ? {} : { KeyMarker: after };
  for (let pages = 0; pages < PAGES_MAX && found.length < FOUND_MAX; pages++) {
    const query = { Bucket: bucket, Prefix: prefix + search, Delimiter: '/', ...marker };
    const command = new ListObjectVersionsCommand(query);
    const order = orderOfVersions(command);
    const page = await ctx.aws.s3.send(command);
    folders.push(...(page.CommonPrefixes ?? []));
    gather(found, order(page.Versions ?? [], page.DeleteMarkers ?? []));
    marker = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker } : {};
    if (marker.KeyMarker === undefined) break;
  }
  const files = await Promise.all(found.map((file) => complete(ctx, zone, file)));
  return {
    bucket,
    prefix,
    folders: folders.flatMap(({ Prefix }) => (Prefix ? [Prefix] : [])),
    files: files.flatMap((file) => (file ? [{ ...file, name: file.key.slice(prefix.length) }] : [])),
    ...(marker.KeyMarker === undefined ? {} : { next: marker.KeyMarker }),
  };
}

interface Marker {
  KeyMarker?: string | undefined;
  VersionIdMarker?: string | undefined;
}

type Found = Omit<DeletedFile, 'name' | 'lastVersionId' | 'sizeBytes'> & Partial<DeletedFile>;

/** S3 lists a key's versions newest first: behind a delete marker comes what it hides. */
function gather(found: Found[], listed: ListedVersion[]): void {
  for (const { version, isDeleteMarker } of listed) {
    const { Key: key = '', VersionId } = version;
    const last = found.at(-1);
    if (isDeleteMarker && version.IsLatest) found.push({ key, deletedAt: version.LastModified?.getTime() ?? 0 });
    else if (!isDeleteMarker && last?.key === key && last.lastVersionId === undefined) {
      last.lastVersionId = VersionId ?? 'null';
      last.sizeBytes = version.Size ?? 0;
    }
  }
}

/** Where the pages ended between a marker and what it hides, that is looked up; a key of markers alone cannot come back. */
async function complete(
  ctx: Context,
  zone: ListDeleted['zone'],
  file: Found,
): Promise<Omit<DeletedFile, 'name'> | undefined> {
  const { key, deletedAt, lastVersionId, sizeBytes = 0 } = file;
  if (lastVersionId !== undefined) return { key, deletedAt, lastVersionId, sizeBytes };
  const { versions } = await listVersions(ctx, { zone, prefix: key, isKey: true, pageSize: 1000 });
  const last = versions.find(({ isDeleteMarker }) => !isDeleteMarker);
  return last && { key, deletedAt, lastVersionId: last.versionId, sizeBytes: last.sizeBytes };
}
