import 'server-only';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { db } from '@/lib/db';
import { readDatasetAddress } from './dataset-address';
import { ListMetadataEdits, type MetadataChange, type MetadataEdit } from './schemas';

export const METADATA_EDIT = 'datasets.edit';
const MAX_EDITS = 50;

/** Returns who changed what people say of a table, newest first, as the audit trail has it: the last fifty edits. */
export async function listMetadataEdits(ctx: Context, raw: ListMetadataEdits): Promise<MetadataEdit[]> {
  requirePermission(ctx, 'datasets:read');
  const { table } = ListMetadataEdits.parse(raw);
  const lake = await getLake();
  const { database, name } = readDatasetAddress(table, lake.database);
  const prisma = await db();
  const events = await prisma.auditEvent.findMany({
    where: { subject: `${database}.${name}`, action: METADATA_EDIT, outcome: 'done' },
    select: { id: true, at: true, actorEmail: true, details: true },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: MAX_EDITS,
  });
  return events.map(({ id, at, actorEmail, details }) => ({
    id,
    at: at.getTime(),
    by: actorEmail,
    changes: changesOf(details as Record<string, string>),
  }));
}

/** An edit's row has `<field>.before` and `<field>.after` of each field. */
function changesOf(details: Record<string, string>): MetadataChange[] {
  return Object.keys(details)
    .filter((key) => key.endsWith('.after'))
    .map((key) => {
      const field = key.slice(0, -'.after'.length);
      return { field, before: details[`${field}.before`] ?? '', after: details[key] ?? '' };
    });
}
