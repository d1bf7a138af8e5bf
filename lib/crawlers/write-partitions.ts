import 'server-only';
import { BatchCreatePartitionCommand, GetPartitionsCommand, UpdatePartitionCommand } from '@aws-sdk/client-glue';
import type { Context } from '@/lib/auth';
import { collectPages } from '@/lib/aws/paginate';
import { withLimit } from '@/lib/aws/with-limit';
import type { PlannedTable } from '@/lib/languages/crawl/crawl-plan.ts';
import { tableInput } from '@/lib/languages/crawl/table-input.ts';

const BATCH = 100;
const AT_ONCE = 5;
const PARTITIONS_MAX = 100_000;

/** Makes the partitions of a planned table that are not there yet; those that are get the table's columns. */
export async function writePartitions({ aws }: Context, DatabaseName: string, planned: PlannedTable): Promise<void> {
  if (planned.partitionKeys.length === 0) return;
  const TableName = planned.name;
  const { items } = await collectPages(async (token) => {
    const page = await aws.glue.send(
      new GetPartitionsCommand({ DatabaseName, TableName, NextToken: token, ExcludeColumnSchema: true }),
    );
    return { items: page.Partitions, next: page.NextToken };
  }, PARTITIONS_MAX);
  const known = new Set(items.map(({ Values = [] }) => Values.join('\0')));
  const { StorageDescriptor } = tableInput(planned);
  const inputs = planned.partitions.map(({ values, location }) => ({
    Values: values,
    StorageDescriptor: { ...StorageDescriptor, Location: location },
  }));
  const isKnown = ({ Values }: { Values: string[] }) => known.has(Values.join('\0'));
  const added = inputs.filter((input) => !isKnown(input));
  for (let at = 0; at < added.length; at += BATCH) {
    const PartitionInputList = added.slice(at, at + BATCH);
    await aws.glue.send(new BatchCreatePartitionCommand({ DatabaseName, TableName, PartitionInputList }));
  }
  await withLimit(inputs.filter(isKnown), AT_ONCE, (PartitionInput) =>
    aws.glue.send(
      new UpdatePartitionCommand({
        DatabaseName,
        TableName,
        PartitionValueList: PartitionInput.Values,
        PartitionInput,
      }),
    ),
  );
}
