import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { db } from '@/lib/db';
import type { Change } from './change-schemas';

const KEPT_MS = 7 * 24 * 3_600_000;
const CHANGES_MAX = 20;

interface ChangeRow {
  id: string;
  action: Change['action'];
  at: Date;
  files: bigint;
  subject: string;
  undoneAt: Date | null;
}

/** Returns what the person copied, moved and deleted in the last week, the newest first, and whether it was undone. */
export async function listChanges(ctx: Context): Promise<Change[]> {
  requirePermission(ctx, 'files:read');
  const prisma = await db();
  const since = new Date(Date.now() - KEPT_MS);
  // A move has two rows a file: of the copy, and of the marker that took the source away.
  const rows = await prisma.$queryRaw<ChangeRow[]>`
    WITH mine AS (
      SELECT * FROM "AuditEvent" WHERE "actorEmail" = ${ctx.user.email} AND at > ${since} AND outcome = 'done'
    ), undone AS (
      SELECT details->>'undoes' AS id, max(at) AS at FROM mine WHERE details->>'undoes' IS NOT NULL GROUP BY 1
    )
    SELECT mine.details->>'changeId' AS id, min(mine.action) AS action, min(mine.at) AS at,
      count(DISTINCT COALESCE(mine.details->>'from', mine.subject)) AS files, min(mine.subject) AS subject,
      max(undone.at) AS "undoneAt"
    FROM mine LEFT JOIN undone ON undone.id = mine.details->>'changeId'
    WHERE mine.details->>'changeId' IS NOT NULL
    GROUP BY 1 ORDER BY min(mine.at) DESC LIMIT ${CHANGES_MAX}`;
  return rows.map(({ id, action, at, files, subject, undoneAt }) => ({
    id,
    action,
    at: at.getTime(),
    files: Number(files),
    key: subject.replace(/^s3:\/\/[^/]*\//, ''),
    ...(undoneAt ? { undoneAt: undoneAt.getTime() } : {}),
  }));
}
