import { compileGraph, parquetTableSql } from '../../../../../lib/languages/job-graph/compile-graph.ts';
import type { GraphNode } from '../../../../../lib/languages/job-graph/graph.ts';
import { EngineError } from '../../../engine/engine-error.ts';
import type { ScriptResult } from '../../../engine/task.ts';
import type { ObjectVersion } from '../../s3/object-version.ts';
import { JobFailure } from '../jobs/job-run.ts';
import { ContractViolationFailure } from './contract-violation.ts';
import { smallFileBytes } from './csv-sql.ts';
import { copyId, graphScript, type NodeRows, nodeRows, outputPath } from './graph-script.ts';
import { parquetProblemsSql, parquetViolation } from './parquet-problems.ts';
import { parquetColumnsSql } from './parquet-sql.ts';
import type { PreparedTransform } from './prepare-transform.ts';
import { isRowsOf, rowsOf } from './processed-table.ts';
import { engineFailure, type TransformJob } from './run-transform.ts';
import { scanFile } from './scan/scan-file.ts';
import { mustMatchContract, type Source, sourceSql } from './source.ts';
import { copyStagedRows, type StagedRows } from './staged-rows.ts';

export interface BuiltTables {
  /** Of the file, as it was read; 0 when it was removed. */
  rowsIn: number;
  rowsOut: number;
  nodesPerFile: NodeRows[];
  nodesOfWhole: NodeRows[];
  wholeRows: Map<string, number>;
}

/** Writes all tables of the plan into the work folder; throws a ContractViolationFailure at a row that breaks it. */
export async function buildTables(
  job: TransformJob,
  complete: PreparedTransform,
  staged?: StagedRows,
): Promise<BuiltTables> {
  if (staged) return buildAround(job, complete, staged);
  const prepared = job.args.mode === 'stage' ? withoutWhole(complete) : complete;
  if (job.args.mode === 'remove') return runGraph(job, prepared, undefined);
  const source = await openSource(job, prepared);
  mustMatchContract(source);
  const sql = sourceSql(source);
  if (sql === undefined) return runGraph(job, prepared, await plainCopy(job, source));
  try {
    return await runGraph(job, prepared, { ...source, sql });
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'SQL') throw asFailure(error);
    return afterStop(job, prepared, source, error);
  }
}

/** Tables over all files wait until the file is one of them. */
function withoutWhole(prepared: PreparedTransform): PreparedTransform {
  return { ...prepared, plan: { ...prepared.plan, whole: [], wholeTables: [] } };
}

/** The tables over all files, of which the staged rows are those of one. */
async function buildAround(job: TransformJob, prepared: PreparedTransform, staged: StagedRows): Promise<BuiltTables> {
  const { plan } = prepared;
  const { rowsIn, rowsOut, tables } = staged.report;
  const built = await runGraph(job, prepared, undefined, [staged.rows]);
  await copyStagedRows(job.files, staged, outputPath(job.workFolder, plan.own));
  return { ...built, rowsIn, rowsOut, nodesPerFile: tables[0]?.nodes ?? [] };
}

interface FileInput {
  path: string;
  sql: string;
  isSmall: boolean;
}

async function openSource(job: TransformJob, { contract }: PreparedTransform): Promise<Source> {
  const { args, files, engine } = job;
  const version = files.get(args.source.bucket, args.source.key, args.sourceVersion);
  const source = { path: files.path(version), format: args.format, contract, isSmall: version.size < smallFileBytes };
  if (args.format.type !== 'parquet') return source;
  const statement = { id: 'columns', sql: parquetColumnsSql(source.path), rows: true };
  const task = { type: 'script' as const, statements: [statement], files: [source.path] };
  const { statements } = await engine.run(task, { signal: job.signal }).catch((error) => {
    throw asFailure(error);
  });
  const rows = statements[0]?.rows ?? [];
  return {
    ...source,
    parquetColumns: rows.map((row) => ({ name: String(row.column_name), type: String(row.column_type) })),
  };
}

/** The engine could not read the file through: says what the contract's checker finds, or reads a plain copy. */
async function afterStop(
  job: TransformJob,
  prepared: PreparedTransform,
  source: Source,
  stop: EngineError,
): Promise<BuiltTables> {
  if (stop.statementId?.startsWith('copy:') && stop.statementId !== copyId(prepared.plan.own))
    throw engineFailure(stop.message);
  if (/No space left on device/i.test(stop.message)) throw engineFailure(stop.message);
  job.log(`the engine stopped (${firstLine(stop.message)}); the file is read row by row`);
  if (source.format.type === 'parquet') throw await parquetFailure(job, source, stop);
  const copy = await plainCopy(job, source);
  if (source.format.type === 'combined-log') throw engineFailure(stop.message);
  return runGraph(job, prepared, copy).catch((error) => {
    throw asFailure(error);
  });
}

