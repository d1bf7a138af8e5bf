import 'server-only';
import {
  CreateTableCommand,
  DeleteTableCommand,
  type Table,
  type TableInput,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { AppError } from '@/lib/errors';
import type { PlannedTable } from '@/lib/languages/crawl/crawl-plan.ts';
import type { CrawlScope } from '@/lib/languages/crawl/plan-crawl.ts';
import { tableInput } from '@/lib/languages/crawl/table-input.ts';
import { crawlScopes } from './crawl-scope';
import { editedTable } from './edited-table';
import { tableAt } from './plan-folder';
import { PlanReading } from './plan-reading';
import { readPlan, selectFiles } from './read-plan';
import { AcceptTable, seenColumns } from './schemas';
import { writePartitions } from './write-partitions';

/**
 * Makes the table of a plan, or changes the one that is at its place, with a person's names and types.
 * Throws CONFLICT when the files have changed since the plan was shown.
 */
export async function acceptTable(ctx: Context, raw: AcceptTable): Promise<{ database: string; name: string }> {
  requirePermission(ctx, 'crawlers:run');
  const input = AcceptTable.parse(raw);
  const { database, scopes, tables } = await crawlScopes(ctx, input.source);
  const planned = await findPlanned(ctx, scopes, input.location);
  if (!planned || JSON.stringify(seenColumns(planned)) !== JSON.stringify(input.seen)) {
    throw new AppError('CONFLICT', `The files of ${input.location} have changed since you looked. Look again.`, {
      reason: 'planChanged',
      details: { location: input.location },
    });
  }
  const edited = editedTable(planned, input);
  const current = tableAt(tables, planned.location);
  const isThere = current?.Name === edited.name;
  await (isThere ? update(ctx, database, edited, current) : create(ctx, database, edited, current));
  await writePartitions(ctx, database, edited);
  // Glue cannot rename a table: the one of the former name goes when the new one is there.
  if (current?.Name && !isThere)
    await ctx.aws.glue.send(new DeleteTableCommand({ DatabaseName: database, Name: current.Name }));
  await recordAudit(ctx, {
    action: isThere ? 'tables.update' : 'tables.create',
    subject: `${database}.${edited.name}`,
    details: {
      location: planned.location,
      columns: edited.columns.length,
      ...(current?.Name && !isThere ? { renamedFrom: current.Name } : {}),
    },
  });
  return { database, name: edited.name };
}

async function findPlanned(ctx: Context, scopes: CrawlScope[], location: string) {
  const reading = new PlanReading(new AbortController().signal);
  for (const scope of scopes) {
    if (!location.startsWith(`s3://${scope.bucket}/`)) continue;
    const { tables } = await readPlan(ctx, scope, await selectFiles(ctx, scope, reading), reading);
    const found = tables.find((table) => table.location === location);
    if (found) return found;
  }
  return undefined;
}

async function create({ aws }: Context, DatabaseName: string, planned: PlannedTable, current: Table | undefined) {
  try {
    await aws.glue.send(new CreateTableCommand({ DatabaseName, TableInput: merged(tableInput(planned), current) }));
  } catch (error) {
    if (toAppError(error).code !== 'CONFLICT') throw error;
    throw new AppError('CONFLICT', `There is another table called ${planned.name}.`, {
      cause: error,
      reason: 'tableNameTaken',
      details: { name: planned.name },
    });
  }
}

async function update({ aws }: Context, DatabaseName: string, planned: PlannedTable, current: Table) {
  const TableInput = merged(tableInput(planned), current);
  await aws.glue.send(new UpdateTableCommand({ DatabaseName, TableInput, VersionId: current.VersionId }));
}

/** What people wrote into a table stays: its description, its comments, its parameters. */
function merged(input: TableInput, current: Table | undefined): TableInput {
  if (!current) return input;
  const { DEPRECATED_BY_CRAWLER: _deprecated, ...parameters } = current.Parameters ?? {};
  const comments = new Map(current.StorageDescriptor?.Columns?.map(({ Name, Comment }) => [Name, Comment]));
  // How a header is skipped is the new plan's to say.
  delete parameters['skip.header.line.count'];
  return {
    ...input,
    ...(current.Description ? { Description: current.Description } : {}),
    ...(current.Owner ? { Owner: current.Owner } : {}),
    Parameters: { ...parameters, ...input.Parameters },
    StorageDescriptor: {
      ...input.StorageDescriptor,
      Columns: input.StorageDescriptor?.Columns?.map((column) => ({ ...column, Comment: comments.get(column.Name) })),
    },
  };
}
