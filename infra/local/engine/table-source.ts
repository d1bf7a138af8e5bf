import { hiveToDuckType } from './hive-type.ts';
import { quoteName, quoteText } from './session.ts';
import type { FileTable, TableColumn, TableFile, TableFormat } from './task.ts';

/** A table of the catalog as a DuckDB view: its columns, with their declared types, over exactly its files. */
export function createView(table: FileTable): string {
  const name = `${quoteName(table.schema)}.${quoteName(table.name)}`;
  return `CREATE VIEW ${name} AS ${selectFiles(table)}`;
}

/** The name under which `"$path"` is known inside the engine; no Glue column can have it. */
const PATH_COLUMN = '$path';

function selectFiles(table: FileTable): string {
  if (table.files.length === 0) return selectNothing(table);
  const branches = byCompression(table).map((files) => selectBranch(table, files));
  return branches.join(' UNION ALL ');
}

function selectNothing(table: FileTable): string {
  const columns = [...table.columns, ...table.partitionColumns].map((column) => nullColumn(column));
  if (table.withPath) columns.push(`CAST(NULL AS VARCHAR) AS ${quoteName(PATH_COLUMN)}`);
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
  const columns = table.columns.map((column, index) => readColumn(column, table.format, index));
  table.partitionColumns.forEach((column, index) => {
    const value = valueByFile(files, (file) => file.partition?.[index] ?? null);
    columns.push(`CAST(${value} AS ${hiveToDuckType(column.type)}) AS ${quoteName(column.name)}`);
  });
  if (table.withPath) columns.push(`${valueByFile(files, (file) => file.uri)} AS ${quoteName(PATH_COLUMN)}`);
  return `SELECT ${columns.join(', ')} FROM ${reader(table, files)}`;
}

/** A value that depends on the file only; a plain constant when all files agree, so that filters fold away. */
function valueByFile(files: TableFile[], valueFor: (file: TableFile) => string | null): string {
  const values = new Set(files.map(valueFor));
  const literal = (value: string | null) => (value === null ? 'NULL' : quoteText(value));
  if (values.size === 1) return literal(valueFor(files[0] as TableFile));
  const entries = files.map((file) => `${quoteText(file.path)}: ${literal(valueFor(file))}`);
  return `MAP {${entries.join(', ')}}[filename]`;
}

function readColumn(column: TableColumn, format: TableFormat, index: number): string {
  const name = quoteName(column.name);
  const value = fieldSql(column, format, index);
  const padded = /^char\s*\(\s*(\d+)\s*\)$/i.exec(column.type)?.[1];
  if (padded) return `rpad(${value}, ${padded}, ' ') AS ${name}`;
  return value === name ? name : `${value} AS ${name}`;
}

function fieldSql(column: TableColumn, format: TableFormat, index: number): string {
  const name = quoteName(column.name);
  const type = hiveToDuckType(column.type);
  if (format.type === 'json') return quoteName(format.keys?.[column.name] ?? column.name);
  if (format.type === 'parquet') return name;
  if (format.type === 'regex') {
    const group = `groups_[${index + 1}]`;
    return type === 'VARCHAR' ? group : `TRY_CAST(${group} AS ${type})`;
  }
  if (type === 'VARCHAR') return name;
  const nested = nestedText(name, column.type, format);
  if (nested) return nested;
  // An empty field is NULL for every type but string. LazySimpleSerDe gives NULL for what it cannot read, OpenCSVSerde
  // fails: https://docs.aws.amazon.com/athena/latest/ug/csv-serde.html
  return `${format.strict ? 'CAST' : 'TRY_CAST'}(nullif(${name}, '') AS ${type})`;
}

/** Arrays and maps of simple values in text: https://cwiki.apache.org/confluence/display/Hive/LanguageManual+DDL */
function nestedText(name: string, type: string, format: TableFormat & { type: 'csv' }): string | undefined {
  const [items, keys] = [quoteText(format.itemDelimiter ?? '\u0002'), quoteText(format.keyDelimiter ?? '\u0003')];
  const array = /^array\s*<\s*([^<>,]+)\s*>$/i.exec(type.trim());
  if (array)
    return `list_transform(string_split(nullif(${name}, ''), ${items}), lambda item: TRY_CAST(item AS ${hiveToDuckType(array[1] as string)}))`;
  const map = /^map\s*<\s*([^<>,]+)\s*,\s*([^<>]+)\s*>$/i.exec(type.trim());
  if (!map) return undefined;
  const part = (at: number, of: string) => `TRY_CAST(split_part(item, ${keys}, ${at}) AS ${hiveToDuckType(of)})`;
  return `map_from_entries(list_transform(string_split(nullif(${name}, ''), ${items}), lambda item: {'key': ${part(1, map[1] as string)}, 'value': ${part(2, map[2] as string)}}))`;
}

function reader(table: FileTable, files: TableFile[]): string {
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
        ignore_errors = ${table.format.ignoreMalformed}, columns = ${jsonColumns(table.columns, table.format.keys)})`;
    case 'regex':
      return readLines(paths, compression, table.format);
  }
}

function jsonColumns(columns: TableColumn[], keys: Record<string, string> = {}): string {
  return columnTypes(
    columns.map(({ name, type }) => ({ name: keys[name] ?? name, type })),
    (column) => hiveToDuckType(column.type),
  );
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
    `columns = ${columnTypes(columns, () => 'VARCHAR')}`,
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

function columnTypes(columns: TableColumn[], typeOf: (column: TableColumn) => string): string {
  return `{${columns.map((column) => `${quoteText(column.name)}: ${quoteText(typeOf(column))}`).join(', ')}}`;
}
