import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { GlueArns } from '../arns.ts';
import { CatalogName } from '../catalog-schemas.ts';
import { pageOf } from '../paging.ts';
import { PartitionIndex, type PartitionIndexes } from '../partition-indexes.ts';

const OfTable = { DatabaseName: CatalogName, TableName: CatalogName };

export function partitionIndexOperations(indexes: PartitionIndexes, arns: GlueArns): Record<string, Operation> {
  const access = (action: string) => (input: { DatabaseName: string; TableName: string }) =>
    arns.onTable(action, input.DatabaseName, input.TableName);
  return {
    CreatePartitionIndex: operation({
      input: z.object({ ...OfTable, PartitionIndex }),
      access: access('CreatePartitionIndex'),
      run: async ({ DatabaseName, TableName, PartitionIndex: index }) => {
        await indexes.create(DatabaseName, TableName, index);
        return {};
      },
    }),
    GetPartitionIndexes: operation({
      input: z.object({ ...OfTable, NextToken: z.string().optional() }),
      access: access('GetPartitionIndexes'),
      run: ({ DatabaseName, TableName, ...paging }) => {
        const { items, NextToken } = pageOf(
          indexes.list(DatabaseName, TableName),
          paging,
          ({ IndexName }) => IndexName,
        );
        return { PartitionIndexDescriptorList: items, NextToken };
      },
    }),
    DeletePartitionIndex: operation({
      input: z.object({ ...OfTable, IndexName: z.string().min(1).max(255) }),
      access: access('DeletePartitionIndex'),
      run: async ({ DatabaseName, TableName, IndexName }) => {
        await indexes.delete(DatabaseName, TableName, IndexName);
        return {};
      },
    }),
  };
}
