import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { type DuckDBConnection, type DuckDBPreparedStatement, StatementType } from '@duckdb/node-api';
import { isWordOverflow } from './dialect/decimals.ts';
import { textOf } from './dialect/text-of.ts';
import { EngineError } from './engine-error.ts';
import { hiveToDuckType } from './hive-type.ts';
import { withShapes } from './json-source.ts';
import { withExactness } from './parquet-shape.ts';
import { planJson, planLines } from './plan-text.ts';
import { resultColumn } from './result-column.ts';
import { scannedBytes } from './scanned-bytes.ts';
import { quoteName, quoteText, type Session, TRINO_SETTINGS } from './session.ts';
import { readShort, SHORT_ROWS_MAX, selectShort } from './short-result.ts';
import { selectFiles } from './table-source.ts';
import type { FileTable, QueryOutput, QueryResult, QueryTask, WrittenFormat } from './task.ts';
import { trinoPlan } from './trino-plan.ts';

export async function runQuery(task: QueryTask, session: Session): Promise<QueryResult> {
  const started = performance.now();
  const { connection } = session;
  const texts = task.columns.map(({ type }, index) => textOf(`c${index}`, type));
  if (!session.isLocked) await lockFor(task, session);
  const tables: FileTable[] = [];
  for (const table of await withShapes(task.tables, connection)) tables.push(await withExactness(table, connection));
  const views = tables.map((table) => ({ schema: table.schema, name: table.name, select: selectFiles(table) }));
  await session.provide([task.sql, task.exactSql ?? '', ...texts, ...views.map(({ select }) => select)].join('\n'));
  await session.show(views);
  const statement = await prepare(task, texts, connection);
  const bytes = await scannedBytes(task.sql, task.tables, connection);
  if (task.maxScannedBytes !== undefined && bytes > task.maxScannedBytes) {
    throw new EngineError('SCAN_LIMIT', `The query would scan ${bytes} bytes; the limit is ${task.maxScannedBytes}.`);
  }
  const planned = performance.now();
  const written = await write(task, statement, texts, connection).catch((error: Error) => {
    if (task.exactSql === undefined || !isWordOverflow(error.message)) throw error;
    return writeAgain({ ...task, sql: task.exactSql }, texts, connection);
  });
  return {
    columns: task.columns.map(({ name, type }) => resultColumn(name, type)),
    ...written,
    scannedBytes: bytes,
    planningMs: planned - started,
    executionMs: performance.now() - planned,
  };
}

async function lockFor(task: QueryTask, session: Session): Promise<void> {
  const tableFiles = task.tables.flatMap((table) => table.files.map((file) => file.path));
  await session.lock({
    files: [...tableFiles, ...(task.files ?? [])],
    outputFolder: outputFolder(task.output),
    settings: TRINO_SETTINGS,
  });
}

function outputFolder(output: QueryOutput): string {
  // A partitioned COPY looks at its folder from outside.
  return dirname(output.format === 'files' ? output.folder : output.path);
}

/** The statement that runs the query. What is prepared is one statement, and all that brackets can hold in it is a query. */
async function prepare(
  task: QueryTask,
  texts: string[],
  connection: DuckDBConnection,
): Promise<DuckDBPreparedStatement> {
  const { output, sql } = task;
  if (output.format === 'csv')
    return connection.prepare(isShort(task) ? selectShort(texts, resultOf(task)) : copyToCsv(task, output, texts));
  if (output.format === 'plan') {
    await refuseAllButSelect(sql, connection);
    return connection.prepare(`EXPLAIN (${output.run ? 'ANALYZE, ' : ''}FORMAT json) ${sql}`);
  }
  await mkdir(output.folder, { recursive: true });
  return connection.prepare(copyToFiles(task, output));
}

async function refuseAllButSelect(sql: string, connection: DuckDBConnection): Promise<void> {
  const statement = await connection.prepare(sql);
  const { statementType } = statement;
  statement.destroySync();
  if (statementType !== StatementType.SELECT) throw new EngineError('SQL', 'Only queries are allowed here.');
}

