import type { QualifiedName, Statement } from '../../../../../lib/languages/trino-sql/statement.ts';
import type { Column, Table } from '../../glue/catalog-schemas.ts';
import type { Outcome, StatementContext } from '../statement-context.ts';
import { isView, readView } from '../view.ts';
import { listing, matchesPattern } from './listing.ts';

type Of<T extends Statement['type']> = Extract<Statement, { type: T }>;

export async function showDatabases({ pattern }: Of<'SHOW_DATABASES'>, context: StatementContext): Promise<Outcome> {
  context.access.mayListDatabases();
  const names = context.catalog.listDatabases().map((database) => database.Name);
  return listing(
    ['database_name'],
    names.filter((name) => matchesPattern(name, pattern)).map((name) => [name]),
  );
}

export async function showTables(
  statement: Of<'SHOW_TABLES' | 'SHOW_VIEWS'>,
  context: StatementContext,
): Promise<Outcome> {
  const database = statement.database ?? context.execution.database;
  const tables = context.access
    .listTables(database)
    .filter((table) => statement.type === 'SHOW_TABLES' || isView(table));
  const names = tables.map((table) => table.Name).filter((name) => matchesPattern(name, statement.pattern));
  return listing(
    [statement.type === 'SHOW_TABLES' ? 'tab_name' : 'views'],
    names.map((name) => [name]),
  );
}

export async function showColumns({ table }: Of<'SHOW_COLUMNS'>, context: StatementContext): Promise<Outcome> {
  const columns = columnsOf(getTable(table, context));
  return listing(
    ['field'],
    columns.map((column) => [column.Name.padEnd(20)]),
  );
}

export async function showPartitions({ table }: Of<'SHOW_PARTITIONS'>, context: StatementContext): Promise<Outcome> {
  const { DatabaseName, Name, PartitionKeys = [] } = getTable(table, context);
  const partitions = context.catalog.listPartitions(DatabaseName, Name);
  const paths = partitions.map(({ Values }) =>
    PartitionKeys.map((key, index) => `${key.Name}=${Values[index]}`).join('/'),
  );
  return listing(
    ['partition'],
    paths.map((path) => [path]),
  );
}

export async function showProperties(statement: Of<'SHOW_TBLPROPERTIES'>, context: StatementContext): Promise<Outcome> {
  const parameters = Object.entries(getTable(statement.table, context).Parameters ?? {});
  const rows = parameters.filter(([name]) => statement.property === undefined || name === statement.property);
  return listing(['prpt_name', 'prpt_value'], rows);
}

/** Each line is one value, padded and tabbed as Hive prints it: clients split it themselves. */
export async function describe({ table }: Of<'DESCRIBE'>, context: StatementContext): Promise<Outcome> {
  const found = getTable(table, context);
  const line = (column: Column) => [
    [column.Name, column.Type ?? '', column.Comment ?? ''].map((text) => text.padEnd(20)).join('\t'),
  ];
  const rows = columnsOf(found).map(line);
  if (found.PartitionKeys?.length) {
    const heading = [
      '',
      '# Partition Information',
      `# ${'col_name'.padEnd(20)}\t${'data_type'.padEnd(20)}\t${'comment'.padEnd(20)}`,
    ];
    rows.push(...heading.map((text) => [text]), ...found.PartitionKeys.map(line));
  }
  return listing(['col_name', 'data_type', 'comment'], rows);
}

export async function showCreate(
  statement: Of<'SHOW_CREATE_TABLE' | 'SHOW_CREATE_VIEW'>,
  context: StatementContext,
): Promise<Outcome> {
  const table = getTable(statement.table, context);
  const text = isView(table)
    ? `CREATE VIEW ${table.DatabaseName}.${table.Name} AS\n${readView(table).originalSql}`
    : createTableText(table);
  return listing(
    ['createtab_stmt'],
    text.split('\n').map((line) => [line]),
  );
}

function getTable(name: QualifiedName, { access, execution }: StatementContext): Table {
  return access.getTable(name, execution.database);
}

function columnsOf(table: Table): Column[] {
  return [...(table.StorageDescriptor?.Columns ?? []), ...(table.PartitionKeys ?? [])];
}

function createTableText(table: Table): string {
  const { StorageDescriptor: storage = {}, PartitionKeys = [], Parameters = {} } = table;
  const column = ({ Name, Type, Comment }: Column) =>
    `  \`${Name}\` ${Type}${Comment ? ` COMMENT ${literal(Comment)}` : ''}`;
  const properties = (values: Record<string, string>) =>
    Object.entries(values).map(([name, value]) => `  ${literal(name)}=${literal(value)}`);
  const serde = storage.SerdeInfo;
  return [
    `CREATE EXTERNAL TABLE \`${table.DatabaseName}.${table.Name}\`(`,
    `${(storage.Columns ?? []).map(column).join(', \n')})`,
    ...(PartitionKeys.length ? ['PARTITIONED BY ( ', `${PartitionKeys.map(column).join(', \n')})`] : []),
    ...(serde?.SerializationLibrary ? ['ROW FORMAT SERDE ', `  ${literal(serde.SerializationLibrary)} `] : []),
    ...(serde?.Parameters && Object.keys(serde.Parameters).length
      ? ['WITH SERDEPROPERTIES ( ', `${properties(serde.Parameters).join(', \n')}) `]
      : []),
    ...(storage.InputFormat ? ['STORED AS INPUTFORMAT ', `  ${literal(storage.InputFormat)} `] : []),
    ...(storage.OutputFormat ? ['OUTPUTFORMAT ', `  ${literal(storage.OutputFormat)}`] : []),
    'LOCATION',
    `  ${literal(storage.Location ?? '')}`,
    'TBLPROPERTIES (',
    `${properties(Parameters).join(', \n')})`,
  ].join('\n');
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "\\'")}'`;
}
