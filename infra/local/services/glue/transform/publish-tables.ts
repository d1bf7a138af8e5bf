import type { TransformReport } from '../../../../../lib/languages/contract/transform-report.ts';
import type { PlannedTable } from '../../../../../lib/languages/job-graph/plan.ts';
import type { BuiltTables } from './build-tables.ts';
import { outputPath } from './graph-script.ts';
import type { PreparedTransform } from './prepare-transform.ts';
import { rowsKey, rowsMetadata, rowsOf, wholeTableKey } from './processed-table.ts';
import type { TransformJob } from './run-transform.ts';

const contentType = 'application/vnd.apache.parquet';

/** Puts what was built under its keys, or takes the file's rows away, and reports on every table. */
export async function publishTables(
  job: TransformJob,
  { plan }: PreparedTransform,
  built: BuiltTables,
): Promise<TransformReport> {
  const { args, files, workFolder } = job;
  const bucket = args.processedBucket;
  const key = rowsKey(args);
  if (args.mode === 'remove') await files.remove(bucket, key);
  else {
    const body = { adopt: outputPath(workFolder, plan.own) };
    await files.put({ bucket, key, body, contentType, metadata: rowsMetadata(args, built.rowsOut) });
  }
  for (const table of plan.wholeTables) {
    const metadata = { rows: String(built.wholeRows.get(table.name) ?? 0), sequencer: args.sequencer };
    const body = { adopt: outputPath(workFolder, table) };
    await files.put({ bucket, key: wholeTableKey(table.name), body, contentType, metadata });
  }
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
