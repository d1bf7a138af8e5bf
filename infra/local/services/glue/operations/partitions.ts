import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { GlueArns } from '../arns.ts';
import type { Catalog } from '../catalog.ts';
import { CatalogName, type Partition, PartitionInput } from '../catalog-schemas.ts';
import { alreadyExists, entityNotFound } from '../errors.ts';
import { Paging, pageOf } from '../paging.ts';
import { partitionFilter } from '../partition-expression.ts';
import { errorDetailOf } from './error-detail.ts';

const OfTable = { DatabaseName: CatalogName, TableName: CatalogName };
const Values = z.array(z.string());
/** One share of several, which can be read at once. */
const Segment = z
  .object({ SegmentNumber: z.number().int().min(0), TotalSegments: z.number().int().min(1).max(10) })
  .refine(
    ({ SegmentNumber, TotalSegments }) => SegmentNumber < TotalSegments,
    'SegmentNumber must be below TotalSegments',
  );

export function partitionOperations(catalog: Catalog, arns: GlueArns, account: string): Record<string, Operation> {
  const out = (partition: Partition) => partitionOut(partition, account);
  const access = (action: string) => (input: { DatabaseName: string; TableName: string }) =>
    arns.onTable(action, input.DatabaseName, input.TableName);
  return {
    CreatePartition: operation({
      input: z.object({ ...OfTable, PartitionInput }),
      access: access('CreatePartition'),
      run: async ({ DatabaseName, TableName, PartitionInput: input }) => {
        const known = await catalog.createPartitions(DatabaseName, TableName, [input]);
        if (known.length > 0) throw alreadyExists('Partition already exists.');
        return {};
      },
    }),
    BatchCreatePartition: operation({
      input: z.object({ ...OfTable, PartitionInputList: z.array(PartitionInput).max(100) }),
      access: access('BatchCreatePartition'),
      run: async ({ DatabaseName, TableName, PartitionInputList }) => {
        const known = await catalog.createPartitions(DatabaseName, TableName, PartitionInputList);
        return { Errors: known.map((values) => partitionError(values, alreadyExists('Partition already exists.'))) };
      },
    }),
    GetPartition: operation({
      input: z.object({ ...OfTable, PartitionValues: Values }),
      access: access('GetPartition'),
      run: ({ DatabaseName, TableName, PartitionValues }) => {
        return { Partition: out(catalog.getPartition(DatabaseName, TableName, PartitionValues)) };
      },
    }),
    BatchGetPartition: operation({
      input: z.object({ ...OfTable, PartitionsToGet: z.array(z.object({ Values })).max(1000) }),
      access: access('BatchGetPartition'),
      run: ({ DatabaseName, TableName, PartitionsToGet }) => {
        catalog.getTable(DatabaseName, TableName);
        const found = PartitionsToGet.map((wanted) => catalog.findPartition(DatabaseName, TableName, wanted.Values));
        return {
          Partitions: found.filter((partition) => partition !== undefined).map(out),
          UnprocessedKeys: [],
        };
      },
    }),
    GetPartitions: operation({
      input: z.object({
        ...OfTable,
        Expression: z.string().max(2048).optional(),
        Segment: Segment.optional(),
        ExcludeColumnSchema: z.boolean().optional(),
        ...Paging,
      }),
      access: access('GetPartitions'),
      run: ({ DatabaseName, TableName, Expression, Segment: segment, ExcludeColumnSchema, ...paging }) => {
        const table = catalog.getTable(DatabaseName, TableName);
        const matches = partitionFilter(Expression, table.PartitionKeys ?? []);
        const partitions = catalog
          .listPartitions(DatabaseName, TableName)
          .filter((partition) => matches(partition.Values) && isInSegment(partition, segment));
        const { items, NextToken } = pageOf(partitions, paging, (partition) => partition.Values.join('\0'));
        return { Partitions: items.map(ExcludeColumnSchema ? (item) => out(withoutColumns(item)) : out), NextToken };
      },
    }),
    UpdatePartition: operation({
      input: z.object({ ...OfTable, PartitionValueList: Values, PartitionInput }),
      access: access('UpdatePartition'),
      run: async ({ DatabaseName, TableName, PartitionValueList, PartitionInput: input }) => {
        await catalog.updatePartition(DatabaseName, TableName, PartitionValueList, input);
        return {};
      },
    }),
    BatchUpdatePartition: operation({
      input: z.object({
        ...OfTable,
        Entries: z
          .array(z.object({ PartitionValueList: Values.max(100), PartitionInput }))
          .min(1)
          .max(100),
      }),
      access: access('BatchUpdatePartition'),
      run: async ({ DatabaseName, TableName, Entries }) => {
        catalog.getTable(DatabaseName, TableName);
        const Errors = [];
        for (const { PartitionValueList, PartitionInput: input } of Entries) {
          const error = await errorDetailOf(
            catalog.updatePartition(DatabaseName, TableName, PartitionValueList, input),
          );
          if (error) Errors.push({ PartitionValueList, ErrorDetail: error });
        }
        return { Errors };
      },
    }),
    DeletePartition: operation({
      input: z.object({ ...OfTable, PartitionValues: Values }),
      access: access('DeletePartition'),
      run: async ({ DatabaseName, TableName, PartitionValues }) => {
        await catalog.deletePartition(DatabaseName, TableName, PartitionValues);
        return {};
      },
    }),
    BatchDeletePartition: operation({
      input: z.object({ ...OfTable, PartitionsToDelete: z.array(z.object({ Values })).max(25) }),
      access: access('BatchDeletePartition'),
      run: async ({ DatabaseName, TableName, PartitionsToDelete }) => {
        catalog.getTable(DatabaseName, TableName);
        const Errors = [];
        for (const { Values: values } of PartitionsToDelete) {
          if (catalog.findPartition(DatabaseName, TableName, values)) {
            await catalog.deletePartition(DatabaseName, TableName, values);
          } else Errors.push(partitionError(values, entityNotFound('Cannot find partition.')));
        }
        return { Errors };
      },
    }),
  };
}

/** By its values, so that what is added or removed meanwhile moves no other partition. */
function isInSegment(partition: Partition, segment: z.infer<typeof Segment> | undefined): boolean {
  return !segment || crc32(partition.Values.join('\0')) % segment.TotalSegments === segment.SegmentNumber;
}

function partitionOut({ createdAt, ...partition }: Partition, account: string) {
  return { Parameters: {}, ...partition, CreationTime: createdAt / 1000, CatalogId: account };
}

function withoutColumns(partition: Partition): Partition {
  return { ...partition, StorageDescriptor: { ...partition.StorageDescriptor, Columns: [] } };
}

function partitionError(values: string[], error: { code: string; message: string }) {
  return { PartitionValues: values, ErrorDetail: { ErrorCode: error.code, ErrorMessage: error.message } };
}
