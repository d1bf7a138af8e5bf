import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { type DuckDBPreparedStatement, StatementType } from '@duckdb/node-api';
import { macroStatements } from './dialect/macros.ts';
import { EngineError } from './engine-error.ts';
import { hiveToDuckType } from './hive-type.ts';
import { resultColumn } from './result-column.ts';
import { DOUBLE_TEXT_MACROS, hasDouble, resultText } from './result-text.ts';
import { scannedBytes } from './scanned-bytes.ts';
import { quoteName, quoteText, type Session } from './session.ts';
import { createView } from './table-source.ts';
import type { FileTable, QueryOutput, QueryResult, QueryTask, ResultColumn } from './task.ts';

/** Where the translation could not know a column's position: it marks the name, and the position is filled in here. */
const UNNAMED_COLUMN = '_unnamed_column';

export async function runQuery(task: QueryTask, session: Session): Promise<QueryResult> {
  const started = performance.now();
  const { connection } = session;
  await lockFor(task, session);
  await connection.run([...macroStatements(task.macros), ...task.tables.map(createView)].join(';\n') || 'SELECT 1');
  const statement = await connection.prepare(task.sql);
  try {
    if (statement.statementType !== StatementType.SELECT)
      throw new EngineError('SQL', 'Only queries are allowed here.');
    const columns = columnsOf(statement);
    const bytes = await scannedBytes(task.sql, task.tables.filter(isFileTable), connection);
    if (task.maxScannedBytes !== undefined && bytes > task.maxScannedBytes) {
      throw new EngineError('SCAN_LIMIT', `The query would scan ${bytes} bytes; the limit is ${task.maxScannedBytes}.`);
    }
    const planned = performance.now();
    const written = await write(task, columns, statement, session);
    return {
      columns,
      ...written,
      scannedBytes: bytes,
      planningMs: planned - started,
      executionMs: performance.now() - planned,
    };
  } finally {
    statement.destroySync();
  }
}

async function lockFor(task: QueryTask, session: Session): Promise<void> {
  const schemas = new Set([task.defaultSchema, ...task.tables.map((table) => table.schema)]);
  await session.connection.run(
    [...schemas].map((schema) => `CREATE SCHEMA IF NOT EXISTS ${quoteName(schema)}`).join(';'),
  );
  const tableFiles = task.tables.filter(isFileTable).flatMap((table) => table.files.map((file) => file.path));
  await session.lock({
    files: [...tableFiles, ...(task.files ?? [])],
    outputFolder: outputFolder(task.output),
    settings: {
      search_path: `${quoteName(task.defaultSchema)},main`,
      // Trino's 7 / 2 is 3, and lambdas are written x -> y.
      integer_division: true,
      lambda_syntax: 'ENABLE_SINGLE_ARROW',
    },
  });
}

function isFileTable(table: { type: string }): table is FileTable {
  return table.type === 'files';
}

function columnsOf(statement: DuckDBPreparedStatement): ResultColumn[] {
  return Array.from({ length: statement.columnCount }, (_, index) => {
    const name = statement.columnName(index);
    return resultColumn(name.startsWith(UNNAMED_COLUMN) ? `_col${index}` : name, statement.columnType(index));
  });
}

function outputFolder(output: QueryOutput): string | undefined {
  switch (output.format) {
    case 'csv':
      return dirname(output.path);
    case 'parquet':
      // A partitioned COPY looks at its folder from outside.
      return dirname(output.folder);
    case 'none':
      return undefined;
  }
}

async function write(
  { sql, output }: QueryTask,
  columns: ResultColumn[],
  statement: DuckDBPreparedStatement,
  session: Session,
): Promise<{ rowCount: number; files?: string[] }> {
  switch (output.format) {
    case 'csv':
      return { rowCount: await writeCsv(sql, output, columns, statement, session) };
    case 'parquet':
      return writeParquet(sql, output, columns, session);
    case 'none':
      return { rowCount: 0 };
  }
}

/** Every value is quoted and NULL is nothing at all, which is how Athena's result files tell it from ''. */
async function writeCsv(
  sql: string,
  output: QueryOutput & { format: 'csv' },
  columns: ResultColumn[],
  statement: DuckDBPreparedStatement,
  { connection }: Session,
): Promise<number> {
  const types = columns.map((_, index) => statement.columnType(index));
  if (types.some(hasDouble)) await connection.run(DOUBLE_TEXT_MACROS.join(';'));
  const header = `${columns.map((column) => quoteName(column.name)).join(',')}\n`;
  const texts = types.map((type, index) => resultText(`c${index}`, type));
  const reader = await connection.runAndReadAll(
    `COPY (SELECT ${texts.join(', ')} FROM (${sql}) AS result(${columns.map((_, index) => `c${index}`).join(', ')}))
     TO ${quoteText(output.path)} (FORMAT csv, HEADER false, FORCE_QUOTE *, NULLSTR '', PREFIX ${quoteText(header)}, SUFFIX '\n')`,
  );
  const rowCount = Number(reader.getRows()[0]?.[0] ?? 0);
  // The suffix stands in for the last row's line end; without a row it would be an empty line.
  if (rowCount === 0) await writeFile(output.path, header);
  return rowCount;
}

async function writeParquet(
  sql: string,
  output: QueryOutput & { format: 'parquet' },
  columns: ResultColumn[],
  { connection }: Session,
): Promise<{ rowCount: number; files: string[] }> {
  const partition =
    output.partitionBy.length > 0 ? `, PARTITION_BY (${output.partitionBy.map(quoteName).join(', ')})` : '';
  const target = partition ? output.folder : `${output.folder}/data.parquet`;
  await mkdir(output.folder, { recursive: true });
  const written = output.columns.map(
    ({ name, type, source }) =>
      `CAST(${source === undefined ? 'NULL' : `c${source}`} AS ${hiveToDuckType(type)}) AS ${quoteName(name)}`,
  );
  const reader = await connection.runAndReadAll(
    `COPY (SELECT ${written.join(', ')} FROM (${sql}) AS result(${columns.map((_, index) => `c${index}`).join(', ')}))
     TO ${quoteText(target)} (FORMAT parquet, COMPRESSION ${output.compression}, RETURN_FILES true${partition})`,
  );
  const [count, files] = reader.getRowsJson()[0] as [string, string[]];
  return { rowCount: Number(count), files: files.map((file) => relative(output.folder, file)) };
}
