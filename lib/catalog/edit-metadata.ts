import 'server-only';
import { ConcurrentModificationException, GetTableCommand, type Table, UpdateTableCommand } from '@aws-sdk/client-glue';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { getLake } from '@/lib/aws/lake';
import { AppError } from '@/lib/errors';
import { readDatasetAddress } from './dataset-address';
import { METADATA_EDIT } from './list-metadata-edits';
import { EditMetadata, type MetadataChange } from './schemas';
import { metadataFields, withFields } from './table-metadata';

/** A run, a crawler and people may all write the same table; each of them needs one try after another. */
const ATTEMPTS = 8;

/**
 * Writes what people say of a table. Only the fields that were changed are written, each only if it still is what the
 * person saw: what others change at the same time, a run of the pipeline among them, stays. Throws CONFLICT where
 * somebody else has changed the same field; its details have the `fields` and the `values` that they have now.
 */
export async function editMetadata(ctx: Context, raw: EditMetadata): Promise<{ changes: MetadataChange[] }> {
  requirePermission(ctx, 'datasets:edit');
  const input = EditMetadata.parse(raw);
  const lake = await getLake();
  const { database, name } = readDatasetAddress(input.table, lake.database);
  const wanted = wantedChanges(input);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const table = await getTable(ctx, database, name);
    const changes = changesOf(table, wanted);
    if (changes.length === 0) return { changes };
    if (await isWritten(ctx, database, table, changes)) {
      const details = changes.flatMap(({ field, before, after }) => [
        [`${field}.before`, before],
        [`${field}.after`, after],
      ]);
      const subject = `${database}.${name}`;
      await recordAudit(ctx, { action: METADATA_EDIT, subject, details: Object.fromEntries(details) });
      return { changes };
    }
  }
  throw new AppError('CONFLICT', `${database}.${name} is being written again and again. Try again in a moment.`, {
    reason: 'tableBusy',
    details: { table: `${database}.${name}` },
  });
}

function wantedChanges({ comments, table: _table, ...fields }: ReturnType<typeof EditMetadata.parse>) {
  return [
    ...Object.entries(fields).flatMap(([field, wanted]) => (wanted ? [{ field, ...wanted }] : [])),
    ...Object.entries(comments).map(([column, wanted]) => ({ field: `comments.${column}`, ...wanted })),
  ];
}

async function getTable(ctx: Context, database: string, name: string): Promise<Table> {
  const { Table: table } = await ctx.aws.glue.send(new GetTableCommand({ DatabaseName: database, Name: name }));
  if (!table) throw new AppError('UNAVAILABLE', `Glue answered GetTable for ${database}.${name} without a table.`);
  return table;
}

function changesOf(table: Table, wanted: readonly MetadataChange[]): MetadataChange[] {
  const current = metadataFields(table);
  const changes = wanted.map((change) => ({ ...change, now: current.get(change.field) }));
  const gone = changes.find(({ now }) => now === undefined);
  if (gone) throw columnGone(table, gone.field);
  const lost = changes.filter(({ now, before, after }) => now !== before && now !== after);
  if (lost.length > 0) throw editedMeanwhile(table, lost);
  return changes.filter(({ now, after }) => now !== after).map(({ now: _now, ...change }) => change);
}

/** False when the table was written since it was read. */
async function isWritten(
  ctx: Context,
  database: string,
  table: Table,
  changes: readonly MetadataChange[],
): Promise<boolean> {
  const fields = new Map(changes.map(({ field, after }) => [field, after]));
  try {
    await ctx.aws.glue.send(
      new UpdateTableCommand({
        DatabaseName: database,
        TableInput: withFields(table, fields, new Date()),
        VersionId: table.VersionId,
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConcurrentModificationException) return false;
    throw error;
  }
}

function editedMeanwhile(
  { DatabaseName, Name }: Table,
  lost: readonly (MetadataChange & { now?: string | undefined })[],
) {
  const fields = lost.map(({ field }) => field);
  return new AppError(
    'CONFLICT',
    `Somebody else has changed ${fields.join(', ')} of ${DatabaseName}.${Name} in the meantime. Look at what they wrote, then save again.`,
    {
      reason: 'metadataChanged',
      details: { table: `${DatabaseName}.${Name}`, fields, values: lost.map(({ now }) => now ?? '') },
    },
  );
}

function columnGone({ DatabaseName, Name }: Table, field: string): AppError {
  const column = field.replace(/^comments\./, '');
  const table = `${DatabaseName}.${Name}`;
  return new AppError('CONFLICT', `${table} no longer has a column ${column}. Load the page again.`, {
    reason: 'columnGone',
    details: { table, column },
  });
}
