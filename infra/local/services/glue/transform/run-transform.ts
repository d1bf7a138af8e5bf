/**
 * The transform job of this lake: what infra/jobs/transform.py is on Spark, with the same arguments and outputs.
 *
 * One engine task checks every row, writes the file's rows and then the tables over all files, all into a folder of
 * the run's own. Only when it is through are its files put under their keys, the file's rows first. So a file that
 * breaks the contract leaves no trace, and a run that is cut off and done again does the same again.
 */
import { mkdir, rm } from 'node:fs/promises';
import { type TransformReport, transformReportKey } from '../../../../../lib/languages/contract/transform-report.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { Catalog } from '../catalog.ts';
import type { JobFiles } from '../jobs/job-files.ts';
import { JobFailure } from '../jobs/job-run.ts';
import { buildTables } from './build-tables.ts';
import { prepareTransform } from './prepare-transform.ts';
import { isLater, rowsKey } from './processed-table.ts';
import { publishTables } from './publish-tables.ts';
import { openStagedRows, stagedKey } from './staged-rows.ts';
import type { TransformArguments } from './transform-arguments.ts';

export interface TransformJob {
  args: TransformArguments;
  files: JobFiles;
  catalog: Catalog;
  engine: Engine;
  /** The run's own; gone when it ends. */
  workFolder: string;
  signal: AbortSignal;
  log: (message: string) => void;
}

export async function runTransform(job: TransformJob): Promise<void> {
  const { args, files, log } = job;
  await mkdir(job.workFolder, { recursive: true });
  try {
    const report = await transform(job);
    if (!report) return;
    await files.put({
      bucket: args.resultsBucket,
      key: transformReportKey(args.execution),
      body: Buffer.from(JSON.stringify(report, null, 2)),
      contentType: 'application/json',
    });
    // Behind the report: as long as they are there, the run can be done again.
    if (args.mode === 'publish') await files.remove(args.processedBucket, stagedKey(args));
    log(`${report.outcome}: ${report.rowsOut} rows, ${report.tables.length} tables`);
  } finally {
    files.release();
    await rm(job.workFolder, { recursive: true, force: true });
  }
}

/** Answers nothing where an earlier try has published the rows, and reported. */
async function transform(job: TransformJob): Promise<TransformReport | undefined> {
  const { args, files, log } = job;
  const staged = args.mode === 'publish' ? await openStagedRows(args, files) : undefined;
  if (args.mode === 'publish' && !staged) {
    log('nothing to do: the rows are published');
    return undefined;
  }
  const superseded = { dataset: args.dataset, outcome: 'superseded', rowsIn: 0, rowsOut: 0, tables: [] } as const;
  const reason = supersededBy(args, files);
  if (reason) {
    log(`nothing to do: ${reason}`);
    return { ...superseded, tables: [] };
  }
  const prepared = await prepareTransform(args, files, job.catalog);
  log(`${args.mode} s3://${args.source.bucket}/${args.source.key} version ${args.sourceVersion}`);
  const built = await buildTables(job, prepared, staged);
  job.signal.throwIfAborted();
  return publishTables(job, prepared, built);
}

/** Events are delivered at least once, and in any order: the newest version of a key wins. */
function supersededBy(args: TransformArguments, files: JobFiles): string | undefined {
  const { source, mode } = args;
  const raw = files.find(source.bucket, source.key);
  if (mode === 'remove') return raw ? 'the file exists again' : undefined;
  if (!raw) return 'the file was deleted in the meantime';
  if (mode === 'publish' && raw.versionId !== args.sourceVersion) return 'the file was replaced while its rows waited';
  const existing = files.find(args.processedBucket, rowsKey(args))?.metadata.sequencer;
  return existing && isLater(existing, args.sequencer) ? 'rows of a newer version are there' : undefined;
}

/** For an engine's failure that is not the file's fault. */
export const engineFailure = (message: string): JobFailure =>
  new JobFailure(
    /No space left on device/i.test(message)
      ? `The disk of the lake is full. Make room, and run it again. (${message})`
      : message,
  );
