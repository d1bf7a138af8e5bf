/** Called by the clock: keeps a report on the quality of the last four weeks. */
import { S3Client } from '@aws-sdk/client-s3';
import { ReportEnvironment } from '../environment.ts';
import { type KeptReport, keepReport } from './report.ts';

const environment = ReportEnvironment.parse(process.env);
const s3 = new S3Client({});

export async function handler(): Promise<KeptReport> {
  return keepReport({ s3, environment, now: new Date() });
}
