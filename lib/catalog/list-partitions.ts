import 'server-only';
import { GetPartitionsCommand, type Partition } from '@aws-sdk/client-glue';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { type Context, requirePermission } from '@/lib/auth';
import { toAppError } from '@/lib/aws/errors';
import { getLake } from '@/lib/aws/lake';
import { withLimit } from '@/lib/aws/with-limit';
import { readDatasetAddress } from './dataset-address';
import { type ListedPartition, ListPartitions, type PartitionCount, type PartitionPage } from './schemas';

const PAGE_PARTITIONS = 50;
/** One answer of S3's: a partition of more files than that is not counted to its end. */
const FILES_LOOKED_AT = 1000;
const LISTED_AT_ONCE = 10;
/** As many as Glue gives at once: https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html */
const COUNTED_AT_ONCE = 1000;
const COUNT_PAGES = 20;

/**
 * Returns partitions of a table, fifty at a time in Glue's order. What a partition holds is taken from its entry where
 * somebody wrote it there, and else counted in S3.
 */
export async function listPartitions(ctx: Context, raw: ListPartitions): Promise<PartitionPage> {
  const { request, after } = await requestOf(ctx, raw);
  const page = await ctx.aws.glue.send(
    new GetPartitionsCommand({ ...request, NextToken: after, MaxResults: PAGE_PARTITIONS }),
  );
  const partitions = await withLimit(page.Partitions ?? [], LISTED_AT_ONCE, (each) => listed(ctx, each));
  return { partitions, ...(page.NextToken ? { nextToken: page.NextToken } : {}) };
}

/** Returns how many partitions fit the same filter; Glue can only be asked for them all, so that it is up to 20,000. */
export async function countPartitions(ctx: Context, raw: ListPartitions): Promise<PartitionCount> {
  const { request } = await requestOf(ctx, raw);
  let count = 0;
  let token: string | undefined;
  for (let pages = 0; pages < COUNT_PAGES; pages++) {
    const page = await ctx.aws.glue.send(
      new GetPartitionsCommand({ ...request, NextToken: token, MaxResults: COUNTED_AT_ONCE }),
    );
    count += page.Partitions?.length ?? 0;
    token = page.NextToken;
    if (!token) break;
  }
  return { count, isCut: token !== undefined };
}

async function requestOf(ctx: Context, raw: ListPartitions) {
  requirePermission(ctx, 'datasets:read');
  const { table, where, after } = ListPartitions.parse(raw);
  const lake = await getLake();
  const { database, name } = readDatasetAddress(table, lake.database);
  const Expression = where || undefined;
  const request = { DatabaseName: database, TableName: name, Expression, ExcludeColumnSchema: true };
  return { request, after };
}

async function listed(ctx: Context, { Values = [], StorageDescriptor, Parameters, CreationTime }: Partition) {
  const location = StorageDescriptor?.Location;
  const partition: ListedPartition = {
    values: Values,
    ...(location ? { location } : {}),
    ...numbered({ rows: Parameters?.recordCount ?? Parameters?.numRows }),
    ...numbered({ sizeBytes: Parameters?.sizeKey ?? Parameters?.totalSize }),
    ...numbered({ files: Parameters?.objectCount ?? Parameters?.numFiles }),
    ...(CreationTime ? { createdAt: CreationTime.getTime() } : {}),
  };
  if (partition.files !== undefined && partition.sizeBytes !== undefined) return partition;
  return { ...partition, ...(await countFiles(ctx, location)) };
}

/** Parameters are texts, and anybody's; crawlers write -1 for what they did not count. */
function numbered(texts: Record<string, string | undefined>): Record<string, number> {
  const found = Object.entries(texts).filter(([, text]) => text !== undefined && Number(text) >= 0);
  return Object.fromEntries(found.map(([name, text]) => [name, Number(text)]));
}

/** Nothing where the role may not look: the partition's entry is shown all the same. */
async function countFiles(
  ctx: Context,
  location: string | undefined,
): Promise<Pick<ListedPartition, 'files' | 'sizeBytes' | 'isCut'>> {
  const [, Bucket, folder = ''] = /^s3[an]?:\/\/([^/]+)\/?(.*)$/.exec(location ?? '') ?? [];
  if (!Bucket) return {};
  const Prefix = folder === '' || folder.endsWith('/') ? folder : `${folder}/`;
  try {
    const page = await ctx.aws.s3.send(new ListObjectsV2Command({ Bucket, Prefix, MaxKeys: FILES_LOOKED_AT }));
    // An empty object named like the folder is how some tools make folders.
    const files = (page.Contents ?? []).filter(({ Key }) => !Key?.endsWith('/'));
    const sizeBytes = files.reduce((sum, { Size = 0 }) => sum + Size, 0);
    return { files: files.length, sizeBytes, ...(page.IsTruncated ? { isCut: true } : {}) };
  } catch (error) {
    if (['FORBIDDEN', 'NOT_FOUND'].includes(toAppError(error).code)) return {};
    throw error;
  }
}
