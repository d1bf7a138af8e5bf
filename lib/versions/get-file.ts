import 'server-only';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { findWriters, type Writer, writerKey } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { withLimit } from '@/lib/aws/with-limit';
import { AppError } from '@/lib/errors';
import { listVersions } from '@/lib/storage';
import type { FileVersion, VersionPage, Zone } from '@/lib/storage/schemas';
import { runOfVersion, versionRun } from './run-of-version';
import { type FileTimeline, GetFile, type TimelineEntry, type VersionRef } from './schemas';
import { sourceOfCopy } from './source-of-copy';

const PAGE_VERSIONS = 50;
const ASKED_AT_ONCE = 10;
/** Rejected versions of one key are few; those beyond are still in the quarantine zone's own timeline. */
const MOVED_MAX = 100;

/**
 * Returns what became of a file, newest first, a page at a time: its versions and deletions, who made each and by which
 * run, and the versions that were moved to quarantine. Throws NOT_FOUND where there has never been such a file.
 */
export async function getFile(ctx: Context, raw: GetFile): Promise<FileTimeline> {
  requirePermission(ctx, 'files:read');
  const { zone, key, after, before } = GetFile.parse(raw);
  const place = { zone, prefix: key, isKey: true };
  const next = after ? { key, versionId: after } : undefined;
  const [page, newest, moved] = await Promise.all([
    // One more than is shown: the size before the last one's is wanted too.
    listVersions(ctx, { ...place, pageSize: PAGE_VERSIONS + 1, ...(next ? { next } : {}) }),
    after ? listVersions(ctx, { ...place, pageSize: 1 }) : undefined,
    zone === 'raw' ? listMoved(ctx, key) : [],
  ]);
  const shown = page.versions.slice(0, PAGE_VERSIONS);
  const last = shown.at(-1);
  const isMore = page.versions.length > shown.length || page.next !== undefined;
  const writers = await findWriters([`s3://${page.bucket}/${key}`]);
  const describe = { ctx, zone, page, writers };
  const [entries, movedEntries, current] = await Promise.all([
    withLimit(shown, ASKED_AT_ONCE, (version) => entryOf(describe, version)),
    withLimit(moved, ASKED_AT_ONCE, (version) => movedEntry(describe, version)),
    newest?.versions[0] && entryOf(describe, newest.versions[0]),
  ]);
  const here = movedEntries.filter(({ at }) => (!isMore || at >= (last?.modifiedAt ?? 0)) && at < (before ?? Infinity));
  const all = [...entries, ...here].sort((one, other) => other.at - one.at);
  const first = current ?? entries[0];
  if (all.length === 0 && !after) throw neverThere(page.bucket, key);
  return {
    zone,
    key,
    bucket: page.bucket,
    entries: all,
    ...(first ? { current: first } : {}),
    ...(isMore && last ? { next: { after: last.versionId, before: last.modifiedAt } } : {}),
  };
}

function neverThere(bucket: string, key: string): AppError {
  return new AppError('NOT_FOUND', `There has never been a file at s3://${bucket}/${key}.`);
}

interface Describe {
  ctx: Context;
  zone: Zone;
  page: VersionPage;
  writers: Map<string, Writer>;
}

async function entryOf({ ctx, zone, page, writers }: Describe, version: FileVersion): Promise<TimelineEntry> {
  const { key, versionId, isDeleteMarker, isLatest, modifiedAt, sizeBytes, etag } = version;
  const ref: VersionRef = { zone, key, versionId };
  const source = zone === 'raw' || isDeleteMarker ? undefined : await findSource(ctx, page.bucket, ref);
  const run = await runOfVersion(ctx, ref, source);
  const writer = writers.get(writerKey(`s3://${page.bucket}/${key}`, versionId));
  const before = page.versions
    .slice(page.versions.indexOf(version) + 1)
    .find((earlier) => !earlier.isDeleteMarker)?.sizeBytes;
  return {
    kind: isDeleteMarker ? 'deletion' : 'version',
    versionId,
    isCurrent: isLatest,
    at: modifiedAt,
    sizeBytes,
    etag,
    ...(isDeleteMarker || before === undefined ? {} : { sizeDelta: sizeBytes - before }),
    ...(writer ? { writer } : {}),
    ...(run ? { run: versionRun(run) } : {}),
    ...(run?.request && zone === 'raw' ? { request: run.request } : {}),
    ...(source ? { source } : {}),
  };
}

async function findSource(ctx: Context, bucket: string, { zone, key, versionId }: VersionRef) {
  const { Metadata } = await ctx.aws.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
  return sourceOfCopy({ zone, key }, Metadata ?? {});
}

interface Moved {
  copy: FileVersion;
  source: VersionRef;
}

/** The versions of a raw key that are in quarantine: each copy there names the version it was. */
async function listMoved(ctx: Context, key: string): Promise<Moved[]> {
  const { bucket, versions } = await listVersions(ctx, {
    zone: 'quarantine',
    prefix: key,
    isKey: true,
    pageSize: MOVED_MAX,
  });
  const copies = versions.filter((version) => !version.isDeleteMarker);
  const found = await withLimit(copies, ASKED_AT_ONCE, async (copy) => {
    const source = await findSource(ctx, bucket, { zone: 'quarantine', key, versionId: copy.versionId });
    return source && { copy, source };
  });
  // A copy that was itself restored has its source's metadata: the oldest is the one that was moved.
  const bySource = new Map(found.filter((each) => each !== undefined).map((each) => [each.source.versionId, each]));
  return [...bySource.values()];
}

async function movedEntry({ ctx, page, writers }: Describe, { copy, source }: Moved): Promise<TimelineEntry> {
  const run = await runOfVersion(ctx, source, undefined);
  const writer = writers.get(writerKey(`s3://${page.bucket}/${source.key}`, source.versionId));
  return {
    kind: 'moved',
    versionId: source.versionId,
    isCurrent: false,
    at: writer?.at ?? run?.startedAt ?? copy.modifiedAt,
    sizeBytes: copy.sizeBytes,
    etag: copy.etag,
    movedTo: { zone: 'quarantine', key: copy.key, versionId: copy.versionId },
    ...(writer ? { writer } : {}),
    ...(run?.request ? { request: run.request } : {}),
    ...(run ? { run: versionRun(run) } : {}),
  };
}
