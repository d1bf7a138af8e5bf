/**
 * A crawler's `Configuration`, a JSON text of its own.
 * https://docs.aws.amazon.com/glue/latest/dg/crawler-configuration.html#crawler-configure-changes-api
 */
import * as z from 'zod';

const Configuration = z.object({
  Version: z.literal(1, { message: 'must be 1.0' }).optional(),
  Grouping: z
    .object({
      TableGroupingPolicy: z.literal('CombineCompatibleSchemas').optional(),
      TableLevelConfiguration: z.number().int().min(1).optional(),
    })
    .optional(),
  CrawlerOutput: z
    .object({
      Partitions: z.object({ AddOrUpdateBehavior: z.literal('InheritFromTable').optional() }).optional(),
      Tables: z
        .object({
          AddOrUpdateBehavior: z.literal('MergeNewColumns').optional(),
          TableThreshold: z.number().int().min(1).optional(),
        })
        .optional(),
    })
    .optional(),
  CreatePartitionIndex: z.boolean().optional(),
});

export interface CrawlConfiguration {
  /** One table of all that can be read together, however little its schemas have in common. */
  combines: boolean;
  /** How deep tables are: the bucket is 1. */
  tableLevel?: number;
  /** The partitions have the columns of their table. */
  partitionsInherit: boolean;
  /** Columns are added to a table, and none of it is changed or removed. */
  addsColumnsOnly: boolean;
}

/** Throws an error that says where the text is wrong. */
export function parseConfiguration(text: string | undefined): CrawlConfiguration {
  const { Grouping, CrawlerOutput } = Configuration.parse(text?.trim() ? JSON.parse(text) : {});
  return {
    combines: Grouping?.TableGroupingPolicy === 'CombineCompatibleSchemas',
    ...(Grouping?.TableLevelConfiguration ? { tableLevel: Grouping.TableLevelConfiguration } : {}),
    partitionsInherit: CrawlerOutput?.Partitions?.AddOrUpdateBehavior === 'InheritFromTable',
    addsColumnsOnly: CrawlerOutput?.Tables?.AddOrUpdateBehavior === 'MergeNewColumns',
  };
}
