import 'server-only';
import { GetTableCommand, UpdateTableCommand } from '@aws-sdk/client-glue';
import { recordAudit } from '@/lib/audit';
import { type Context, requirePermission } from '@/lib/auth';
import { pinnedParameter } from '@/lib/languages/crawl/pin.ts';
import { PinTable } from './schemas';

/** Makes the columns of a table stay whatever a crawler finds, or lets them go again. */
export async function pinTable(ctx: Context, raw: PinTable): Promise<void> {
  requirePermission(ctx, 'crawlers:run');
  const { database: DatabaseName, name, isPinned } = PinTable.parse(raw);
  const { Table: table } = await ctx.aws.glue.send(new GetTableCommand({ DatabaseName, Name: name }));
  const { [pinnedParameter]: _former, ...parameters } = table?.Parameters ?? {};
  await ctx.aws.glue.send(
    new UpdateTableCommand({
      DatabaseName,
      VersionId: table?.VersionId,
      SkipArchive: true,
      TableInput: {
        Name: name,
        Description: table?.Description,
        Owner: table?.Owner,
        Retention: table?.Retention,
        StorageDescriptor: table?.StorageDescriptor,
        PartitionKeys: table?.PartitionKeys,
        TableType: table?.TableType,
        Parameters: isPinned ? { ...parameters, [pinnedParameter]: 'true' } : parameters,
      },
    }),
  );
  await recordAudit(ctx, { action: isPinned ? 'tables.pin' : 'tables.unpin', subject: `${DatabaseName}.${name}` });
}
