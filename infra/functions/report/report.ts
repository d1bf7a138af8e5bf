import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { lastDays } from '../../../lib/languages/quality/days.ts';
import { qualityPrefix } from '../../../lib/languages/quality/evaluation.ts';
import {
  keptReportKey,
  type ReportFormatName,
  SCHEDULED_DAYS,
} from '../../../lib/languages/quality/report/kept-report.ts';
import { makeReport, type QualityReport } from '../../../lib/languages/quality/report/report.ts';
import { reportCsv } from '../../../lib/languages/quality/report/report-csv.ts';
import { reportPdf } from '../../../lib/languages/quality/report/report-pdf.ts';
import { EvaluationTally } from '../../../lib/languages/quality/report/tally.ts';
import type { ReportEnvironment } from '../environment.ts';
import { listKeys, readEvaluation } from '../evaluations.ts';

const readAtOnce = 15;
const timeZone = 'UTC';

interface Reporting {
  s3: S3Client;
  environment: ReportEnvironment;
  now: Date;
}

export interface KeptReport {
  keys: string[];
  evaluations: number;
}

/** Makes the report of the last days from the evaluations, and keeps it. Made again on the same day it is replaced. */
export async function keepReport({ s3, environment, now }: Reporting): Promise<KeptReport> {
  const { RESULTS_BUCKET, DATABASE, REPORT_LANGUAGE } = environment;
  const days = lastDays(now.getTime(), SCHEDULED_DAYS, timeZone);
  const [date, from] = [days.at(-1) ?? '', `${days[0]}T00:00:00.000Z`];
  const root = `${qualityPrefix}evaluations/${DATABASE}/`;
  const keys = keysOfPeriod(await listKeys(s3, RESULTS_BUCKET, root), from);
  const { tally, unreadable } = await readAll(s3, RESULTS_BUCKET, keys, new Date(from));
  const { last, scores, unusual, verdicts } = tally;
  const report = makeReport({ known: [], open: [], last, scores, unusual, verdicts, unreadable, days, timeZone, now });
  const written = await write(s3, RESULTS_BUCKET, date, report, REPORT_LANGUAGE);
  return { keys: written, evaluations: report.evaluations };
}

/** The keys of the period, and of each table the last one before it: S3 lists a table's keys in the order of their time. */
function keysOfPeriod(keys: readonly string[], from: string): string[] {
  const before = new Map<string, string>();
  const within: string[] = [];
  for (const key of keys) {
    const end = key.lastIndexOf('/');
    if (key.slice(end + 1) >= from) within.push(key);
    else before.set(key.slice(0, end), key);
  }
  return [...before.values(), ...within];
}

async function readAll(s3: S3Client, bucket: string, keys: readonly string[], from: Date) {
  const tally = new EvaluationTally(from);
  let unreadable = 0;
  for (let first = 0; first < keys.length; first += readAtOnce) {
    const batch = keys.slice(first, first + readAtOnce);
    for (const record of await Promise.all(batch.map((key) => readEvaluation(s3, bucket, key)))) {
      if (record) tally.add(record);
      else unreadable += 1;
    }
  }
  return { tally, unreadable };
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
