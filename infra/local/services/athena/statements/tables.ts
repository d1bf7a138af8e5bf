import {
  type ColumnDefinition,
  type CreateTable,
  parseCreateTable,
} from '../../../../../lib/languages/trino-sql/create-table.ts';
import { SqlError } from '../../../../../lib/languages/trino-sql/sql-error.ts';
import type { QualifiedName, Statement } from '../../../../../lib/languages/trino-sql/statement.ts';
import { hiveToDuckType } from '../../../engine/hive-type.ts';
import type { Table } from '../../glue/catalog-schemas.ts';
import { findS3Location } from '../s3-location.ts';
import type { Outcome, StatementContext } from '../statement-context.ts';
import { isView, writeView } from '../view.ts';
import { listing } from './listing.ts';
import { asTableColumns, describeQuery } from './write-query.ts';

type Of<T extends Statement['type']> = Extract<Statement, { type: T }>;

const SERDES: Record<string, { library: string; input: string; output: string }> = {
  PARQUET: {
    library: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
    input: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
    output: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
  },
  TEXTFILE: {
    library: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
    input: 'org.apache.hadoop.mapred.TextInputFormat',
    output: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
  },
  JSONFILE: {
    library: 'org.openx.data.jsonserde.JsonSerDe',
    input: 'org.apache.hadoop.mapred.TextInputFormat',
    output: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
  },
};

/** https://docs.aws.amazon.com/athena/latest/ug/create-table.html */
export async function createTable(statement: Of<'CREATE_TABLE'>, context: StatementContext): Promise<Outcome> {
  const definition = parseCreateTable(statement.tokens);
  if (!statement.isExternal) {
    throw new SqlError('NOT_SUPPORTED', 'Only external tables are supported by the local lake: CREATE EXTERNAL TABLE');
  }
  checkDefinition(definition);
  const { Name: DatabaseName } = context.access.getDatabase(definition.table, context.execution.database);
  if (context.catalog.findTable(DatabaseName, definition.table.name)) {
    if (definition.ifNotExists) return listing([]);
    throw new SqlError('TABLE_ALREADY_EXISTS', `Table ${DatabaseName}.${definition.table.name} already exists`);
  }
  await context.glue('CreateTable', { DatabaseName, TableInput: tableInput(definition) });
  return listing([]);
}

function checkDefinition({ columns, partitionColumns, location, properties, delimited }: CreateTable): void {
  if (!findS3Location(location)) {
    throw new SqlError(
      'INVALID_TABLE_PROPERTY',
      `No location was specified for table. An S3 location must be specified: LOCATION 's3://…/'`,
    );
  }
  if (properties.table_type?.toUpperCase() === 'ICEBERG')
    throw new SqlError('NOT_SUPPORTED', 'Iceberg tables are not supported by the local lake');
  if ((delimited?.['line.delim'] ?? '\n') !== '\n')
    throw new SqlError('NOT_SUPPORTED', "LINES TERMINATED BY only supports newline '\\n' right now");
  const names = [...columns, ...partitionColumns].map((column) => column.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new SqlError('DUPLICATE_COLUMN_NAME', `Duplicate column name ${twice} in the table definition.`);
  for (const { type, name } of [...columns, ...partitionColumns]) {
    try {
      hiveToDuckType(type);
    } catch (cause) {
      throw Object.assign(new SqlError('TYPE_NOT_FOUND', `Unknown type '${type}' of column '${name}'`), { cause });
    }
  }
}

function tableInput(definition: CreateTable) {
  const { storedAs = 'TEXTFILE', serde, delimited, location, properties, comment } = definition;
  const format = SERDES[storedAs] ?? SERDES.TEXTFILE;
  if (!SERDES[storedAs] && !serde)
    throw new SqlError('NOT_SUPPORTED', `STORED AS ${storedAs} is not supported by the local lake`);
  const column = ({ name, type, comment: text }: ColumnDefinition) => ({ Name: name, Type: type, Comment: text });
  return {
    Name: definition.table.name,
    Description: comment,
    TableType: 'EXTERNAL_TABLE',
    Parameters: { EXTERNAL: 'TRUE', ...properties },
    PartitionKeys: definition.partitionColumns.map(column),
    StorageDescriptor: {
      Columns: definition.columns.map(column),
      Location: location,
      InputFormat: format?.input,
      OutputFormat: format?.output,
      SerdeInfo: {
        SerializationLibrary: serde?.library ?? format?.library,
        Parameters: { 'serialization.format': delimited?.['field.delim'] ?? '1', ...delimited, ...serde?.properties },
      },
    },
  };
}

export async function dropTable(
  { table, ifExists, type }: Of<'DROP_TABLE' | 'DROP_VIEW'>,
  context: StatementContext,
): Promise<Outcome> {
  const found = findTable(table, context);
  const what = type === 'DROP_VIEW' ? 'View' : 'Table';
  if (!found) {
    if (ifExists) return listing([]);
    throw new SqlError(
      `${what.toUpperCase()}_NOT_FOUND`,
      `${what} '${table.schema ?? context.execution.database}.${table.name}' does not exist`,
    );
  }
  if (isView(found) !== (type === 'DROP_VIEW')) {
    throw new SqlError(
      'NOT_SUPPORTED',
      `'${found.DatabaseName}.${found.Name}' is ${isView(found) ? 'a view: use DROP VIEW' : 'a table: use DROP TABLE'}`,
    );
  }
  await context.glue('DeleteTable', { DatabaseName: found.DatabaseName, Name: found.Name });
  return listing([]);
}

/** A view is checked by describing its query, and kept as text: it sees its tables as they are when it is read. */
export async function createView(
  { table, orReplace, query }: Of<'CREATE_VIEW'>,
  context: StatementContext,
): Promise<Outcome> {
  const { execution, access, glue } = context;
  const { Name: DatabaseName } = access.getDatabase(table, execution.database);
  const found = findTable(table, context);
  if (found && (!orReplace || !isView(found))) {
    throw new SqlError(
      'TABLE_ALREADY_EXISTS',
      `${isView(found) ? 'View' : 'Table'} already exists: '${DatabaseName}.${table.name}'`,
    );
  }
  const described = await describeQuery(query, context);
  const columns = asTableColumns(described);
  const TableInput = {
    Name: table.name,
    TableType: 'VIRTUAL_VIEW',
    Parameters: { presto_view: 'true', comment: 'Presto View' },
    PartitionKeys: [],
    StorageDescriptor: {
      Columns: columns.map(({ name, type }) => ({ Name: name, Type: type })),
      Location: '',
      SerdeInfo: {},
    },
    ViewOriginalText: writeView({
      originalSql: query,
      catalog: execution.catalog,
      schema: execution.database,
      columns: described.map(({ name, fullType }) => ({ name, type: fullType })),
    }),
    ViewExpandedText: '/* Presto View */',
  };
  await glue(found ? 'UpdateTable' : 'CreateTable', { DatabaseName, TableInput });
  return listing([]);
}

function findTable({ schema, name }: QualifiedName, { catalog, execution }: StatementContext): Table | undefined {
  return catalog.findTable(schema ?? execution.database, name);
}
