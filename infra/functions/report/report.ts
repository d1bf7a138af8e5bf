import type { GlueClient } from '@aws-sdk/client-glue';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { SFNClient } from '@aws-sdk/client-sfn';
import { lastDays, startOfDay } from '../../../lib/languages/quality/days.ts';
import { presentRecords } from '../../../lib/languages/quality/present-records.ts';
import { countRunsOf } from '../../../lib/languages/quality/report/count-runs.ts';
import {
  keptReportKey,
  type ReportFormatName,
  SCHEDULED_DAYS,
} from '../../../lib/languages/quality/report/kept-report.ts';
import { makeReport, type QualityReport } from '../../../lib/languages/quality/report/report.ts';
import { reportCsv } from '../../../lib/languages/quality/report/report-csv.ts';
import { reportPdf } from '../../../lib/languages/quality/report/report-pdf.ts';
import type { ReportEnvironment } from '../environment.ts';
import { knownTables } from './known-tables.ts';
import { readLake } from './read-lake.ts';
import { stepFunctionRuns } from './step-function-runs.ts';

const timeZone = 'UTC';

interface Reporting {
  s3: S3Client;
  glue: GlueClient;
  states: SFNClient;
  environment: ReportEnvironment;
  now: Date;
}

export interface KeptReport {
  keys: string[];
  evaluations: number;
}

/** Makes the report of the last days from the evaluations, and keeps it. Made again on the same day it is replaced. */
export async function keepReport({ s3, glue, states, environment, now }: Reporting): Promise<KeptReport> {
  const { RESULTS_BUCKET, DATABASE, REPORT_LANGUAGE, STATE_MACHINE_ARN } = environment;
  const days = lastDays(now.getTime(), SCHEDULED_DAYS, timeZone);
  const from = new Date(startOfDay(days[0] ?? '', timeZone));
  const [known, runs, read] = await Promise.all([
    knownTables(glue, DATABASE),
    countRunsOf(stepFunctionRuns(states, STATE_MACHINE_ARN), from.getTime()),
    readLake(s3, environment, from, now),
  ]);
  const { tally, incidents, unreadable } = read;
  const { scores, unusual, verdicts } = tally;
  const report = makeReport({
    ...{ known, last: presentRecords(tally.last, known), open: incidents.openOnes },
    ...{ scores, unusual, verdicts, unreadable, incidents: incidents.count(from, now), runs, days, timeZone, now },
  });
  const written = await write(s3, RESULTS_BUCKET, days.at(-1) ?? '', report, REPORT_LANGUAGE);
  return { keys: written, evaluations: report.evaluations };
}

async function write(
  s3: S3Client,
  bucket: string,
  date: string,
  report: QualityReport,
  language: ReportEnvironment['REPORT_LANGUAGE'],
): Promise<string[]> {
  const documents: [ReportFormatName, string | Uint8Array, type: string][] = [
    ['json', JSON.stringify(report), 'application/json'],
    ['csv', reportCsv(report), 'text/csv; charset=utf-8'],
    // The last, as people look for it: where it is, the others are.
    ['pdf', await reportPdf(report, language), 'application/pdf'],
  ];
  const keys: string[] = [];
  for (const [format, Body, ContentType] of documents) {
    const Key = keptReportKey(date, format);
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType }));
    keys.push(Key);
  }
  return keys;
}
