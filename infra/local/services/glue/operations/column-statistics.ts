import { z } from 'zod';
import { type Operation, operation } from '../../../service.ts';
import type { GlueArns } from '../arns.ts';
import { CatalogName } from '../catalog-schemas.ts';
import { ColumnStatistics, type StatisticsOf, type StatisticsStore } from '../statistics/statistics-store.ts';

const OfTable = { DatabaseName: CatalogName, TableName: CatalogName };
const OfPartition = { ...OfTable, PartitionValues: z.array(z.string().min(1).max(1024)) };
const List = { ColumnStatisticsList: z.array(ColumnStatistics).max(25) };
const Names = { ColumnNames: z.array(z.string()).max(100) };
const One = { ColumnName: z.string().min(1).max(255) };

interface Input {
  DatabaseName: string;
  TableName: string;
  PartitionValues?: string[];
}

const of = ({ DatabaseName, TableName, PartitionValues }: Input): StatisticsOf => ({
  database: DatabaseName,
  table: TableName,
  partitionValues: PartitionValues,
});

export function columnStatisticsOperations(store: StatisticsStore, arns: GlueArns): Record<string, Operation> {
  const access = (action: string) => (input: Input) => arns.onTable(action, input.DatabaseName, input.TableName);
  const update = async (input: Input & { ColumnStatisticsList: ColumnStatistics[] }) => {
    const unknown = await store.update(of(input), input.ColumnStatisticsList);
    return {
      Errors: unknown.map((one) => ({
        ColumnStatistics: one,
        Error: { ErrorCode: 'EntityNotFoundException', ErrorMessage: `Column ${one.ColumnName} not found.` },
      })),
    };
  };
  const get = (input: Input & { ColumnNames: string[] }) => {
    store.columnsOf(of(input));
    const found = input.ColumnNames.map((name) => ({ name, statistics: store.find(of(input), name) }));
    return {
      ColumnStatisticsList: found.flatMap(({ statistics }) => statistics ?? []),
      Errors: found
        .filter(({ statistics }) => !statistics)
        .map(({ name }) => ({
          ColumnName: name,
          Error: { ErrorCode: 'EntityNotFoundException', ErrorMessage: `Statistics of column ${name} not found.` },
        })),
    };
  };
  const remove = async (input: Input & { ColumnName: string }) => {
    await store.delete(of(input), input.ColumnName);
    return {};
  };
  return {
    UpdateColumnStatisticsForTable: operation({
      input: z.object({ ...OfTable, ...List }),
      access: access('UpdateColumnStatisticsForTable'),
      run: update,
    }),
    UpdateColumnStatisticsForPartition: operation({
      input: z.object({ ...OfPartition, ...List }),
      access: access('UpdateColumnStatisticsForPartition'),
      run: update,
    }),
    GetColumnStatisticsForTable: operation({
      input: z.object({ ...OfTable, ...Names }),
      access: access('GetColumnStatisticsForTable'),
      run: get,
    }),
    GetColumnStatisticsForPartition: operation({
      input: z.object({ ...OfPartition, ...Names }),
      access: access('GetColumnStatisticsForPartition'),
      run: get,
    }),
    DeleteColumnStatisticsForTable: operation({
      input: z.object({ ...OfTable, ...One }),
      access: access('DeleteColumnStatisticsForTable'),
      run: remove,
    }),
    DeleteColumnStatisticsForPartition: operation({
      input: z.object({ ...OfPartition, ...One }),
      access: access('DeleteColumnStatisticsForPartition'),
      run: remove,
    }),
  };
}