/** Throws a ContractViolationFailure where there is something wrong. */
async function plainCopy(job: TransformJob, { path, format, contract }: Source): Promise<FileInput> {
  const copyPath = `${job.workFolder}/source.csv`;
  const { problems, problemCount } = await scanFile({ path, format, contract, copyPath }, job.signal);
  if (problemCount > 0) throw new ContractViolationFailure({ problems, problemCount });
  const header =
    format.type === 'csv' ? format.header : contract.schema[0].properties.map(({ physicalName }) => physicalName);
  const plain = { type: 'csv', delimiter: ',', quote: '"', encoding: 'utf-8', header } as const;
  return {
    path: copyPath,
    sql: sourceSql({ path: copyPath, format: plain, contract, isSmall: false }) as string,
    isSmall: false,
  };
}

async function parquetFailure(job: TransformJob, source: Source, stop: EngineError): Promise<Error> {
  const sql = parquetProblemsSql(source.path, source.parquetColumns ?? [], source.contract);
  const task = { type: 'script' as const, statements: [{ id: 'problems', sql, rows: true }], files: [source.path] };
  const { statements } = await job.engine.run(task, { signal: job.signal });
  const violation = parquetViolation(statements[0]?.rows ?? [], source.contract);
  return violation.problemCount > 0 ? new ContractViolationFailure(violation) : engineFailure(stop.message);
}

async function runGraph(
  job: TransformJob,
  { plan, columns }: PreparedTransform,
  input: FileInput | undefined,
  /** Rows that are the table's as soon as this run is done. */
  coming: ObjectVersion[] = [],
): Promise<BuiltTables> {
  const { workFolder: folder } = job;
  const isWhole = plan.wholeTables.length > 0;
  const others = isWhole || input === undefined ? [...otherParts(job), ...coming] : [];
  const paths = others.map((part) => job.files.path(part));
  const catalog = catalogParts(job, plan.catalogSources);
  const compiled = compileGraph(plan, columns, {
    datasetSql: input?.sql ?? '',
    catalogSql: (node) =>
      parquetTableSql(
        (catalog.get(node.id) ?? []).map((part) => job.files.path(part)),
        columns.get(node.id) ?? [],
      ),
    ownTableSql: parquetTableSql(input ? [...paths, outputPath(folder, plan.own)] : paths, plan.own.columns),
  });
  const files = [
    ...(input ? [input.path] : []),
    ...paths,
    ...[...catalog.values()].flat().map((part) => job.files.path(part)),
  ];
  const otherRows = others.reduce<number | undefined>((sum, part) => add(sum, rowsOf(part)), 0);
  const statements = graphScript({
    plan,
    compiled,
    outputFolder: folder,
    file: input,
    knownOfWhole: otherRows === undefined ? [] : [plan.own.feederId],
  });
  const result = await job.engine.run(
    { type: 'script', statements, files, outputFolder: folder },
    { signal: job.signal },
  );
  const rowsOut = writtenRows(result, plan.own);
  const wholeRows = new Map(plan.wholeTables.map((table) => [table.name, writtenRows(result, table)]));
  const nodesPerFile = input ? nodeRows('file', compiled.perFile, result, new Map([[plan.own.feederId, rowsOut]])) : [];
  const known = new Map(plan.wholeTables.map((table) => [table.feederId, writtenRows(result, table)]));
  if (otherRows !== undefined) known.set(plan.own.feederId, otherRows + rowsOut);
  return {
    rowsIn: nodesPerFile.find(({ id }) => id === plan.perFile[0]?.id)?.rows ?? rowsOut,
    rowsOut,
    nodesPerFile,
    nodesOfWhole: nodeRows('whole', compiled.whole, result, known),
    wholeRows,
  };
}

/** The rows of the dataset's other files. */
function otherParts({ args, files }: TransformJob): ObjectVersion[] {
  const parts = files.list(args.processedBucket, `${args.dataset}/`);
  return parts.filter(({ key }) => key.endsWith('.parquet') && !isRowsOf(args, key));
}

/** The objects of each table of the catalog that the graph reads. */
function catalogParts({ catalog, files }: TransformJob, sources: GraphNode[]): Map<string, ObjectVersion[]> {
  return new Map(
    sources.map((node) => {
      const { Database = '', Table = '' } = node.settings as { Database?: string; Table?: string };
      const location = catalog.findTable(Database, Table)?.StorageDescriptor?.Location ?? '';
      const [, bucket, prefix] = /^s3:\/\/([^/]+)\/(.*)$/.exec(location) ?? [];
      if (!bucket) throw new JobFailure(`Table ${Database}.${Table} has no location in S3.`);
      return [node.id, files.list(bucket, prefix ?? '').filter(({ key }) => key.endsWith('.parquet'))];
    }),
  );
}

function writtenRows(result: ScriptResult, table: { name: string }): number {
  return result.statements.find(({ id }) => id === copyId(table))?.rowCount ?? 0;
}

function asFailure(error: unknown): unknown {
  if (!(error instanceof EngineError) || error.code === 'CANCELLED') return error;
  return engineFailure(error.message);
}

const add = (sum: number | undefined, rows: number | undefined): number | undefined =>
  sum === undefined || rows === undefined ? undefined : sum + rows;

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';
