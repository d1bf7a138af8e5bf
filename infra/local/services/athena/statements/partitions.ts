import { SqlError } from '../../../../../lib/languages/trino-sql/sql-error.ts';
import type { PartitionSpec, Statement } from '../../../../../lib/languages/trino-sql/statement.ts';
import type { Table } from '../../glue/catalog-schemas.ts';
import { addPartitions } from '../parquet-table.ts';
import { findS3Location } from '../s3-location.ts';
import type { Outcome, StatementContext } from '../statement-context.ts';
import { partitionLocation } from './create-table-as.ts';
import { listing } from './listing.ts';

type Of<T extends Statement['type']> = Extract<Statement, { type: T }>;

export async function addPartition(statement: Of<'ADD_PARTITION'>, context: StatementContext): Promise<Outcome> {
  const table = context.access.getTable(statement.table, context.execution.database);
  const added = statement.partitions.map((spec) => ({ values: valuesOf(spec, table), location: spec.location }));
  const known = added.find(({ values }) => context.catalog.findPartition(table.DatabaseName, table.Name, values));
  if (known && !statement.ifNotExists)
    throw new SqlError('ALREADY_EXISTS', `Partition already exists: ${known.values.join('/')}`);
  await add(table, added, context);
  return listing([]);
}

export async function dropPartition(statement: Of<'DROP_PARTITION'>, context: StatementContext): Promise<Outcome> {
  const table = context.access.getTable(statement.table, context.execution.database);
  for (const spec of statement.partitions) {
    const PartitionValues = valuesOf(spec, table);
    const isKnown = context.catalog.findPartition(table.DatabaseName, table.Name, PartitionValues) !== undefined;
    if (!isKnown && !statement.ifExists)
      throw new SqlError('NOT_FOUND', `Partition not found: ${PartitionValues.join('/')}`);
    if (isKnown)
      await context.glue('DeletePartition', {
        DatabaseName: table.DatabaseName,
        TableName: table.Name,
        PartitionValues,
      });
  }
  return listing([]);
}

/** MSCK REPAIR TABLE: adds the partitions whose folders (`key=value/`) are there and which the catalog does not know. */
export async function repairTable(statement: Of<'REPAIR_TABLE'>, context: StatementContext): Promise<Outcome> {
  const table = context.access.getTable(statement.table, context.execution.database);
  const keys = (table.PartitionKeys ?? []).map((key) => key.Name);
  const root = findS3Location(table.StorageDescriptor?.Location);
  if (!root || keys.length === 0) return listing(['result']);
  context.access.mayList(root.bucket, root.prefix);
  const found = new Map<string, string[]>();
  for (const { key } of context.store.list(root.bucket, root.prefix)) {
    const folders = key.slice(root.prefix.length).split('/').slice(0, keys.length);
    const isPartition = keys.every((name, index) => folders[index]?.toLowerCase().startsWith(`${name}=`));
    if (isPartition)
      found.set(
        folders.join('/'),
        folders.map((folder) => decodeURIComponent(folder.slice(folder.indexOf('=') + 1))),
      );
  }
  const unknown = [...found].filter(
    ([, values]) => !context.catalog.findPartition(table.DatabaseName, table.Name, values),
  );
  const added = unknown.map(([path, values]) => ({ values, location: `s3://${root.bucket}/${root.prefix}${path}/` }));
  await add(table, added, context);
  const lines = unknown.map(([path]) => [`Repair: Added partition to metastore ${table.Name}:${path}`]);
  if (lines.length > 0)
    lines.unshift([`Partitions not in metastore:\t${unknown.map(([path]) => `${table.Name}:${path}`).join('\t')}`]);
  return listing(['result'], lines);
}

export function valuesOf({ values }: PartitionSpec, table: Table): string[] {
  const keys = (table.PartitionKeys ?? []).map((key) => key.Name);
  const given = new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));
  if (keys.length !== given.size || !keys.every((key) => given.has(key))) {
    throw new SqlError('INVALID_PARTITION_VALUE', `The partition must have a value for each of: ${keys.join(', ')}`);
  }
  return keys.map((key) => given.get(key) as string);
}

async function add(
  table: Table,
  added: { values: string[]; location?: string }[],
  { glue }: StatementContext,
): Promise<void> {
  const { DatabaseName, Name: TableName, StorageDescriptor: storage = {}, PartitionKeys = [] } = table;
  const keys = PartitionKeys.map((key) => key.Name);
  const partitions = added.map(({ values, location }) => ({
    values,
    storage: { ...storage, Location: location ?? partitionLocation(storage.Location ?? '', keys, values) },
  }));
  await addPartitions(glue, { DatabaseName, TableName }, partitions);
}
