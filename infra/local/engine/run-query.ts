import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { StatementType } from '@duckdb/node-api';
import { textOf } from './dialect/text-of.ts';
import { EngineError } from './engine-error.ts';
import { hiveToDuckType } from './hive-type.ts';
import { withShapes } from './json-source.ts';
import { withExactness } from './parquet-shape.ts';
import { planJson, planLines } from './plan-text.ts';
import { resultColumn } from './result-column.ts';
import { scannedBytes } from './scanned-bytes.ts';
import { quoteName, quoteText, type Session } from './session.ts';
import { createView } from './table-source.ts';
import type { QueryOutput, QueryResult, QueryTask, WrittenFormat } from './task.ts';
import { trinoPlan } from './trino-plan.ts';

export async function runQuery(task: QueryTask, session: Session): Promise<QueryResult> {
  const started = performance.now();
  const { connection } = session;
  const texts = task.columns.map(({ type }, index) => textOf(`c${index}`, type));
  const views = task.tables.map(createView);
  await lockFor(task, session, [...texts, ...views]);
  for (const table of await withShapes(task.tables, connection)) {
    await connection.run(createView(await withExactness(table, connection)));
  }
  const statement = await connection.prepare(task.sql);
  try {
    if (statement.statementType !== StatementType.SELECT)
      throw new EngineError('SQL', 'Only queries are allowed here.');
  } finally {
    statement.destroySync();
  }
  const bytes = await scannedBytes(task.sql, task.tables, connection);
  if (task.maxScannedBytes !== undefined && bytes > task.maxScannedBytes) {
    throw new EngineError('SCAN_LIMIT', `The query would scan ${bytes} bytes; the limit is ${task.maxScannedBytes}.`);
  }
  const planned = performance.now();
  const written = await write(task, texts, session);
  return {
    columns: task.columns.map(({ name, type }) => resultColumn(name, type)),
    ...written,
    scannedBytes: bytes,
    planningMs: planned - started,
    executionMs: performance.now() - planned,
  };
}

async function lockFor(task: QueryTask, session: Session, uses: string[]): Promise<void> {
  const schemas = new Set(task.tables.map((table) => table.schema));
  const creates = [...schemas].map((schema) => `CREATE SCHEMA IF NOT EXISTS ${quoteName(schema)}`);
  if (creates.length > 0) await session.connection.run(creates.join(';'));
  const tableFiles = task.tables.flatMap((table) => table.files.map((file) => file.path));
  await session.lock({
    files: [...tableFiles, ...(task.files ?? [])],
    outputFolder: outputFolder(task.output),
    uses: [task.sql, ...uses].join('\n'),
  });
}

function outputFolder(output: QueryOutput): string {
  // A partitioned COPY looks at its folder from outside.
  return dirname(output.format === 'files' ? output.folder : output.path);
}

async function write(
  task: QueryTask,
  texts: string[],
  session: Session,
): Promise<{ rowCount: number; files?: string[] }> {
  const { output } = task;
  if (output.format === 'csv') return { rowCount: await writeCsv(task, output, texts, session) };
  if (output.format === 'plan') return { rowCount: await writePlan(task, output, session) };
  return writeFiles(task, output, session);
}

const listOf = (columns: unknown[]): string => columns.map((_, index) => `c${index}`).join(', ');

/** Every value is quoted and NULL is nothing at all, which is how Athena's result files tell it from ''. */
async function writeCsv(
  { sql, columns }: QueryTask,
  output: QueryOutput & { format: 'csv' },
  texts: string[],
  { connection }: Session,
): Promise<number> {
  const header = `${columns.map((column) => quoteName(column.name)).join(',')}\n`;
  const reader = await connection.runAndReadAll(
    `COPY (SELECT ${texts.join(', ')} FROM (${sql}) AS result(${listOf(columns)}))
     TO ${quoteText(output.path)} (FORMAT csv, HEADER false, FORCE_QUOTE *, NULLSTR '', PREFIX ${quoteText(header)}, SUFFIX '\n')`,
  );
  const rowCount = Number(reader.getRows()[0]?.[0] ?? 0);
  // The suffix stands in for the last row's line end; without a row it would be an empty line.
  if (rowCount === 0) await writeFile(output.path, header);
  return rowCount;
}

async function writeFiles(
  { sql, columns }: QueryTask,
  output: QueryOutput & { format: 'files' },
  { connection }: Session,
): Promise<{ rowCount: number; files: string[] }> {
  const partition =
    output.partitionBy.length > 0 ? `, PARTITION_BY (${output.partitionBy.map(quoteName).join(', ')})` : '';
  const target = partition ? output.folder : `${output.folder}/data`;
  await mkdir(output.folder, { recursive: true });
  const written = output.columns.map(
    ({ name, type, source }) =>
      `CAST(${source === undefined ? 'NULL' : `c${source}`} AS ${hiveToDuckType(type)}) AS ${quoteName(name)}`,
  );
  const reader = await connection.runAndReadAll(
    `COPY (SELECT ${written.join(', ')} FROM (${sql}) AS result(${listOf(columns)}))
     TO ${quoteText(target)} (${copyOptions(output.files)}, RETURN_FILES true${partition})`,
  );
  const [count, files] = reader.getRowsJson()[0] as [string, string[]];
  return { rowCount: Number(count), files: files.map((file) => relative(output.folder, file)) };
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
  { sql, columns, tables }: QueryTask,
  { path, run, json }: QueryOutput & { format: 'plan' },
  { connection }: Session,
): Promise<number> {
  const reader = await connection.runAndReadAll(`EXPLAIN (${run ? 'ANALYZE, ' : ''}FORMAT json) ${sql}`);
  const plan: unknown = JSON.parse(String(reader.getRows()[0]?.[1]));
  const root = trinoPlan(plan, columns, tables);
  const shown = json ? JSON.stringify(planJson(root), null, 2).split('\n') : planLines(root);
  await writeFile(path, shown.map((line) => `${line}\n`).join(''));
  return shown.length;
}
