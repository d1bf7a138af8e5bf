import 'server-only';
import {
  BatchCreatePartitionCommand,
  CreateTableCommand,
  DeleteTableCommand,
  GetTablesCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { recordAudit } from '@/lib/audit';
import type { Context } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake } from '@/lib/aws/lake';
import { withLimit } from '@/lib/aws/with-limit';
import { copyObject } from '@/lib/storage/copy-object';
import { pastPartitions, pastTableInput } from './past-table';
import { type PastPlan, sizeOf } from './plan-past';

const COPIED_AT_ONCE = 16;
const FILES_A_STEP = 64;
/** Glue's own: https://docs.aws.amazon.com/glue/latest/webapi/API_BatchCreatePartition.html */
const PARTITIONS_AT_ONCE = 100;
/** The results bucket's rule takes the files of a table of the past after as many days. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Copies what a table of the past needs and is not there, and catalogues it: last of all, so that a table in the catalog
 * is whole. Doing it twice, or two people at once, ends the same. Yields the files and bytes of each step; who asks
 * for no further one stops it there.
 */
export async function* keepPast(ctx: Context, plan: PastPlan): AsyncGenerator<{ files: number; bytes: number }> {
  const { missing, place, sourcePrefix } = plan;
  const { processedBucket } = await getLake();
  for (let from = 0; from < missing.length; from += FILES_A_STEP) {
    const step = missing.slice(from, from + FILES_A_STEP);
    await withLimit(step, COPIED_AT_ONCE, ({ key, versionId }) =>
      copyObject(ctx.aws.s3, {
        from: { bucket: processedBucket, key, versionId },
        to: { bucket: place.bucket, key: `${place.prefix}${key.slice(sourcePrefix.length)}` },
      }),
    );
    yield { files: step.length, bytes: sizeOf(step) };
  }
  // Partitions come after the table's own entry: only asking for them again says that all are there.
  if (missing.length === 0 && plan.isCatalogued && !plan.table.PartitionKeys?.length) return;
  await catalogPast(ctx, plan);
}

async function catalogPast(
  ctx: Context,
  { table, place, files, sourcePrefix, missing, moment }: PastPlan,
): Promise<void> {
  const { versionsDatabase: DatabaseName } = await getLake();
  const TableInput = pastTableInput(table, place);
  const paths = files.map(({ key }) => key.slice(sourcePrefix.length));
  const partitions = pastPartitions(table, place, paths);
  try {
    await ctx.aws.glue.send(new CreateTableCommand({ DatabaseName, TableInput }));
  } catch (error) {
    if (toAppError(error).code !== 'CONFLICT') throw error;
    // Its files were copied again: the update says that it lives on.
    await ctx.aws.glue.send(new UpdateTableCommand({ DatabaseName, TableInput, SkipArchive: true }));
  }
  for (let from = 0; from < partitions.length; from += PARTITIONS_AT_ONCE) {
    const PartitionInputList = partitions.slice(from, from + PARTITIONS_AT_ONCE);
    // Those that are there already are answered as errors and stay as they are.
    await ctx.aws.glue.send(
      new BatchCreatePartitionCommand({ DatabaseName, TableName: place.name, PartitionInputList }),
    );
  }
  await recordAudit(ctx, {
    action: 'queries.keepPast',
    subject: `${DatabaseName}.${place.name}`,
    details: { asOf: new Date(moment.at).toISOString(), files: missing.length, bytes: sizeOf(missing) },
  });
  await dropExpired(ctx, table.Name ?? '', DatabaseName);
}

/** Takes entries of this table's past out of the catalog whose files have expired. */
async function dropExpired(ctx: Context, table: string, DatabaseName: string): Promise<void> {
  const page = await ctx.aws.glue.send(new GetTablesCommand({ DatabaseName, Expression: `${table}_[0-9a-f]*` }));
  const until = Date.now() - KEPT_MS;
  const expired = (page.TableList ?? []).filter(
    ({ UpdateTime, Parameters }) =>
      Parameters?.['lacustre:past-of'] === table && (UpdateTime?.getTime() ?? Number.POSITIVE_INFINITY) < until,
  );
  await withLimit(expired, COPIED_AT_ONCE, async ({ Name }) => {
    try {
      await ctx.aws.glue.send(new DeleteTableCommand({ DatabaseName, Name }));
    } catch (error) {
      // Somebody else's query was faster.
      if (toAppError(error).code !== 'NOT_FOUND') throw error;
    }
  });
}
