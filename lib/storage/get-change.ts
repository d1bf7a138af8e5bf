import 'server-only';
import { z } from 'zod';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake, type Lake } from '@/lib/aws/lake';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { GetChange, type Undo } from './change-schemas';
import { zoneBucket } from './zone-bucket';
import { CHANGE_MAX_FILES, editableZones } from './zones';

/** What copy-file.ts and remove-file.ts write. */
const Details = z.object({
  versionId: z.string(),
  before: z.string().nullable(),
  isDeleted: z.boolean().default(false),
  from: z.string().optional(),
});

/** Returns what would undo a change of the person's own, key by key: what each was before, if it still is what it became. */
export async function getChange(ctx: Context, raw: GetChange): Promise<Undo[]> {
  requirePermission(ctx, 'files:read');
  const { id } = GetChange.parse(raw);
  const prisma = await db();
  const events = await prisma.auditEvent.findMany({
    where: { actorEmail: ctx.user.email, outcome: 'done', details: { path: ['changeId'], equals: id } },
    select: { action: true, subject: true, details: true },
    orderBy: { subject: 'asc' },
    take: 2 * CHANGE_MAX_FILES,
  });
  if (events.length === 0) throw new AppError('NOT_FOUND', `There is no change ${id} of yours.`);
  const lake = await getLake();
  return events.flatMap(({ action, subject, details }) => {
    const place = placeOf(lake, subject);
    if (!place) return [];
    const { versionId, before, isDeleted, from } = Details.parse(details);
    const source = action === 'files.move' && from !== undefined ? placeOf(lake, from)?.key : undefined;
    const undo = { ...place, versionId: before, seen: isDeleted ? null : versionId };
    return [source === undefined ? undo : { ...undo, movedFrom: source }];
  });
}

function placeOf(lake: Lake, address: string): Pick<Undo, 'zone' | 'key'> | undefined {
  for (const zone of editableZones) {
    const start = `s3://${zoneBucket(lake, zone)}/`;
    if (address.startsWith(start)) return { zone, key: address.slice(start.length) };
  }
  return undefined;
}
