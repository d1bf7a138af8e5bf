import type { TransformReport } from '../../../../../lib/languages/contract/transform-report.ts';
import type { PlannedTable } from '../../../../../lib/languages/job-graph/plan.ts';
import type { BuiltTables } from './build-tables.ts';
import { outputPath } from './graph-script.ts';
import type { PreparedTransform } from './prepare-transform.ts';
import { isRowsOf, rowsFolder, rowsKey, rowsMetadata, rowsOf, wholeTableKey } from './processed-table.ts';
import type { TransformJob } from './run-transform.ts';
import { stagedKey, stagedLocation } from './staged-rows.ts';

const contentType = 'application/vnd.apache.parquet';

/** Puts what was built under its keys, or takes the file's rows away, and reports on every table. */
export async function publishTables(
  job: TransformJob,
  { plan }: PreparedTransform,
  built: BuiltTables,
): Promise<TransformReport> {
  const { args, files, workFolder } = job;
  if (args.mode === 'stage') return stageRows(job, plan.own, built);
  const bucket = args.processedBucket;
  const own = args.mode === 'remove' ? [] : [putRows(job, plan.own, built.rowsOut)];
  // Of a file that is replaced, the one object is; others of it are Spark's.
  const stale = files.list(bucket, rowsFolder(args)).filter(({ key }) => isRowsOf(args, key));
  const removed = stale.filter(({ key }) => args.mode === 'remove' || key !== rowsKey(args));
  const whole = plan.wholeTables.map((table) =>
    files.put({
      bucket,
      key: wholeTableKey(table.name),
      body: { adopt: outputPath(workFolder, table) },
      contentType,
      metadata: { rows: String(built.wholeRows.get(table.name) ?? 0), sequencer: args.sequencer },
    }),
  );
  // At once, so that they share the disk's one flush. A run that dies in between is done again.
  await Promise.all([...own, ...removed.map(({ key }) => files.remove(bucket, key)), ...whole]);
  return {
    dataset: args.dataset,
    outcome: args.mode === 'remove' ? 'removed' : 'written',
    rowsIn: built.rowsIn,
    rowsOut: built.rowsOut,
    tables: [
      tableReport(job, plan.own, built.nodesPerFile),
      ...plan.wholeTables.map((table) => tableReport(job, table, built.nodesOfWhole)),
    ],
  };
}

/** Leaves the file's rows beside the table. */
async function stageRows(job: TransformJob, own: PlannedTable, built: BuiltTables): Promise<TransformReport> {
  const { args } = job;
  const { size } = await putRows(job, own, built.rowsOut, stagedKey(args));
  const { rowsIn, rowsOut, nodesPerFile: nodes } = built;
  const { name, columns } = own;
  const table = { name, location: stagedLocation(args), columns, rows: rowsOut, sizeBytes: size, nodes };
  return { dataset: args.dataset, outcome: 'staged', rowsIn, rowsOut, tables: [table] };
}

function putRows({ args, files, workFolder }: TransformJob, own: PlannedTable, rows: number, key = rowsKey(args)) {
  const body = { adopt: outputPath(workFolder, own) };
  return files.put({
    bucket: args.processedBucket,
    key,
    body,
    contentType,
    metadata: rowsMetadata(args, rows),
  });
}

function tableReport(
  { args, files }: TransformJob,
  table: PlannedTable,
  nodes: TransformReport['tables'][number]['nodes'],
) {
  const parts = files.list(args.processedBucket, `${table.name}/`);
  return {
    name: table.name,
    location: table.location,
    columns: table.columns,
    rows: parts.reduce((sum, part) => sum + (rowsOf(part) ?? 0), 0),
    sizeBytes: parts.reduce((sum, { size }) => sum + size, 0),
    nodes,
  };
}