/** Runs a statement, and gives back at once what it holds: one that failed takes its file away when that happens. */
async function write(
  task: QueryTask,
  statement: DuckDBPreparedStatement,
  texts: string[],
  connection: DuckDBConnection,
): Promise<Pick<QueryResult, 'rowCount' | 'text' | 'files'>> {
  const { output } = task;
  if (output.format === 'csv' && isShort(task)) {
    const short = await readShort(statement).finally(() => statement.destroySync());
    if (!short) return writeAgain({ ...task, mostRows: undefined }, texts, connection);
    const text = headerOf(task) + short.lines;
    if (Buffer.byteLength(text) <= (output.textBytesMax ?? 0)) return { rowCount: short.rowCount, text };
    writeFileSync(output.path, text);
    return { rowCount: short.rowCount };
  }
  const reader = await statement.runAndReadAll().finally(() => statement.destroySync());
  switch (output.format) {
    case 'csv': {
      const rowCount = Number(reader.getRows()[0]?.[0] ?? 0);
      // The suffix stands in for the last row's line end; without a row it would be an empty line.
      if (rowCount === 0) writeFileSync(output.path, headerOf(task));
      return { rowCount, text: textOfFile(output) };
    }
    case 'plan':
      return { rowCount: await writePlan(task, output, JSON.parse(String(reader.getRows()[0]?.[1]))) };
    case 'files': {
      const [count, files] = reader.getRowsJson()[0] as [string, string[]];
      return { rowCount: Number(count), files: files.map((file) => relative(output.folder, file)) };
    }
  }
}

async function writeAgain(task: QueryTask, texts: string[], connection: DuckDBConnection) {
  const { output } = task;
  if (output.format === 'files') await rm(output.folder, { recursive: true, force: true });
  return write(task, await prepare(task, texts, connection), texts, connection);
}

// Nothing else is done in this process, so nothing waits for it.
function textOfFile({ path, textBytesMax = 0 }: QueryOutput & { format: 'csv' }): string | undefined {
  return statSync(path).size <= textBytesMax ? readFileSync(path, 'utf8') : undefined;
}

const isShort = ({ mostRows }: QueryTask): boolean => mostRows !== undefined && mostRows <= SHORT_ROWS_MAX;

const resultOf = ({ sql, columns }: QueryTask): string => `(${sql}) AS result(${listOf(columns)})`;

const listOf = (columns: unknown[]): string => columns.map((_, index) => `c${index}`).join(', ');

const headerOf = ({ columns }: QueryTask): string => `${columns.map(({ name }) => quoteName(name)).join(',')}\n`;

/** Every value is quoted and NULL is nothing at all, which is how Athena's result files tell it from ''. */
function copyToCsv(task: QueryTask, { path }: QueryOutput & { format: 'csv' }, texts: string[]): string {
  return `COPY (SELECT ${texts.join(', ')} FROM ${resultOf(task)})
    TO ${quoteText(path)} (FORMAT csv, HEADER false, FORCE_QUOTE *, NULLSTR '', PREFIX ${quoteText(headerOf(task))}, SUFFIX '\n')`;
}

function copyToFiles({ sql, columns }: QueryTask, output: QueryOutput & { format: 'files' }): string {
  const partition =
    output.partitionBy.length > 0 ? `, PARTITION_BY (${output.partitionBy.map(quoteName).join(', ')})` : '';
  const target = partition ? output.folder : `${output.folder}/data`;
  const written = output.columns.map(
    ({ name, type, source }) =>
      `CAST(${source === undefined ? 'NULL' : `c${source}`} AS ${hiveToDuckType(type)}) AS ${quoteName(name)}`,
  );
  return `COPY (SELECT ${written.join(', ')} FROM (${sql}) AS result(${listOf(columns)}))
    TO ${quoteText(target)} (${copyOptions(output.files)}, RETURN_FILES true${partition})`;
}

function copyOptions(files: WrittenFormat): string {
  switch (files.type) {
    case 'parquet':
      return `FORMAT parquet, COMPRESSION ${files.compression}`;
    case 'json':
      return `FORMAT json, COMPRESSION ${files.compression}`;
    case 'csv': {
      const quote =
        files.quote === ''
          ? `QUOTE ''`
          : `QUOTE ${quoteText(files.quote)}, ESCAPE ${quoteText(files.quote)}, FORCE_QUOTE *`;
      return `FORMAT csv, HEADER false, COMPRESSION ${files.compression}, DELIMITER ${quoteText(files.delimiter)}, ${quote}, NULLSTR ${quoteText(files.nullText)}`;
    }
  }
}

async function writePlan(
  { columns, tables }: QueryTask,
  { path, json }: QueryOutput & { format: 'plan' },
  plan: unknown,
): Promise<number> {
  const root = trinoPlan(plan, columns, tables);
  const shown = json ? JSON.stringify(planJson(root), null, 2).split('\n') : planLines(root);
  await writeFile(path, shown.map((line) => `${line}\n`).join(''));
  return shown.length;
}
