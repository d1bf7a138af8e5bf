/** The rows of a file between two runs of the job: one that checked them, and one that makes them the table's. */
import { constants } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import {
  stagedPrefix,
  TransformReport,
  transformReportKey,
} from '../../../../../lib/languages/contract/transform-report.ts';
import type { ObjectVersion } from '../../s3/object-version.ts';
import type { JobFiles } from '../jobs/job-files.ts';
import { JobFailure } from '../jobs/job-run.ts';
import type { TransformArguments } from './transform-arguments.ts';

const stagedFolder = ({ execution }: TransformArguments): string => `${stagedPrefix}${execution}/`;

export const stagedKey = (args: TransformArguments): string => `${stagedFolder(args)}part-00000.parquet`;

export const stagedLocation = (args: TransformArguments): string =>
  `s3://${args.processedBucket}/${stagedFolder(args)}`;

export interface StagedRows {
  rows: ObjectVersion;
  /** Of the run that staged them. */
  report: TransformReport;
}

/** The rows that this execution has staged; undefined where they are in the table already, with the report. */
export async function openStagedRows(args: TransformArguments, files: JobFiles): Promise<StagedRows | undefined> {
  const report = await findReport(args, files);
  const isThere = files.find(args.processedBucket, stagedKey(args));
  if (report && isThere) return { rows: files.get(args.processedBucket, stagedKey(args)), report };
  // They go last: a run that was cut off behind that has done its work.
  if (report?.outcome === 'written') return undefined;
  throw new JobFailure(
    `The rows that this run has staged are gone: there is no s3://${args.processedBucket}/${stagedKey(args)}. Run the file again to stage them anew.`,
  );
}

async function findReport({ resultsBucket, execution }: TransformArguments, files: JobFiles) {
  const key = transformReportKey(execution);
  if (!files.find(resultsBucket, key)) return undefined;
  return TransformReport.parse(await files.readJson(resultsBucket, key));
}

/** Puts a copy where the run's own output would be; the staged object stays until the rows are published. */
export async function copyStagedRows(files: JobFiles, { rows }: StagedRows, path: string): Promise<void> {
  await copyFile(files.path(rows), path, constants.COPYFILE_FICLONE);
}
