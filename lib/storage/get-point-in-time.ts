import 'server-only';
import { findWriters, type Writer, writerKey } from '@/lib/audit';
import { type Context, requireAllowance, requirePermission } from '@/lib/auth';
import { AppError } from '@/lib/errors';
import { listAllVersions } from './list-all-versions';
import { beforeChange, changesOf, type Effect, effectsAt } from './point-in-time';
import { GetPointInTime, type PointInTime } from './schemas';

/** A hundred thousand are looked through in a few seconds; a folder with more is restored a part at a time. */
const MAX_VERSIONS = 100_000;
const CHANGES_SHOWN = 30;
/** Files of one upload or one deletion are written within seconds of each other. */
const CHANGE_GAP_MS = 10_000;
/** Databases take a bounded number of parameters. */
const WRITERS_AT_ONCE = 1000;

/**
 * Returns what would make the files under a prefix what they were at a moment, without doing it, and the last changes to
 * choose a moment by. Without a moment it is the one before the last change.
 */
export async function getPointInTime(ctx: Context, raw: GetPointInTime): Promise<PointInTime> {
  requirePermission(ctx, 'files:read');
  requireAllowance(ctx, 'pointInTime');
  const { zone, prefix, at: asked } = GetPointInTime.parse(raw);
  if (asked !== undefined && asked > Date.now()) throw inFuture(asked);
  const { bucket, versions, isCut } = await listAllVersions(ctx, { zone, prefix }, MAX_VERSIONS);
  if (isCut) throw tooMany(bucket, prefix);
  const changes = changesOf(versions, { gapMs: CHANGE_GAP_MS, max: CHANGES_SHOWN });
  const at = asked ?? (changes[0] ? beforeChange(changes[0]) : Date.now());
  const { effects, ...counts } = effectsAt(versions, at);
  return {
    bucket,
    at,
    firstAt: versions.reduce((first, { modifiedAt }) => Math.min(first, modifiedAt), Date.now()),
    versionCount: versions.length,
    changes,
    ...counts,
    effects: await withWriters(bucket, effects),
  };
}

async function withWriters(bucket: string, effects: Effect[]): Promise<PointInTime['effects']> {
  const writers = new Map<string, Writer>();
  for (let from = 0; from < effects.length; from += WRITERS_AT_ONCE) {
    const subjects = effects.slice(from, from + WRITERS_AT_ONCE).map(({ key }) => `s3://${bucket}/${key}`);
    for (const [key, writer] of await findWriters(subjects)) writers.set(key, writer);
  }
  return effects.map((effect) => {
    const writer = writers.get(writerKey(`s3://${bucket}/${effect.key}`, effect.changedVersionId));
    return { ...effect, ...(writer ? { changedBy: writer.email } : {}) };
  });
}

function inFuture(at: number): AppError {
  return new AppError('INVALID', `${new Date(at).toISOString()} is still to come. Choose a moment that has passed.`, {
    reason: 'momentInFuture',
    details: { moment: new Date(at).toISOString() },
  });
}

function tooMany(bucket: string, prefix: string): AppError {
  return new AppError(
    'LIMIT_EXCEEDED',
    `s3://${bucket}/${prefix} has more than ${MAX_VERSIONS} versions. Choose a folder below it, and restore one after the other.`,
    { reason: 'tooManyVersions', details: { place: `s3://${bucket}/${prefix}`, max: MAX_VERSIONS } },
  );
}
