import { duckType } from './dialect/duck-type.ts';
import { HIDDEN_TYPES, hiddenValue } from './hidden-columns.ts';
import { hiveToDuckType } from './hive-type.ts';
import { type JsonReading, jsonReading } from './json-source.ts';
import { quoteName, quoteText } from './session.ts';
import type { FileTable, TableColumn, TableFile, TableFormat } from './task.ts';
import { textField } from './text-field.ts';

/** A table of the catalog as a query of DuckDB's: its columns, with their declared types, over exactly its files. */
export function selectFiles(table: FileTable): string {
  if (table.files.length === 0) return selectNothing(table);
  const branches = byCompression(table).map((files) => selectBranch(table, files));
  return branches.join(' UNION ALL ');
}

function selectNothing(table: FileTable): string {
  const columns = [...table.columns, ...table.partitionColumns].map((column) => nullColumn(column));
  for (const column of table.hiddenColumns ?? [])
    columns.push(`CAST(NULL AS ${duckType(HIDDEN_TYPES[column])}) AS ${quoteName(column)}`);
  return `SELECT ${columns.join(', ')} WHERE false`;
}

function nullColumn(column: TableColumn): string {
  return `CAST(NULL AS ${hiveToDuckType(column.type)}) AS ${quoteName(column.name)}`;
}

/** Files are named by version, so their compression cannot be told from the name: one reader for each kind. */
function byCompression(table: FileTable): TableFile[][] {
  if (table.format.type === 'parquet') return [table.files];
  return [...Map.groupBy(table.files, (file) => file.compression).values()];
}

function selectBranch(table: FileTable, files: TableFile[]): string {
  const json = table.format.type === 'json' ? jsonReading(table.columns, table.format) : undefined;
  const columns = table.columns.map((column, index) => readColumn(column, table.format, index, json));
  table.partitionColumns.forEach((column, index) => {
    const value = valueByFile(files, ({ partition }) => literal(partition?.[index]));
    columns.push(`CAST(${value} AS ${hiveToDuckType(column.type)}) AS ${quoteName(column.name)}`);
  });
  for (const column of table.hiddenColumns ?? []) {
    const value = valueByFile(files, (file) => hiddenValue(column, file, table.partitionColumns));
    columns.push(`${value} AS ${quoteName(column)}`);
  }
  return `SELECT ${columns.join(', ')} FROM ${reader(table, files, json)}`;
}

/** A value that depends on the file only; a plain constant when all files agree, so that filters fold away. */
function valueByFile(files: TableFile[], valueFor: (file: TableFile) => string): string {
  const values = new Set(files.map(valueFor));
  if (values.size === 1) return valueFor(files[0] as TableFile);
  const entries = files.map((file) => `${quoteText(file.path)}: ${valueFor(file)}`);
  return `MAP {${entries.join(', ')}}[filename]`;
}

function literal(value: string | undefined): string {
  return value === undefined ? 'NULL' : quoteText(value);
}

function readColumn(column: TableColumn, format: TableFormat, index: number, json?: JsonReading): string {
  const name = quoteName(column.name);
  const value = json?.values.get(column.name) ?? fieldSql(column, format, index);
  const padded = /^char\s*\(\s*(\d+)\s*\)$/i.exec(column.type)?.[1];
  if (padded) return `rpad(${value}, ${padded}, ' ') AS ${name}`;
  return value === name ? name : `${value} AS ${name}`;
}

function fieldSql(column: TableColumn, format: TableFormat, index: number): string {
  const name = quoteName(column.name);
  const type = hiveToDuckType(column.type);
  if (format.type === 'parquet' || format.type === 'json') return name;
  if (format.type === 'regex') {
    const group = groupSql(column, format, index);
    return type === 'VARCHAR' ? group : `TRY_CAST(${group} AS ${type})`;
  }
  return textField(column, format, index);
}

function groupSql(column: TableColumn, { groupsOf }: TableFormat & { type: 'regex' }, index: number): string {
  const groups = groupsOf ? (groupsOf[column.name] ?? []) : [index + 1];
  return groups.length === 0 ? 'NULL' : `coalesce(${groups.map((group) => `groups_[${group}]`).join(', ')})`;
}

function reader(table: FileTable, files: TableFile[], json: JsonReading | undefined): string {
  const paths = `[${files.map((file) => quoteText(file.path)).join(', ')}]`;
  const compression = files[0]?.compression ?? 'uncompressed';
  switch (table.format.type) {
    case 'parquet':
      return table.format.isExact
        ? `read_parquet(${paths}, hive_partitioning = false)`
        : `read_parquet(${paths}, schema = ${parquetSchema(table.columns)})`;
    case 'csv':
      return readCsv(paths, compression, table.columns, table.format);
    case 'json':
      return `read_json(${paths}, format = 'newline_delimited', compression = ${quoteText(compression)}, filename = true,
        ignore_errors = ${table.format.ignoreMalformed}, ${jsonOptions(json)})`;
    case 'regex':
      return readLines(paths, compression, table.format);
  }
}

function jsonOptions(json: JsonReading | undefined): string {
  const columns = Object.entries(json?.read ?? {}).map(([key, type]) => `${quoteText(key)}: ${quoteText(type)}`);
  return `columns = {${columns.join(', ')}}${json?.isWhole ? ', records = false' : ''}`;
}

/** Lines as the groups of a pattern: `groups_` holds them, NULL for a line that does not match as a whole. */
function readLines(
  paths: string,
  compression: string,
  { pattern, skipLines }: TableFormat & { type: 'regex' },
): string {
  const lines = readCsv(paths, compression, [{ name: 'line_', type: 'string' }], {
    type: 'csv',
    delimiter: '\u001e\u001f',
    quote: '',
    escape: '',
    skipLines,
    nullText: '\u001e\u001e',
    strict: false,
  });
  return `(SELECT filename, trino_strings(js_regexp_groups(line_, ${quoteText(pattern)})) AS groups_ FROM ${lines}) AS lines_`;
}

/** Columns are found by name in each file; one that a file does not have is NULL there, as in Athena. */
function parquetSchema(columns: TableColumn[]): string {
  const entries = columns.map(({ name, type }) => {
    return `${quoteText(name)}: {name: ${quoteText(name)}, type: ${quoteText(hiveToDuckType(type))}, default_value: NULL}`;
  });
  return `MAP {${entries.join(', ')}}`;
}

function readCsv(
  paths: string,
  compression: string,
  columns: TableColumn[],
  format: TableFormat & { type: 'csv' },
): string {
  const options = [
    `delim = ${quoteText(format.delimiter)}`,
    `quote = ${quoteText(format.quote)}`,
    `escape = ${quoteText(format.escape)}`,
    `skip = ${format.skipLines}`,
    `compression = ${quoteText(compression)}`,
    `nullstr = ${quoteText(format.nullText ?? '\\N')}`,
    `columns = {${columns.map(({ name }) => `${quoteText(name)}: 'VARCHAR'`).join(', ')}}`,
    'auto_detect = false',
    'header = false',
    'filename = true',
    'null_padding = true',
    // Athena ignores fields beyond the last column.
    'strict_mode = false',
    'max_line_size = 33554432',
  ];
  return `read_csv(${paths}, ${options.join(', ')})`;
}
