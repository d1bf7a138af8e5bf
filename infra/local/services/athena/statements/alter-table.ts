import type { ColumnDefinition } from '../../../../../lib/languages/trino-sql/create-table.ts';
import { SqlError } from '../../../../../lib/languages/trino-sql/sql-error.ts';
import type { QualifiedName, Statement } from '../../../../../lib/languages/trino-sql/statement.ts';
import { hiveToType } from '../../../engine/hive-type.ts';
import type { Partition, StorageDescriptor, Table } from '../../glue/catalog-schemas.ts';
import { findS3Location } from '../s3-location.ts';
import type { Outcome, StatementContext } from '../statement-context.ts';
import { isView } from '../view.ts';
import { listing } from './listing.ts';
import { valuesOf } from './partitions.ts';

type Of<T extends Statement['type']> = Extract<Statement, { type: T }>;

/** https://docs.aws.amazon.com/athena/latest/ug/alter-table-add-columns.html, …/alter-table-replace-columns.html */
export async function alterColumns(
  { type, table, columns }: Of<'ADD_COLUMNS' | 'REPLACE_COLUMNS'>,
  context: StatementContext,
): Promise<Outcome> {
  const found = getTable(table, context);
  const { StorageDescriptor: storage = {} } = found;
  const kept = type === 'ADD_COLUMNS' ? (storage.Columns ?? []) : [];
  const added = columns.map(columnOf);
  const names = [...kept, ...added, ...(found.PartitionKeys ?? [])].map((column) => column.Name.toLowerCase());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new SqlError('DUPLICATE_COLUMN_NAME', `Duplicate column name: ${twice}`);
  await update(found, { StorageDescriptor: { ...storage, Columns: [...kept, ...added] } }, context);
  return listing([]);
}

/** https://docs.aws.amazon.com/athena/latest/ug/alter-table-set-tblproperties.html */
export async function setProperties(
  { table, properties }: Of<'SET_TBLPROPERTIES'>,
  context: StatementContext,
): Promise<Outcome> {
  const found = getTable(table, context);
  await update(found, { Parameters: { ...found.Parameters, ...properties } }, context);
  return listing([]);
}

/** https://docs.aws.amazon.com/athena/latest/ug/alter-table-set-location.html */
export async function setLocation(
  { table, partition, location }: Of<'SET_LOCATION'>,
  context: StatementContext,
): Promise<Outcome> {
  if (!findS3Location(location)) throw new SqlError('INVALID_TABLE_PROPERTY', `Not an S3 path: ${location}`);
  const found = getTable(table, context);
  if (partition) {
    const known = getPartition(found, valuesOf(partition, found), context);
    const storage = { ...(known.StorageDescriptor ?? found.StorageDescriptor), Location: location };
    await updatePartition(found, known.Values, known.Values, storage, context);
  } else await update(found, { StorageDescriptor: { ...found.StorageDescriptor, Location: location } }, context);
  return listing([]);
}

/** https://docs.aws.amazon.com/athena/latest/ug/alter-table-rename-partition.html */
export async function renamePartition(
  { table, from, to }: Of<'RENAME_PARTITION'>,
  context: StatementContext,
): Promise<Outcome> {
  const found = getTable(table, context);
  const known = getPartition(found, valuesOf(from, found), context);
  await updatePartition(found, known.Values, valuesOf(to, found), known.StorageDescriptor ?? {}, context);
  return listing([]);
}

function getTable(name: QualifiedName, { access, execution }: StatementContext): Table {
  const table = access.getTable(name, execution.database);
  if (isView(table))
    throw new SqlError('NOT_SUPPORTED', `'${table.DatabaseName}.${table.Name}' is a view, and not a table`);
  return table;
}

function getPartition(table: Table, values: string[], { catalog }: StatementContext): Partition {
  const partition = catalog.findPartition(table.DatabaseName, table.Name, values);
  if (!partition) throw new SqlError('NOT_FOUND', `Partition not found: ${values.join('/')}`);
  return partition;
}

function columnOf({ name, type, comment }: ColumnDefinition) {
  try {
    hiveToType(type);
  } catch (cause) {
    throw Object.assign(new SqlError('TYPE_NOT_FOUND', `Unknown type '${type}' of column '${name}'`), { cause });
  }
  return { Name: name, Type: type, Comment: comment };
}

async function update(table: Table, change: Partial<Table>, { glue }: StatementContext): Promise<void> {
  const {
    DatabaseName,
    Name,
    Description,
    Owner,
    Retention,
    TableType,
    Parameters,
    PartitionKeys,
    StorageDescriptor: storage,
  } = table;
  const TableInput = {
    Name,
    Description,
    Owner,
    Retention,
    TableType,
    Parameters,
    PartitionKeys,
    StorageDescriptor: storage,
    ...change,
  };
  await glue('UpdateTable', { DatabaseName, TableInput });
}

async function updatePartition(
  table: Table,
  from: string[],
  to: string[],
  storage: StorageDescriptor,
  { glue }: StatementContext,
): Promise<void> {
  await glue('UpdatePartition', {
    DatabaseName: table.DatabaseName,
    TableName: table.Name,
    PartitionValueList: from,
    PartitionInput: { Values: to, StorageDescriptor: storage },
  });
}
